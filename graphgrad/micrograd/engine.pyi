"""Written by ``python -m tests.typing.stubs``."""
from graphgrad.api.micrograd_words.engine import Value as Value
