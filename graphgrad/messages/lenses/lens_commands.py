"""Word the commands inspect, sweep and lint, and the rules of the last."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- inspect ----
    "command.inspect.short": (
        "looks at a network through a lens: gradients, units, layers, descent, …",
        "mira una red con una lente: gradientes, neuronas, capas, descenso, …",
    ),
    "command.inspect.help": (
        "Looks at a graph through a lens and says what is seen: tables, a verdict, a plot. FILE, "
        "then the lens, then its settings as name=value. Without a lens the layers are shown; with "
        "no word at all the lenses are listed. -o draws the plot as SVG or PNG.",
        "Mira un grafo con una lente y dice lo que se ve: tablas, un veredicto, un dibujo. "
        "ARCHIVO, luego la lente, luego sus ajustes como nombre=valor. Sin lente se muestran las "
        "capas; sin ninguna palabra se listan las lentes. -o dibuja en SVG o PNG.",
    ),
    "inspect.word": ("FILE LENS NAME=VALUE", "ARCHIVO LENTE NOMBRE=VALOR"),
    "inspect.argument.words": (
        "the file (none with -e), the lens, and its settings",
        "el archivo (ninguno con -e), la lente y sus ajustes",
    ),
    "inspect.option.output": (
        "draw the plot into this .svg or .png file",
        "dibujar en este archivo .svg o .png",
    ),
    "inspect.lens": ("lens", "lente"),
    "inspect.for": ("what it shows", "qué muestra"),
    "inspect.settings": ("settings", "ajustes"),
    "inspect.how": (
        "graphgrad inspect FILE LENS NAME=VALUE ... looks through one; "
        "-o draws it, --json writes it as data.",
        "graphgrad inspect ARCHIVO LENTE NOMBRE=VALOR ... mira con una; "
        "-o la dibuja, --json la escribe como datos.",
    ),
    "inspect.format": (
        "cannot draw a plot into {got}: its ending must be one of {known}.",
        "no se puede dibujar en {got}: su extensión debe ser una de {known}.",
    ),
    "inspect.no_picture": (
        "the lens {lens} has no picture here. Leave -o out to read its tables.",
        "la lente {lens} no tiene dibujo aquí. Quite -o para leer sus tablas.",
    ),
    # ---- no gradient passes ----
    "run.no_gradient": (
        "No gradient passes through {formula}: its derivative is 0 wherever it exists.",
        "Por {formula} no pasa gradiente: su derivada es 0 donde existe.",
    ),
}
