"""Written by ``python -m tests.typing.stubs``."""
from graphgrad.api.networks.init import *
