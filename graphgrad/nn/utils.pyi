"""Written by ``python -m tests.typing.stubs``."""
from graphgrad.api.networks.gradient_clips import *
