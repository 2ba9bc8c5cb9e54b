"""Word what the checker says."""

MESSAGES: dict[str, tuple[str, str]] = {}
