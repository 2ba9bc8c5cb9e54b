"""Complete and check settings of layers, losses and trainings: defaults, numbers, rows by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from graphgrad.errors import UsageError
from graphgrad.graph import settings as plain
from graphgrad.graph.blocks import Call
from graphgrad.layers.initialisers import INITIAL_VALUES, find_initialiser
from graphgrad.layers.row import Layer
from graphgrad.messages.catalogue import Worded, near, near_names
from graphgrad.messages.keywords import IN_SPANISH, SETTINGS, TRUTH
from graphgrad.ops.registry import ROWS, find
from graphgrad.ops.row import Elementwise, Setting, Structural
from graphgrad.ops.text import number_text

__all__ = ["complete", "near_settings", "standard", "written"]

_WORDS = {
    "units": "neurons neuron nodes output_size hidden hidden_dim width dim neuronas unidades",
    "widths": "hidden layers hidden_sizes hidden_layer_sizes capas anchuras",
    "channels": "kernels filtros canales",
    "size": "kernel window núcleo tamaño",
    "stride": "strides step paso",
    "act": "activation activación activacion",
    "init": "weight_init initializer inicialización",
    "bias": "sesgo",
    "rate": "p prob dropout alpha lambda weight_decay tasa lr learning_rate eta eta0",
    "beta": "momentum momento",
    "beta1": "betas momentum",
    "patience": "wait epochs paciencia",
    "heads": "n_heads cabezas",
    "groups": "grupos",
    "eps": "epsilon",
    "padding": "pad relleno",
    "draw": "seed random_state semilla",
    "tokens": "vocab vocab_size",
    "reverse": "bidirectional",
}
"""Each setting to words that readers say for it; those of PyTorch and Keras are in the doors."""

_LARGEST_WHOLE: Final = 2**63 - 1
"""The largest number that NumPy counts and draws with."""


def complete(layer: Layer, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return every setting of a layer, in the row's order and in standard form.

    Whole numbers may be given as fractions or floats; rows and initialisers by any of their names,
    or as a `Call`.

    Raises:
        UsageError: if a setting is unknown, missing or of the wrong kind.

    >>> from graphgrad.layers.registry import find_layer
    >>> complete(find_layer("elman"), {"units": Fraction(3)})["act"]
    'tanh'
    """
    known = [setting.name for setting in layer.settings]
    for name in given:
        if name not in known:
            raise UsageError(
                "layer.unknown_setting",
                layer=layer.name,
                got=name,
                known=", ".join(known) or "–",
                near=near_settings(name, known, layer),
            )
    result = {}
    for setting in layer.settings:
        value = given.get(setting.name, setting.default)
        if value is None:
            raise UsageError("layer.missing_setting", layer=layer.name, setting=setting.name)
        result[setting.name] = standard(layer.name, setting, value)
    return result


def near_settings(name: str, known: Sequence[str], row: Any = None) -> Worded:
    """Return "Did you mean ...?" of the settings that others call so, else of near names.

    Args:
        name: what is written.
        known: the settings there are.
        row: whose settings they are, where its doors say how PyTorch and Keras call them.

    >>> [near_settings(word, ["units", "act"]).fields["names"] for word in ("neurons", "activaton")]
    ['units', 'act']
    """
    from difflib import get_close_matches  # most runs make no mistake

    theirs = {arg.name: arg.to for door in _doors(row) for arg in door.takes if arg.to in known}
    words = {word: one for one in known for word in _WORDS.get(one, "").split()} | theirs
    same = [one for one in known if name.lower() in _WORDS.get(one, "").split()]
    meant = [theirs[name]] if name in theirs else same
    spanish = {word: own for word, own in SETTINGS.items() if own in known}
    nearest = get_close_matches(name.lower(), dict.fromkeys([*known, *spanish, *words]), n=1)
    if not meant and nearest and nearest[0] in words.keys() - spanish.keys() - {*known}:
        meant = [words[nearest[0]]]
    return near_names(meant, IN_SPANISH) if meant else near(name, known, twins=spanish)


def _doors(row: Any) -> list[Any]:
    """Return how PyTorch and Keras call a row of layers or of training."""
    found = [*getattr(row, "doors", ()), getattr(row, "door", None), getattr(row, "keras", None)]
    return [door for door in found if hasattr(door, "takes")]


def standard(owner: str, setting: Setting, value: Any) -> Any:
    """Return the value of one setting as a row takes it: of a layer, an optimizer, a schedule.

    Args:
        owner: the name of the row, for messages.
        setting: what it states.
        value: what is given.

    Raises:
        UsageError: if it is of another kind, out of its bounds, or none of its words.

    >>> standard("dense", Setting("units", "count"), Fraction(3))
    3
    """
    read = _READERS[setting.kind]
    result = value if value == setting.default and value == "" else read(setting, value)
    if result is None:
        raise _refused(owner, setting, value)
    return result


def _refused(owner: str, setting: Setting, value: Any) -> UsageError:
    """Return what is wrong with a value."""
    known = _known(setting)
    if setting.bounds:
        low, high = setting.bounds[1:-1].split(", ")
        side = "in" if high != "inf" else "above" if setting.bounds[0] == "(" else "least"
        told = f"training.expected.{setting.kind}_{side}"
        expected = Worded(told, low=low, bounds=setting.bounds)
        return UsageError("training.setting_value", row=owner, setting=setting.name,
                          got=written(value), expected=expected)  # fmt: skip
    got = value.name if isinstance(value, Call) else value
    return UsageError(
        f"layer.setting_{setting.kind}",
        layer=owner,
        setting=setting.name,
        got=got,
        known=", ".join(known),
        near=_meant(setting, got, known),
    )


