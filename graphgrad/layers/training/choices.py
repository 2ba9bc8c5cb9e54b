"""Read a call such as ``adam(rate=0.01)`` as a row with its settings; refuse what does not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any, Final, NamedTuple

from graphgrad.errors import UsageError
from graphgrad.graph.blocks import Call
from graphgrad.layers.optimizers.adam_rows import ADAMS
from graphgrad.layers.optimizers.adaptive_rows import ADAPTIVE
from graphgrad.layers.optimizers.clips import CLIPS
from graphgrad.layers.optimizers.descent_rows import DESCENTS
from graphgrad.layers.optimizers.optimizer import Optimizer
from graphgrad.layers.optimizers.schedules import SCHEDULES
from graphgrad.layers.optimizers.stops import AVERAGES, STOPS
from graphgrad.layers.settings import near_settings, standard, written
from graphgrad.messages.catalogue import Names, Worded, near
from graphgrad.messages.keywords import setting_word
from graphgrad.ops.row import Setting

__all__ = ["OPTIMIZERS", "TABLES", "Chosen", "call_text", "choose", "read_setting"]

OPTIMIZERS: Final[dict[str, Optimizer]] = {row.name: row for row in (*DESCENTS, *ADAPTIVE, *ADAMS)}
"""A new optimizer is one row of `descent_rows.py`, `adaptive_rows.py` or `adam_rows.py`."""

TABLES: Final[dict[str, dict[str, Any]]] = {
    "optimizer": dict(OPTIMIZERS),
    "schedule": dict(SCHEDULES),
    "clip": dict(CLIPS),
    "stop": dict(STOPS),
    "average": dict(AVERAGES),
}
"""The rows that a recipe chooses from, by the key that asks for them."""


class Chosen(NamedTuple):
    """A row with its settings, complete."""

    row: Any
    settings: dict[str, Any]

    @property
    def name(self) -> str:
        """Return the word of the row."""
        return str(self.row.name)

    def hyper(self, **more: Any) -> Any:
        """Return the settings as attributes."""
        return SimpleNamespace(**(self.settings | more))

    def rate(self, base: float, k: int, memory: Mapping[str, float] | None = None) -> float:
        """Return the rate of a schedule after ``k`` updates."""
        return float(self.row.rate(base, k, self.hyper(memory=memory)))

    def with_steps(self, steps: int) -> Chosen:
        """Return a schedule whose length, where it was left out, is that of the run."""
        settings = dict(self.settings)
        if "steps" in settings and settings["steps"] is None:
            settings["steps"] = max(1, steps)
        then = settings.get("then")
        if then is not None:
            settings["then"] = then.with_steps(steps - settings["steps"])
        return self._replace(settings=settings)


def choose(kind: str, call: Call) -> Chosen:
    """Return the row that a call names, with its settings complete.

    Args:
        kind: a key of `TABLES`.
        call: a name with settings; one without a name is the next of the row's.

    Raises:
        UsageError: if there is no such row, or a setting is unknown or does not fit.

    >>> from fractions import Fraction
    >>> choose("optimizer", Call("adam", (("rate", Fraction(1, 100)),))).settings["rate"]
    0.01
    """
    row = _row(kind, call.name)
    known = {setting.name: setting for setting in row.settings}
    given: dict[str, Any] = {}
    for word, value in call.settings:
        name = setting_word(word) or next((name for name in known if name not in given), "")
        if not name:
            raise UsageError("training.too_many", row=row.name, known=", ".join(known))
        if name not in known:
            raise _unknown_setting(row, name, list(known))
        if name in given:
            raise UsageError("training.twice", name=name)
        given[name] = read_setting(row.name, known[name], value)
    full = {name: _default(setting) for name, setting in known.items()} | given
    _refuse_missing(row, full)
    return Chosen(row, full)


def _row(kind: str, name: str) -> Any:
    table = TABLES[kind]
    for row in table.values():
        if name == row.name or name in row.aliases:
            return row
    twins = {alias: row.name for row in table.values() for alias in row.aliases}
    raise UsageError(
        "training.unknown_row",
        kind=Worded(f"training.kind.{kind}"),
        got=name,
        known=Names(", ".join(table), ", ".join(_spanish(row) for row in table.values())),
        near=near(name, table, twins=twins),
    )


def _spanish(row: Any) -> str:
    """Return what a row is called in Spanish: its first other name, else its own."""
    return str(row.aliases[0] if row.aliases else row.name)


def _unknown_setting(row: Any, name: str, known: Sequence[str]) -> UsageError:
    message = "training.unknown_setting" if known else "training.no_settings"
    listed = ", ".join(known)
    hint = near_settings(name, known, row)
    return UsageError(message, row=row.name, got=name, known=listed, near=hint)


_NEEDED: Final = {"piecewise": ("at",), "cyclic": ("high",)}


def _refuse_missing(row: Any, settings: Mapping[str, Any]) -> None:
    for name in _NEEDED.get(row.name, ()):
        if settings[name] is None:
            raise UsageError("training.missing_setting", row=row.name, name=name)
    rates = settings.get("rates")
    if rates is not None and len(rates) != len(settings["at"]):
        raise UsageError("training.rates_count", at=len(settings["at"]), rates=len(rates))


# ---- one setting ----


def read_setting(owner: str, setting: Setting, value: Any) -> Any:
    """Return the value of a setting as rows of training take it: numbers are floats.

    Raises:
        UsageError: if it is of another kind or out of bounds.
    """
    if setting.kind == "call":
        chosen = _call(setting, value)
        if chosen is None:
            known = [
                n for n, row in SCHEDULES.items() if setting.name == "schedule" or not row.watch
            ]
            expected = Worded("training.expected.call", known=", ".join(known))
            raise UsageError("training.setting_value", row=owner, setting=setting.name,
                             got=_shown(value), expected=expected)  # fmt: skip
        return chosen
    read = standard(owner, setting, value)
    if setting.kind == "numbers":
        return tuple(map(float, read))
    return float(read) if setting.kind == "number" else read


def _call(setting: Setting, value: Any) -> Chosen | None:
    """Return a schedule; inside another one, none that follows the loss."""
    call = Call(value) if isinstance(value, str) else value
    if not isinstance(call, Call):
        return None
    chosen = choose("schedule", call)
    follows = setting.name != "schedule"
    return None if follows and chosen.row.watch is not None else chosen


def _default(setting: Setting) -> Any:
    value = setting.default
    return float(value) if setting.kind == "number" and value is not None else value


# ---- written ----


def call_text(chosen: Chosen, *, whole: bool = False) -> str:
    """Return a choice as a file writes it: the settings that are not the defaults, or all.

    >>> call_text(choose("clip", Call("norm", (("limit", 2),))))
    'norm(limit=2)'
    """
    texts = [
        f"{setting.name}={_shown(chosen.settings[setting.name])}"
        for setting in chosen.row.settings
        if chosen.settings[setting.name] is not None
        and (whole or chosen.settings[setting.name] != _default(setting))
    ]
    return f"{chosen.name}({', '.join(texts)})" if texts else chosen.name


def _shown(value: Any) -> str:
    return call_text(value) if isinstance(value, Chosen) else written(value)
