"""Sort what stands in the brackets of a call: inputs first, then settings."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from graphgrad.errors import SourceError, UsageError
from graphgrad.expr.items import Expression, Item
from graphgrad.expr.tokens import place_of
from graphgrad.layers.row import Layer
from graphgrad.layers.settings import near_settings, standard
from graphgrad.messages.keywords import meant, setting_word
from graphgrad.source.programs.known_values import value_of
from graphgrad.source.programs.scopes import REQUIRED, Definition, Instance
from graphgrad.source.programs.workspace import Workspace

__all__ = ["Given", "sorted_arguments", "sorted_settings"]

_LITERALS = frozenset({"number", "string", "shape"})


class Given(NamedTuple):
    """The arguments of a call.

    Attributes:
        inputs: the items of each input, None for one that is left out.
        settings: values by name.
        fresh: whether parameters of its own are wanted in every pass of a loop.
    """

    inputs: dict[str, list[Item] | None]
    settings: dict[str, Any]
    fresh: bool


def sorted_arguments(
    block: Layer | Instance | Definition,
    item: Item,
    arguments: list[list[Item]],
    expression: Expression,
    workspace: Workspace,
) -> Given:
    """Return the inputs and settings of a call.

    Raises:
        SourceError: if their count or a name is wrong.
    """
    made_by = block.made_by if isinstance(block, Instance) else block
    sorter = _Sorter(made_by, item, expression, workspace)
    for argument in arguments:
        sorter.take(argument)
    inputs = sorter.inputs()
    if isinstance(block, Instance):
        if sorter.positional or sorter.keywords:
            rest = sorter.positional or list(sorter.keywords.values())
            raise sorter.error("source.only_inputs", rest[0], name=item.value, line=block.line)
        return Given(inputs, {}, fresh=False)
    return Given(inputs, sorter.settings(), sorter.fresh)


def sorted_settings(
    made_by: Layer | Definition,
    item: Item,
    arguments: list[list[Item]],
    expression: Expression,
    workspace: Workspace,
) -> dict[str, Any]:
    """Return the settings on a `layer` line, which takes no inputs.

    Raises:
        SourceError: if a name or a value is wrong.
    """
    sorter = _Sorter(made_by, item, expression, workspace)
    for argument in arguments:
        sorter.take(argument)
    for place, argument in enumerate(sorter.positional):
        if sorter.is_node(argument) and not sorter.is_list(place, argument):
            raise sorter.error("source.only_settings", argument, name=item.value)
    return sorter.settings()


class _Sorter:
    def __init__(
        self, made_by: Layer | Definition, item: Item, expression: Expression, workspace: Workspace
    ) -> None:
        self.made_by = made_by
        self.item = item
        self.expression = expression
        self.workspace = workspace
        self.positional: list[list[Item]] = []
        self.keywords: dict[str, list[Item]] = {}
        self.named: dict[str, Item] = {}
        self.fresh = False

    def take(self, argument: list[Item]) -> None:
        last = argument[-1]
        if last.kind != "keyword":
            if self.keywords:
                raise self.error("source.order_of_arguments", argument, name=self.item.value)
            self.positional.append(argument)
            return
        name, value = setting_word(last.value, self._names()), argument[:-1]
        if meant(name) == "fresh":
            self.fresh = value_of(value, self.expression, self.workspace) in (1, True)
        elif name in self.keywords:
            raise self.error("source.setting_twice", argument, name=name)
        else:
            self.keywords[name] = value
            self.named[name] = last

    def error(self, message: str, items: Sequence[Item], **fields: Any) -> SourceError:
        text = self.expression.text
        start, end = min(i.start for i in items), max(i.end for i in items)
        place = place_of(text, start, end)
        return SourceError(message, place=place, got=text[start:end], **fields)

    def is_node(self, items: list[Item]) -> bool:
        """Tell whether an argument is computed while the graph runs."""
        workspace = self.workspace
        for item in items:
            if item.kind == "node" or (item.kind == "call" and len(items) > 1):
                return True
            if item.kind == "name":
                node = workspace.get(item.value)
                if node is None and workspace.family(item.value) is not None:
                    return True
                word = workspace.scope.words.get(item.value)
                if node is None and isinstance(word, str):
                    node = workspace.get(word)
                if node is not None and not workspace.is_const(node):
                    return True
                if node is not None and workspace.builder.columns.shape(node):
                    return True  # a mask; sizes and rates are single numbers
        return items[-1].kind in ("array", "rows")

    def is_list(self, place: int, items: list[Item]) -> bool:
        """Tell whether an argument is the list that a setting takes, as the widths of an mlp."""
        if not isinstance(self.made_by, Layer) or place >= len(self.made_by.settings):
            return False
        takes = self.made_by.settings[place].kind in ("lengths", "widths", "numbers", "rows")
        return takes and items[-1].kind == "array" and not self.is_node(items[:-1] or items)

    # ---- inputs ----

    def inputs(self) -> dict[str, list[Item] | None]:
        """Take the inputs away from the arguments."""
        found: dict[str, list[Item] | None] = {}
        waiting = self.positional
        if isinstance(self.made_by, Layer) and self.made_by.kind == "penalty" and not waiting:
            over = self.keywords.pop("over", None)
            if over is not None:
                return self._over(over)
        for spec in self.made_by.inputs:
            name = spec.rstrip("?*")
            if name in self.keywords:
                found[name] = self.keywords.pop(name)
            elif spec.endswith("*"):
                while waiting and self.is_node(waiting[0]):
                    found[f"{name}{len(found) + 1}"] = waiting.pop(0)
                if not found:
                    raise self._missing()
            elif spec.endswith("?"):
                taken = bool(waiting) and self.is_node(waiting[0])
                found[name] = waiting.pop(0) if taken else None
            elif waiting:
                found[name] = waiting.pop(0)
            else:
                raise self._missing()
        return found

    def _over(self, items: list[Item]) -> dict[str, list[Item] | None]:
        """Return the parameters above that ``over=weights``, ``all`` or a pattern chooses."""
        workspace = self.workspace
        chosen = value_of(items, self.expression, workspace)
        names = [
            name
            for name, kind in workspace.kinds.items()
            if chosen == "all"
            or (chosen == "weights" and kind == "weight")
            or (chosen == "biases" and kind == "bias")
            or (isinstance(chosen, str) and fnmatchcase(name, chosen))
        ]
        if not names:
            known = ", ".join(workspace.kinds) or "–"
            raise self.error("source.over_nothing", items, known=known)
        at = items[0]
        return {
            f"w{k}": [at._replace(kind="node", value=str(workspace.names[name]), arity=0)]
            for k, name in enumerate(names, 1)
        }

    def _missing(self) -> SourceError:
        names = [spec.rstrip("?*") for spec in self.made_by.inputs]
        return self.error(
            "source.inputs_missing", [self.item], name=self.item.value,
            expected=len(names), arguments=", ".join(names),
        )  # fmt: skip

    # ---- settings ----

    def settings(self) -> dict[str, Any]:
        """Return what is left as settings, by position or by name."""
        known = self._known()
        found: dict[str, Any] = {}
        if len(self.positional) > len(known):
            extra = self.positional[len(known)]
            message = "source.many_arguments" if known else "source.no_settings_left"
            raise self.error(message, extra, name=self.item.value, known=", ".join(known))
        for name, items in zip(known, self.positional, strict=False):
            found[name] = self._value(name, items)
        for name, items in self.keywords.items():
            if name in found:
                raise self.error("source.setting_twice", items, name=name)
            if name not in known:
                raise self._unknown(name, known)
            found[name] = self._value(name, items)
        if isinstance(self.made_by, Definition):
            return self._of_definition(found)
        return found

    def _value(self, name: str, items: list[Item]) -> Any:
        """Return the value of a setting; what a row refuses is told where it stands."""
        value = value_of(items, self.expression, self.workspace)
        if isinstance(self.made_by, Layer):
            setting = next(one for one in self.made_by.settings if one.name == name)
            try:
                standard(self.made_by.name, setting, value)
            except UsageError as error:
                told = self.error("", items)
                raise SourceError(error.message_id, place=told.place, **error.fields) from None
        return value

    def _names(self) -> list[str]:
        return [*self._known(), *(spec.rstrip("?*") for spec in self.made_by.inputs)]

    def _known(self) -> list[str]:
        if isinstance(self.made_by, Definition):
            return list(self.made_by.settings)
        return [setting.name for setting in self.made_by.settings]

    def _unknown(self, name: str, known: list[str]) -> SourceError:
        error = self.error(
            "layer.unknown_setting",
            [self.named[name]],
            layer=self.item.value,
            known=", ".join(known) or "–",
            near=near_settings(name, known, self.made_by),
        )
        error.fields["got"] = name
        return error

    def _of_definition(self, found: dict[str, Any]) -> dict[str, Any]:
        assert isinstance(self.made_by, Definition)
        settings = {**self.made_by.settings, **found}
        for name, value in settings.items():
            if value is REQUIRED:
                raise self.error(
                    "layer.missing_setting", [self.item], layer=self.item.value, setting=name
                )
        return settings