def written(value: Any) -> str:
    """Return a value as a file writes it."""
    if isinstance(value, Call):
        given = ((f"{name}=" if name else "", one) for name, one in value.settings)
        inside = ", ".join(f"{name}{written(one)}" for name, one in given)
        return f"{value.name}({inside})" if inside else value.name
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, int | float | Fraction):
        return number_text(value)
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(written, value))}]"
    return str(value)


def _meant(setting: Setting, got: Any, known: Sequence[str]) -> Worded:
    """Return what a value of the wrong kind is likely meant for."""
    if not isinstance(got, int | float | Fraction) or isinstance(got, bool):
        return near(str(got), known)
    if setting.kind == "initialiser":
        return near_names(
            [*(["zeros"] if got == 0 else ["ones"] if got == 1 else []), f"full(value={got})"]
        )
    if setting.kind == "row":
        return Worded("layer.inputs_from_call")
    return near_names([])


def _known(setting: Setting) -> list[str]:
    if setting.kind in ("row", "rows"):
        from graphgrad.layers.registry import LAYERS  # only where a setting is wrong

        usual = [row.name for row in LAYERS.values() if row.kind == "activation"]
        return [row.name for row in ROWS if row.name in usual and _is_act(row)]
    return list(INITIAL_VALUES) if setting.kind == "initialiser" else list(setting.choices)


def _is_act(row: Any) -> bool:
    """Tell whether an op gives an output for every entry of one argument."""
    if len(row.arguments) != 1 or row.variadic:
        return False
    if isinstance(row, Elementwise):
        return all(setting.default is not None for setting in row.settings)
    return isinstance(row, Structural) and row.name in ("softmax", "log_softmax")


def _number(setting: Setting, value: Any) -> Any:
    read = plain.number(value)
    return read if read is None or _within(float(read), setting.bounds) else None


def _within(value: float, bounds: str) -> bool:
    """Tell whether a number lies in an interval such as ``[0, 1)``."""
    if not bounds:
        return True
    low, high = map(float, bounds[1:-1].split(", "))
    above = value > low if bounds[0] == "(" else value >= low
    below = value < high if bounds[-1] == ")" else value <= high
    return above and below


def _share(_setting: Setting, value: Any) -> Any:
    read = plain.number(value)
    return read if read is not None and 0 < read <= 1 else None


def _from(least: int) -> Callable[[Setting, Any], int | None]:
    """Return the reader of whole numbers from one on; where bounds are stated, these hold."""

    def read(setting: Setting, value: Any) -> int | None:
        found = plain.whole(value, written=True)
        if found is None or abs(found) > _LARGEST_WHOLE:
            return None
        if setting.bounds and not _within(found, setting.bounds):
            return None
        return found if setting.bounds or found >= least else None

    return read


def _axis(_setting: Setting, value: Any) -> int | None:
    return plain.whole(value, written=True)


def _several(read: Callable[[Setting, Any], Any]) -> Callable[[Setting, Any], Any]:
    """Return the reader of one value or a list of them."""

    def each(setting: Setting, value: Any) -> Any:
        listed = isinstance(value, tuple | list) and not isinstance(value, Call)
        found = tuple(read(setting, one) for one in (value if listed else (value,)))
        return None if None in found or not found else found

    return each


def _flag(_setting: Setting, value: Any) -> bool | None:
    return TRUTH.get(value) if isinstance(value, str) else plain.flag(value, written=True)


def _word(setting: Setting, value: Any) -> Any:
    name = value.name if isinstance(value, Call) and not value.settings else value
    return name if name in setting.choices else None


def _row(_setting: Setting, value: Any) -> Any:
    call = value if isinstance(value, Call) else Call(str(value))
    row = find(call.name)
    if row is None or not _is_act(row):
        return None
    known = [setting.name for setting in row.settings]
    call = call.named(known)
    if not all(name in known for name, _ in call.settings):
        return None
    return Call(row.name, call.settings) if call.settings else row.name


def _initialiser(_setting: Setting, value: Any) -> Any:
    call = value if isinstance(value, Call) else Call(str(value))
    row = find_initialiser(call.name)
    if row is None:
        return None
    call = call.named(row.settings)
    given = dict(call.settings)
    wanting = [key for key, default in row.settings.items() if default is None and key not in given]
    if wanting or not given.keys() <= row.settings.keys():
        return None
    if any(plain.number(number) is None for number in given.values()):
        return None
    return Call(row.name, call.settings) if given else row.name


_READERS: Final[dict[str, Callable[[Setting, Any], Any]]] = {
    "number": _number,
    "share": _share,
    "integer": _from(0),
    "axis": _axis,
    "count": _from(1),
    "lengths": _several(_from(1)),
    "widths": _several(_from(0)),
    "numbers": _several(_number),
    "flag": _flag,
    "word": _word,
    "row": _row,
    "rows": _several(_row),
    "initialiser": _initialiser,
}
"""A kind of setting to what reads it, None where a value is of another kind."""
