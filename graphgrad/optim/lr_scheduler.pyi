"""Written by ``python -m tests.typing.stubs``."""
from typing import Any

from graphgrad.api.optim import Scheduler as Scheduler, SequentialLR as SequentialLR

class ConstantLR(Scheduler):
    def __init__(self, optimizer: Any, factor: Any = ..., total_iters: Any = ...) -> None: ...

class CosineAnnealingLR(Scheduler):
    def __init__(self, optimizer: Any, T_max: Any, eta_min: Any = ...) -> None: ...

class CosineAnnealingWarmRestarts(Scheduler):
    def __init__(self, optimizer: Any, T_0: Any, T_mult: Any = ..., eta_min: Any = ...) -> None: ...

class CyclicLR(Scheduler):
    def __init__(self, optimizer: Any, base_lr: Any, max_lr: Any, step_size_up: Any = ..., step_size_down: Any = ..., mode: str = ..., gamma: Any = ..., cycle_momentum: bool = ..., base_momentum: Any = ..., max_momentum: Any = ...) -> None: ...

class ExponentialLR(Scheduler):
    def __init__(self, optimizer: Any, gamma: Any) -> None: ...

class LambdaLR(Scheduler):
    def __init__(self, optimizer: Any, lr_lambda: Any) -> None: ...

class LinearLR(Scheduler):
    def __init__(self, optimizer: Any, start_factor: Any = ..., end_factor: Any = ..., total_iters: Any = ...) -> None: ...

class MultiStepLR(Scheduler):
    def __init__(self, optimizer: Any, milestones: Any, gamma: Any = ...) -> None: ...

class OneCycleLR(Scheduler):
    def __init__(self, optimizer: Any, max_lr: Any, total_steps: Any, pct_start: Any = ..., div_factor: Any = ..., final_div_factor: Any = ..., cycle_momentum: bool = ..., base_momentum: Any = ..., max_momentum: Any = ...) -> None: ...

class PolynomialLR(Scheduler):
    def __init__(self, optimizer: Any, total_iters: Any = ..., power: Any = ...) -> None: ...

class ReduceLROnPlateau(Scheduler):
    def __init__(self, optimizer: Any, factor: Any = ..., patience: Any = ..., threshold: Any = ..., threshold_mode: str = ..., cooldown: Any = ..., min_lr: Any = ..., eps: Any = ...) -> None: ...

class StepLR(Scheduler):
    def __init__(self, optimizer: Any, step_size: Any, gamma: Any = ...) -> None: ...
