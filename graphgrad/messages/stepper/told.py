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
    "told.sum": ("{value}, the sum of {count} contributions", "{value}, la suma de {count} aportaciones"),
    "told.more": ("… {count} more", "… {count} más"),
    # ---- a sum over what an operand was repeated along ----
    "told.over_rows": ("summed over the {count} rows", "sumado sobre las {count} filas"),
    "told.over_columns": ("summed over the {count} columns", "sumado sobre las {count} columnas"),
    "told.over_entries": ("summed over all {count} entries", "sumado sobre las {count} entradas"),
    "told.over_uses": (
        "summed over the {count} places where each entry is used",
        "sumado sobre los {count} lugares donde se usa cada entrada",
    ),
    # ---- depth and entries ----
    "app.key.deeper": ("Deeper", "Más detalle"),
    "app.help.deeper": (
        "look deeper: blocks, layers, lines, operations",
        "mira con más detalle: bloques, capas, líneas, operaciones",
    ),
    "app.key.shallower": ("Less deep", "Menos detalle"),
    "app.help.shallower": ("look less deep", "mira con menos detalle"),
    "app.key.entries": ("Entries", "Entradas"),
    "app.help.entries": (
        "take arrays apart, every entry a number; again to put them together",
        "separa los arreglos en entradas, cada una un número; otra vez para juntarlos",
    ),
    "app.depth": ("Now one box per {depth}.", "Ahora una caja por {depth}."),
    "app.depth.block": ("block", "bloque"),
    "app.depth.layer": ("layer", "capa"),
    "app.depth.line": ("line", "línea"),
    "app.depth.op": ("operation", "operación"),
    "app.deepest": (
        "One box per operation: it goes no deeper. a takes arrays apart.",
        "Una caja por operación: no hay más detalle. a separa los arreglos.",
    ),
    "app.shallowest": (
        "One box per block: there is no less detail.",
        "Una caja por bloque: no hay menos detalle.",
    ),
    "app.entries": (
        "Every entry is a line now, {count} lines; a puts the arrays together again.",
        "Cada entrada es ahora una línea, {count} líneas; a vuelve a juntar los arreglos.",
    ),
    "app.arrays": ("Arrays as they are, {count} lines.", "Los arreglos enteros, {count} líneas."),
    "app.no_arrays_here": (
        "There is no array here to be taken apart.",
        "Aquí no hay ningún arreglo que separar.",
    ),
    "app.no_arrays": (
        "Only the entries of this graph are known, not its arrays.",
        "De este grafo solo se conocen las entradas, no los arreglos.",
    ),
    # ---- what a line that is typed into takes ----
    "app.typing.keys": ("Enter does it  esc leaves", "Intro lo hace  esc sale"),
    "app.typing.goto": (
        "a step (42), a name (w), a word (end)",
        "un paso (42), un nombre (w), una palabra (final)",
    ),
    "app.typing.search": (
        "a name, an operation, v>1 or |g|<1e-6",
        "un nombre, una operación, v>1 o |g|<1e-6",
    ),
    "app.typing.edit": (
        "a number, [1, 2] or a formula",
        "un número, [1, 2] o una fórmula",
    ),
    "app.typing.export": (
        "a file: its ending says the format",
        "un archivo: su final dice el formato",
    ),
    "app.typing.replace": ("y or yes; anything else keeps it", "s o sí; otra cosa lo conserva"),
    "app.typing.answer": (
        "Enter checks  H hint  r reveals  esc leaves the line",
        "Intro revisa  H pista  r respuesta  esc sale de la línea",
    ),
    "app.typing.letters": (
        "Enter checks  esc leaves the line, then H hint, r reveals",
        "Intro revisa  esc sale de la línea, luego H pista, r respuesta",
    ),
}
