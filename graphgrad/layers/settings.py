"""Complete and check the settings of a layer: defaults, whole numbers, rows by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from graphgrad.errors import UsageError
from graphgrad.graph.blocks import Call
from graphgrad.layers.initialisers import INITIAL_VALUES, find_initialiser
from graphgrad.layers.row import Layer
from graphgrad.messages.catalogue import Worded, near, near_names
from graphgrad.ops.registry import ROWS, find
from graphgrad.ops.row import Elementwise, Setting, Structural

__all__ = ["complete", "near_settings", "standard"]

_LARGEST = 10**308

_ELSEWHERE = {
    "units": "neurons neuron nodes out_features output_size hidden hidden_size hidden_dim width "
    "dim neuronas unidades",
    "widths": "hidden layers hidden_sizes hidden_layer_sizes capas anchuras",
    "channels": "filters out_channels kernels filtros canales",
    "size": "kernel_size kernel pool_size window scale_factor núcleo tamaño",
    "stride": "strides step paso",
    "act": "activation nonlinearity activación activacion",
    "init": "kernel_initializer weight_init initializer inicialización",
    "bias": "use_bias sesgo",
    "bias_init": "bias_initializer",
    "rate": "p prob dropout alpha lambda weight_decay tasa lr learning_rate eta eta0",
    "beta": "momentum momento",
    "beta1": "betas momentum",
    "patience": "wait epochs paciencia",
    "heads": "num_heads n_heads cabezas",
    "groups": "num_groups grupos",
    "eps": "epsilon",
    "padding": "pad relleno",
    "dilation": "dilation_rate",
    "draw": "seed random_state semilla",
    "smoothing": "label_smoothing",
    "tokens": "num_embeddings input_dim vocab vocab_size",
    "ceil": "ceil_mode",
    "count_frame": "count_include_pad",
    "reverse": "bidirectional go_backwards",
}
"""Each setting to the words that PyTorch, Keras and readers say for it."""


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
                near=near_settings(name, known),
            )
    result = {}
    for setting in layer.settings:
        value = given.get(setting.name, setting.default)
        if value is None:
            raise UsageError("layer.missing_setting", layer=layer.name, setting=setting.name)
        result[setting.name] = standard(layer, setting, value)
    return result


def near_settings(name: str, known: Sequence[str]) -> Worded:
    """Return "Did you mean ...?" of the settings that others call so, else of near names.

    >>> near_settings("neurons", ["units", "act"]).fields["names"]
    'units'
    """
    meant = [one for one in known if name.lower() in _ELSEWHERE.get(one, "").split()]
    return near_names(meant) if meant else near(name, known)


def standard(layer: Layer, setting: Setting, value: Any) -> Any:
    """Return the value of one setting as the row's forward takes it.

    Raises:
        UsageError: if it is of another kind, or none of its words.
    """
    read = _READERS[setting.kind]
    result = value if value == setting.default and value == "" else read(setting, value)
    if result is None:
        wanted, known = f"layer.setting_{setting.kind}", _known(setting)
        got = value.name if isinstance(value, Call) else value
        raise UsageError(
            wanted,
            layer=layer.name,
            setting=setting.name,
            got=got,
            known=", ".join(known),
            near=_meant(setting, got, known),
        )
    return result


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


def _number(_setting: Setting, value: Any) -> Any:
    """Return a number that a float can hold."""
    if isinstance(value, bool) or not isinstance(value, int | float | Fraction):
        return None
    return value if -_LARGEST <= value <= _LARGEST else None


def _share(setting: Setting, value: Any) -> Any:
    number = _number(setting, value)
    return number if number is not None and 0 < number <= 1 else None


def _whole(_setting: Setting, value: Any, least: int = 0) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | Fraction):
        return None
    return int(value) if value == int(value) and value >= least else None


def _axis(_setting: Setting, value: Any) -> Any:
    whole = isinstance(value, int | float | Fraction) and not isinstance(value, bool)
    return int(value) if whole and value == int(value) else None


def _count(setting: Setting, value: Any) -> Any:
    return _whole(setting, value, 1)


def _lengths(setting: Setting, value: Any, least: int = 1) -> Any:
    parts = tuple(value) if isinstance(value, tuple | list) else (value,)
    lengths = tuple(_whole(setting, part, least) for part in parts)
    return None if None in lengths or not lengths else lengths


def _widths(setting: Setting, value: Any) -> Any:
    return _lengths(setting, value, 0)


def _numbers(setting: Setting, value: Any) -> Any:
    parts = tuple(value) if isinstance(value, tuple | list) else (value,)
    found = tuple(_number(setting, part) for part in parts)
    return None if None in found or not found else found


def _flag(_setting: Setting, value: Any) -> Any:
    return bool(value) if value in (0, 1) else None


def _word(setting: Setting, value: Any) -> Any:
    return value if value in setting.choices else None


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


def _rows(setting: Setting, value: Any) -> Any:
    parts = value if isinstance(value, tuple | list) and not isinstance(value, Call) else (value,)
    found = tuple(_row(setting, part) for part in parts)
    return None if None in found or not found else found


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
    return Call(row.name, call.settings) if given else row.name


_READERS: dict[str, Any] = {
    "number": _number,
    "share": _share,
    "integer": _whole,
    "axis": _axis,
    "count": _count,
    "lengths": _lengths,
    "widths": _widths,
    "numbers": _numbers,
    "flag": _flag,
    "word": _word,
    "row": _row,
    "rows": _rows,
    "initialiser": _initialiser,
}
