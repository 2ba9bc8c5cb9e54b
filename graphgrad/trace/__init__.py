"""Hold one forward and backward pass as data: values, adjoints and the steps between them."""

from graphgrad.trace.state import State
from graphgrad.trace.steps import Phase, Step, Steps
from graphgrad.trace.trace import Trace, Trouble

__all__ = ["Phase", "State", "Step", "Steps", "Trace", "Trouble"]
