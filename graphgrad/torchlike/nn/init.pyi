"""Written by ``python -m tests.typing.stubs``."""
from graphgrad.nn.init import *
