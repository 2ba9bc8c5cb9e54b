"""Give parameters their initial values, one row per way; every draw is reproducible everywhere.

The legacy ``RandomState`` stream is frozen by NumPy's compatibility policy (NEP 19), so the same
draw gives the same numbers in every version and on every platform. PyTorch's own streams differ.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from graphgrad.errors import UsageError
from graphgrad.ops.shapes import check_entries

if TYPE_CHECKING:
    from graphgrad.layers.row import Parameter  # a file without layers loads none

__all__ = [
    "INITIAL_VALUES",
    "LARGE",
    "Initialiser",
    "drawn",
    "filled",
    "find_initialiser",
    "initial_value",
    "stream_of",
]

LARGE = 1 << 16
"""Arrays of more entries are drawn when the whole file is read, if it is not too large."""

Shape = tuple[int, ...]
Fans = tuple[int, int]


class Initialiser(NamedTuple):
    """One way to give a parameter its value.

    Attributes:
        name: the word in files.
        kind: how entries are drawn: all ``constant``, or from a distribution of that name.
        scale: from the fans (values that enter and leave a unit) and the settings: the constant,
            the bound of a uniform distribution, the deviation of a normal one, a probability.
        formula: the scale as it stands on a board, empty where it is a setting.
        settings: keyword arguments and their defaults; None where one must be given.
        aliases: other names, Spanish ones first.
        torch: its name in PyTorch, behind ``torch.nn.init.``.
        doc: one line.
        source: author, title and section.
    """

    name: str
    kind: Literal["constant", "uniform", "normal", "bernoulli", "orthogonal"]
    scale: Callable[..., Any]
    formula: str = ""
    settings: Mapping[str, Any] = {}  # a mapping that no one writes to
    aliases: tuple[str, ...] = ()
    torch: str = ""
    doc: str = ""
    source: str = ""

    @property
    def drawn(self) -> bool:
        """Tell whether the values depend on a draw."""
        return self.kind != "constant"

    @property
    def arguments(self) -> dict[str, Any]:
        """Return all keyword arguments of a file, the draw too, with defaults."""
        return ({"draw": None} if self.drawn else {}) | dict(self.settings)


_GLOROT = (
    "Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks, "
    "AISTATS 2010, section 4.2.1; Sevilla course 004, inicialización (3)."
)
_HE = (
    "He et al., Delving Deep into Rectifiers, ICCV 2015, section 2.2; Sevilla courses 003 and 004, "
    "Inicialización He Normal."
)

_ROWS = (
    Initialiser("zeros", "constant", lambda fans: 0, "0", aliases=("ceros",), torch="zeros_",
                doc="All entries 0."),
    Initialiser("ones", "constant", lambda fans: 1, "1", aliases=("unos",), torch="ones_",
                doc="All entries 1."),
    Initialiser("full", "constant", lambda fans, value: value, settings={"value": None},
                aliases=("relleno", "constante"), torch="constant_",
                doc="All entries the same value, for instance 0.01 as a small positive bias.",
                source="Sevilla course 003, La función ReLU, bias inicial."),
    Initialiser("normal", "normal", lambda fans, std: std, settings={"std": Fraction(1)},
                torch="normal_", doc="Normal with deviation std.",
                source="Oviedo course 000, Descenso del gradiente."),
    Initialiser("uniform", "uniform", lambda fans, bound: bound,
                settings={"bound": Fraction(1)}, aliases=("uniforme",), torch="uniform_",
                doc="Uniform between -bound and bound."),
    Initialiser("he_normal", "normal", lambda fans: math.sqrt(2 / fans[0]), "sqrt(2/in)",
                torch="kaiming_normal_", doc="Normal, keeps the size of a signal through ReLU.",
                source=_HE),
    Initialiser("he_uniform", "uniform", lambda fans: math.sqrt(6 / fans[0]), "sqrt(6/in)",
                aliases=("he_uniforme",), torch="kaiming_uniform_",
                doc="Uniform, keeps the size of a signal through ReLU.", source=_HE),
    Initialiser("glorot_normal", "normal", lambda fans: math.sqrt(2 / sum(fans)),
                "sqrt(2/(in+out))", aliases=("xavier_normal",), torch="xavier_normal_",
                doc="Normal, keeps the size of signal and gradient through linear units.",
                source=_GLOROT),
    Initialiser("glorot_uniform", "uniform", lambda fans: math.sqrt(6 / sum(fans)),
                "sqrt(6/(in+out))", aliases=("glorot_uniforme", "xavier_uniform"),
                torch="xavier_uniform_",
                doc="Uniform, keeps the size of signal and gradient through linear units.",
                source=_GLOROT),
    Initialiser("lecun_normal", "normal", lambda fans: math.sqrt(1 / fans[0]), "1/sqrt(in)",
                doc="Normal with deviation 1/sqrt(in), the lectures' 'Xavier with fan-in'.",
                source="LeCun et al., Efficient BackProp, 1998, section 4.6; Sevilla course 003, "
                       "Inicialización de pesos."),
    Initialiser("lecun_uniform", "uniform", lambda fans: math.sqrt(3 / fans[0]), "sqrt(3/in)",
                aliases=("lecun_uniforme",), doc="Uniform with deviation 1/sqrt(in).",
                source="LeCun et al., Efficient BackProp, 1998, section 4.6."),
    Initialiser("fan_in_uniform", "uniform", lambda fans: math.sqrt(1 / fans[0]), "1/sqrt(in)",
                aliases=("uniforme_entrada", "torch_uniform"),
                doc="Uniform between -1/sqrt(in) and 1/sqrt(in): PyTorch's default for linear, "
                    "convolution and recurrent layers.",
                source="PyTorch documentation, torch.nn.Linear, Variables."),
    Initialiser("bernoulli", "bernoulli", lambda fans, p: p, settings={"p": Fraction(1, 2)},
                torch="bernoulli_", doc="Entries 1 with probability p, else 0: a mask.",
                source="Sevilla course 004, Dropout."),
    Initialiser("orthogonal", "orthogonal", lambda fans, gain: gain,
                settings={"gain": Fraction(1)}, aliases=("ortogonal",), torch="orthogonal_",
                doc="Rows or columns orthogonal, of length gain.",
                source="Saxe, McClelland and Ganguli, Exact solutions to the nonlinear dynamics of "
                       "learning in deep linear neural networks, ICLR 2014."),
)  # fmt: skip

INITIAL_VALUES: dict[str, Initialiser] = {row.name: row for row in _ROWS}
"""The rows by name; a new way is one entry above."""

_NAMES = {name: row for row in _ROWS for name in (row.name, *row.aliases)}


def find_initialiser(name: str) -> Initialiser | None:
    """Return the row of a name or of a Spanish name.

    >>> find_initialiser("ceros").name
    'zeros'
    """
    return _NAMES.get(name)


def initial_value(name: str, shape: Shape, arguments: Mapping[str, Any]) -> Any:
    """Return the initial value of a leaf; rows enter and columns leave a unit, as in X @ W.

    Raises:
        KeyError: with the name of an argument that is missing.
        TypeError: if an argument is unknown.
        ValueError: if the draw is no whole number from 0.
    """
    row = _NAMES[name]
    full = row.arguments | dict(arguments)
    for key, value in full.items():
        if value is None:
            raise KeyError(key)
    draw = full.pop("draw", 0) if row.drawn else 0
    if draw != int(draw) or draw < 0:
        raise ValueError(draw)
    return _value(row, shape, _fans(shape), int(draw), full)


def drawn(parameter: Parameter, owner: str, draw: int = 1) -> Any:
    """Return the initial value of a layer's parameter.

    The stream depends on the names, so that the layers of a file differ and a further layer
    changes no other.

    Args:
        parameter: what the layer's row says of it.
        owner: the name on the `layer` line, or of the line of the call.
        draw: which draw.

    >>> from graphgrad.layers.row import Parameter
    >>> drawn(Parameter("b", (2,), "zeros"), "out").tolist()
    [Fraction(0, 1), Fraction(0, 1)]
    """
    row = _NAMES[parameter.initial]
    settings = dict(row.settings) | dict(parameter.settings)
    stream = stream_of(draw, f"{owner}.{parameter.name}")
    return _value(row, parameter.shape, parameter.fans, stream, settings)


def stream_of(draw: int, name: str) -> int:
    """Return where the stream of random numbers of a leaf starts.

    >>> stream_of(1, "h.W"), stream_of(2, "h.W")
    (2100898061, 983127005)
    """
    return zlib.crc32(f"{draw}:{name}".encode())


def filled(shape: Shape, value: Any) -> Any:
    """Return an exact array, or a number, of one value."""
    if not shape:
        return Fraction(value)
    import numpy as np

    check_entries(shape)
    return np.full(shape, Fraction(value), dtype=object)


def _fans(shape: Shape) -> Fans:
    """Return how many values enter and leave a unit: rows enter, columns leave (X @ W)."""
    if len(shape) < 2:
        return (shape[0] if shape else 1), 1
    return shape[-2], shape[-1]


def _value(
    row: Initialiser, shape: Shape, fans: Fans, stream: int, settings: Mapping[str, Any]
) -> Any:
    scale = row.scale(fans, **settings)
    if row.kind == "constant":
        return filled(shape, scale)
    if row.kind == "normal" and scale < 0:
        raise UsageError("layer.negative_deviation", name=row.name, got=scale)
    import numpy as np

    check_entries(shape)
    random = np.random.RandomState(stream)
    if row.kind == "normal":
        return random.normal(0.0, float(scale), shape)
    if row.kind == "uniform":
        return random.uniform(-float(scale), float(scale), shape)
    if row.kind == "bernoulli":
        ones = random.uniform(0.0, 1.0, shape) < float(scale)
        return np.where(ones, 1.0, 0.0) if shape else float(ones)
    return float(scale) * _orthogonal(random.normal(0.0, 1.0, shape))


def _orthogonal(normal: Any) -> Any:
    """Return the rows, or the columns of a tall matrix, made orthogonal and of length 1.

    Sums are rounded once (``math.fsum``), so that every platform gets the same bits.
    Source: Golub and Van Loan, Matrix Computations, 4th ed., section 5.2.8 (modified Gram-Schmidt).
    """
    import numpy as np

    flat = normal.reshape(normal.shape[0] if normal.ndim > 1 else 1, -1)
    tall = flat.shape[0] > flat.shape[1]
    rows: list[list[float]] = (flat.T if tall else flat).tolist()
    for index, row in enumerate(rows):
        for before in rows[:index]:
            share = math.fsum(a * b for a, b in zip(row, before, strict=True))
            row[:] = [a - share * b for a, b in zip(row, before, strict=True)]
        length = math.sqrt(math.fsum(a * a for a in row))
        row[:] = [a / length for a in row]
    result = np.array(rows)
    return np.ascontiguousarray(result.T if tall else result).reshape(normal.shape)
