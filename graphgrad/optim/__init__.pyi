"""Written by ``python -m tests.typing.stubs``."""
from typing import Any

from graphgrad.api.optim import Optimizer as Optimizer
from graphgrad.optim import lr_scheduler as lr_scheduler

class Adadelta(Optimizer):
    def __init__(self, params: Any, lr: Any = ..., rho: Any = ..., eps: Any = ..., weight_decay: Any = ...) -> None: ...

class Adagrad(Optimizer):
    def __init__(self, params: Any, lr: Any = ..., lr_decay: Any = ..., weight_decay: Any = ..., initial_accumulator_value: Any = ..., eps: Any = ...) -> None: ...

class Adam(Optimizer):
    def __init__(self, params: Any, lr: Any = ..., betas: Any = ..., eps: Any = ..., weight_decay: Any = ..., amsgrad: bool = ...) -> None: ...

class AdamW(Optimizer):
    def __init__(self, params: Any, lr: Any = ..., betas: Any = ..., eps: Any = ..., weight_decay: Any = ..., amsgrad: bool = ...) -> None: ...

class Adamax(Optimizer):
    def __init__(self, params: Any, lr: Any = ..., betas: Any = ..., eps: Any = ..., weight_decay: Any = ...) -> None: ...

class NAdam(Optimizer):
    def __init__(self, params: Any, lr: Any = ..., betas: Any = ..., eps: Any = ..., weight_decay: Any = ..., momentum_decay: Any = ..., decoupled_weight_decay: bool = ...) -> None: ...

class RMSprop(Optimizer):
    def __init__(self, params: Any, lr: Any = ..., alpha: Any = ..., eps: Any = ..., weight_decay: Any = ..., momentum: Any = ..., centered: bool = ...) -> None: ...

class SGD(Optimizer):
    def __init__(self, params: Any, lr: Any = ..., momentum: Any = ..., dampening: Any = ..., weight_decay: Any = ..., nesterov: bool = ...) -> None: ...
