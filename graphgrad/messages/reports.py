"""Word tables, derivations and steps."""

MESSAGES: dict[str, tuple[str, str]] = {}
