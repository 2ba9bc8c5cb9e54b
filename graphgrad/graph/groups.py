"""Take the dotted name of a group apart: each dot outside of brackets opens a group inside."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["group_parts", "groups_around", "parent_group", "within"]


@lru_cache(maxsize=4096)
def group_parts(group: str) -> tuple[str, ...]:
    """Return the parts of a group's name; the empty name has none.

    >>> group_parts("model.h[2].cell"), group_parts("h[a.b].z"), group_parts("")
    (('model', 'h[2]', 'cell'), ('h[a.b]', 'z'), ())
    """
    parts: list[str] = []
    start = depth = 0
    for place, char in enumerate(group):
        depth += (char == "[") - (char == "]")
        if char == "." and depth <= 0:
            parts.append(group[start:place])
            start = place + 1
    return (*parts, group[start:]) if group else ()


def groups_around(group: str) -> tuple[str, ...]:
    """Return a group and those around it, outermost first.

    >>> groups_around("net.h[1]"), groups_around("")
    (('net', 'net.h[1]'), ())
    """
    parts = group_parts(group)
    return tuple(".".join(parts[: count + 1]) for count in range(len(parts)))


def parent_group(group: str) -> str:
    """Return the group right around a group; empty for an outermost one.

    >>> parent_group("net.h[1]"), parent_group("net")
    ('net', '')
    """
    return ".".join(group_parts(group)[:-1])


def within(group: str, outer: str) -> bool:
    """Tell whether a group is another one or stands inside it.

    >>> within("net.one", "net"), within("network", "net"), within("net", "net")
    (True, False, True)
    """
    return group == outer or group.startswith(f"{outer}.")
