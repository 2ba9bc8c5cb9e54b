"""Keep derivatives that sympy has worked out from one process to the next.

Loading sympy takes longer than all else that ``graphgrad run`` does, and most files hold lines
whose derivatives are known from yesterday. What is kept is text with gaps for names, by what the
derivatives depend on, and a sum over it, for what the point cannot tell: LaTeX, the shown form. The
text is checked at a point before it is used, and anything odd is forgotten.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphgrad.errors import FileError
from graphgrad.files.cache_folder import cache_folder, is_left_alone, version_of
from graphgrad.ops.registry import is_built_in
from graphgrad.ops.text import Written
from graphgrad.symbolic.derive.signature import Operation
from graphgrad.symbolic.derive.small_graph import Wiring

if TYPE_CHECKING:
    from graphgrad.files.checked import Checked

__all__ = ["SHIPPED", "Spellings", "keep", "kept", "key_of"]

_MOST_FILES: Final = 4_096
_LARGEST: Final = 1 << 18
SHIPPED: Final = Path(__file__).with_name("shipped.json")
"""What comes with the program, by `key_of`; ``python -m tests.symbolic.shipped`` writes it."""

Spellings = dict[int, tuple[Written, Written, Written]]
"""By slot, a derivative as text, in LaTeX and as it is shown, with gaps for names."""


def kept(wiring: Wiring) -> Spellings | None:
    """Return what is kept of some operations; None where that is nothing, or is not right."""
    key = None if is_left_alone() else key_of(wiring)
    if key is None:
        return None
    from graphgrad.files.checked import DataError, checked_json
    from graphgrad.symbolic.derive.kept_check import holds_at_a_point

    try:
        told = _told(key) or _shipped().get(key)
        if told is None:
            return None
        data = checked_json(told)
        found = _read(data["slots"], wiring)
        if data["sum"].text() != _sum(found):
            return None
    except (OSError, ValueError, DataError):
        return None
    texts = {slot: written[0].text for slot, written in found.items()}
    return found if holds_at_a_point(wiring, texts) else None


def _told(key: str) -> str | None:
    """Return what the user's own folder says of some operations."""
    place = _place(key)
    if place is None or not os.path.isfile(place) or place.stat().st_size > _LARGEST:
        return None
    return place.read_text("utf-8")


@cache
def _shipped() -> dict[str, str]:
    """Return what comes with the program: the lines of the samples and those that are like them.

    So the first run of a file of a lecture does not load sympy either. A test derives them again.
    """
    found: dict[str, str] = json.loads(SHIPPED.read_text("utf-8"))
    return found


def keep(wiring: Wiring, found: Spellings) -> None:
    """Keep derivatives for the next process; where that is not possible, nothing is said.

    Where some are missing, because they would be too long, none is kept: a file without a slot
    could not be told from one that has lost it.
    """
    key = key_of(wiring)
    place = None if key is None else _place(key)
    if place is None or found.keys() != set(wanted_slots(wiring)):
        return
    from graphgrad.files.writing import write_output

    slots = {str(slot): [list(written) for written in of] for slot, of in found.items()}
    told = json.dumps({"sum": _sum(found), "slots": slots}, ensure_ascii=True)
    with suppress(OSError, FileError):
        place.parent.mkdir(parents=True, exist_ok=True)
        _make_room(place.parent)
        write_output(place, told, force=True)


def _read(data: Checked, wiring: Wiring) -> Spellings:
    found: Spellings = {}
    for slot in wanted_slots(wiring):
        written = [_written(one) for one in data[str(slot)].items(3)]
        found[slot] = (written[0], written[1], written[2])
    return found


def _sum(found: Spellings) -> str:
    """Return a sum over all spellings, by which a file is known to be as it was written."""
    told = [[slot, *map(tuple, of)] for slot, of in sorted(found.items())]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def wanted_slots(wiring: Wiring) -> list[int]:
    """Return the slots of the only op, or the sources, that only element-wise ops lead from."""
    wanted = wiring.reach[wiring.root] & ~wiring.structural
    if wiring.single:
        args = wiring.args[wiring.root]
        return [slot for slot, arg in enumerate(args) if wiring.reach[arg] & wanted]
    return [source for source in range(wiring.first) if wanted >> source & 1]


def _written(data: Checked) -> Written:
    text, level = data.items(2)
    return Written(text.text(), level.whole(0))


def _make_room(folder: Path) -> None:
    """Begin anew where too much is kept, and forget what older versions kept."""
    for other in folder.parent.iterdir():
        if other != folder or sum(1 for _ in folder.iterdir()) >= _MOST_FILES:
            for file in other.iterdir():
                file.unlink(missing_ok=True)
    for other in folder.parent.iterdir():
        if other != folder:
            other.rmdir()


def _place(key: str) -> Path | None:
    """Return the file of some operations; None where there is no folder."""
    top = cache_folder("derivatives")
    return None if top is None else top / _versions() / f"{key}.json"


def key_of(wiring: Wiring) -> str | None:
    """Return what some operations are known by; None where rows are not our own."""
    signature = wiring.signature
    parts: list[Any] = []
    for part in signature.locals:
        if not isinstance(part, Operation):
            parts.append(["number", str(part.exact), part.symbol, part.minus])
        elif is_built_in(part.row):
            settings = [[name, repr(value)] for name, value in part.settings]
            parts.append([part.row.name, settings, part.args])
        else:
            return None
    told = json.dumps([parts, signature.variable, signature.shapes])
    return hashlib.sha256(told.encode()).hexdigest()[:40]


@cache
def _versions() -> str:
    """Return a word that changes with the rows, how derivatives are written, and sympy."""
    root = Path(__file__).parents[2]
    folders = root / "symbolic", root / "ops"
    endings = "*.py", "*.pyc"  # only bytecode may be installed
    found = ([file for top in folders for file in sorted(top.rglob(end))] for end in endings)
    files = next(filter(None, found), [])
    spec = find_spec("sympy")
    if spec is not None and spec.origin:
        init = Path(spec.origin)  # of an archive of bytecode, __init__.pyc
        files.append(init.with_name(f"release{init.suffix}"))
    return version_of(files)
