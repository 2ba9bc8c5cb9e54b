"""Word what the steppers say of networks: steps, sums over rows, entries, units, the tour."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- a step ----
    "told.gives_to": (
        "{name} contributes to {names}: one line each below.",
        "{name} aporta a {names}: una línea para cada una debajo.",
    ),
    "told.counted": ("{names}, {count} in all", "{names}, {count} en total"),
    "told.names": ("{names} and more", "{names} y más"),
    "told.given": (
        "{count} leaves have their values; nothing is computed yet.",
        "{count} hojas tienen su valor; aún no se ha calculado nada.",
    ),
    "told.more": ("… {count} more", "… {count} más"),
    # ---- a sum over what an operand was repeated along ----
    "told.over_rows": ("summed over the {count} rows", "sumado sobre las {count} filas"),
    "told.over_columns": ("summed over the {count} columns", "sumado sobre las {count} columnas"),
    "told.over_entries": ("summed over all {count} entries", "sumado sobre las {count} entradas"),
    "told.over_uses": (
        "summed over the {count} places where each entry is used",
        "sumado sobre los {count} lugares donde se usa cada entrada",
    ),
}
