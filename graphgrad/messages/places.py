"""Word places in a text and lists of alternatives."""

MESSAGES: dict[str, tuple[str, str]] = {
    "place.line": ("line {line}, column {column}", "línea {line}, columna {column}"),
    "place.file": (
        "{path}, line {line}, column {column}",
        "{path}, línea {line}, columna {column}",
    ),
    "near.none": ("", ""),
    "near.names": (" Did you mean {names}?", " ¿Quería decir {names}?"),
    "near.or": (" or ", " o "),
}
