"""Word what the steppers say of networks: steps, sums over rows, entries, units, the tour."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- a step ----
    "told.gives_to": (
        "{name} contributes to {names}: one line each below.",
        "{name:name} aporta a {names}: una línea para cada una debajo.",
    ),
    "told.gives_one": (
        "{name} contributes to {names}: see below.",
        "{name:name} aporta a {names}: véase debajo.",
    ),
    "told.counted": ("{names}, {count} in all", "{names}, {count} en total"),
    "told.names": ("{names} and more", "{names} y más"),
    "told.given": (
        "{count} leaves have their values; nothing is computed yet.",
        "{count} hojas tienen su valor; aún no se ha calculado nada.",
    ),
    "told.given_one": (
        "One leaf has its value; nothing is computed yet.",
        "Una hoja tiene su valor; aún no se ha calculado nada.",
    ),
    "told.sum": (
        "{value}, the sum of {count} contributions",
        "{value}, la suma de {count} aportaciones",
    ),
    "told.only": ("0 except {what}", "0 salvo {what}"),
    "told.at_entries": ("{what} at [{key}]", "{what} en [{key}]"),
    "told.more": ("… {count} more", "… {count} más"),
    # ---- a sum over what an operand was repeated along ----
    "told.over_rows": ("summed over the {count} rows", "sumado sobre las {count} filas"),
    "told.over_columns": ("summed over the {count} columns", "sumado sobre las {count} columnas"),
    "told.over_entries": ("summed over all {count} entries", "sumado sobre las {count} entradas"),
    "told.over_uses": (
        "summed over the {count} places where each entry is used",
        "sumado sobre los {count} lugares donde se usa cada entrada",
    ),
    "told.in_each_row": (
        "{what} in each of the {count} rows",
        "{what} en cada una de las {count} filas",
    ),
    # ---- operations in the words of a course ----
    "told.over_each_row": ("{name} over each row of {of}", "{name} sobre cada fila de {of}"),
    "told.over_each_column": (
        "{name} over each column of {of}",
        "{name} sobre cada columna de {of}",
    ),
    "told.along_axis": ("{name} along axis {axis} of {of}", "{name} por el eje {axis} de {of}"),
    "told.name_sum": ("sum", "suma"),
    "told.name_mean": ("mean", "media"),
    "told.name_max": ("max", "máximo"),
    "told.name_min": ("min", "mínimo"),
    "told.name_var": ("variance", "varianza"),
    "told.windows": ("{size} windows of {of}", "ventanas {size} de {of}"),
    "told.pooled_mean": (
        "mean over each {size} window of {of}",
        "media sobre cada ventana {size} de {of}",
    ),
    "told.pooled_max": (
        "max over each {size} window of {of}",
        "máximo sobre cada ventana {size} de {of}",
    ),
    "told.pooled_sum": (
        "sum over each {size} window of {of}",
        "suma sobre cada ventana {size} de {of}",
    ),
    "told.folded": ("Σ over windows: {what}", "Σ sobre ventanas: {what}"),
    "told.padded": ("{of} with a border", "{of} con borde"),
    "told.largest": (
        "largest of its {size} window in {of}",
        "mayor de su ventana {size} en {of}",
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
    # ---- arrays, entry by entry; layers, unit by unit ----
    "entry.rows": ("rows {first} to {last}", "filas {first} a {last}"),
    "entry.columns": ("columns {first} to {last}", "columnas {first} a {last}"),
    "entry.largest": ("largest entry: {told}", "entrada mayor: {told}"),
    "entry.no_use": ("no line reads this entry", "ninguna línea lee esta entrada"),
    "entry.value": ("values", "valores"),
    "entry.adjoint": ("adjoints", "adjuntos"),
    "entry.too_many": (
        "Entry by entry, the graph would have {got} nodes; the limit is {limit}. Look at one entry "
        "with . and , or at the layer of a box with N.",
        "Entrada a entrada, el grafo tendría {got} nodos y el límite es {limit}. Mire una entrada "
        "con . y , o la capa de una caja con N.",
    ),
    "entry.too_many_more": (
        "Entry by entry, the graph would have more than {got} nodes; the limit is {limit}. Look at "
        "one entry with . and , or at the layer of a box with N.",
        "Entrada a entrada, el grafo tendría más de {got} nodos y el límite es {limit}. Mire una "
        "entrada con . y , o la capa de una caja con N.",
    ),
    "entry.number": (
        "{name} is a number, it has no entries. a takes arrays apart, N lists a layer.",
        "{name} es un número, no tiene entradas. a separa los arreglos, N lista una capa.",
    ),
    "app.key.next_entry": ("Next entry", "Entrada siguiente"),
    "app.help.next_entry": (
        "look at the next entry of an array, with its own chain rule",
        "mira la entrada siguiente de un arreglo, con su propia regla de la cadena",
    ),
    "app.key.previous_entry": ("Previous entry", "Entrada anterior"),
    "app.help.previous_entry": ("look at the previous entry", "mira la entrada anterior"),
    "app.key.lower_entry": ("Entry below", "Entrada de abajo"),
    "app.help.lower_entry": (
        "look at the entry in the next row",
        "mira la entrada de la fila siguiente",
    ),
    "app.key.upper_entry": ("Entry above", "Entrada de arriba"),
    "app.help.upper_entry": (
        "look at the entry in the row above",
        "mira la entrada de la fila anterior",
    ),
    "units.first_row": (
        "Of a batch, the first row is shown.",
        "De un lote se muestra la primera fila.",
    ),
    "units.none": (
        "{name} is in no layer whose units could be listed.",
        "{name} no está en ninguna capa cuyas unidades se puedan listar.",
    ),
    "app.key.units": ("Neurons", "Neuronas"),
    "app.help.units": (
        "the layer of the box, a row per neuron; again for the box itself",
        "la capa de la caja, una fila por neurona; otra vez para la caja misma",
    ),
    "listing.none": (
        "This graph was not read from a text.",
        "Este grafo no se leyó de un texto.",
    ),
    "app.key.listing": ("File", "Archivo"),
    "app.help.listing": (
        "the text of the file, with the line of the step marked; again for the box",
        "el texto del archivo, con la línea del paso marcada; otra vez para la caja",
    ),
    # ---- the map, a row of a training ----
    "app.map": (
        "{here} this step  {seen} box seen  {beyond} box beyond  {ground} in view",
        "{here} este paso  {seen} caja visible  {beyond} fuera  {ground} a la vista",
    ),
    "train.entered": (
        "training, after {number} updates, loss {loss}",
        "entrenamiento, tras {number} cambios, pérdida {loss}",
    ),
    # ---- the tour ----
    "app.key.tour": ("Tour", "Visita"),
    "app.help.tour": (
        "shows you round in one minute; again to end",
        "muestra todo en un minuto; otra vez para terminar",
    ),
    "tour.offer": (
        "First time here? F4 shows you round in one minute. Any other key goes on without.",
        "¿Primera vez aquí? F4 lo muestra todo en un minuto. Otra tecla sigue sin ello.",
    ),
    "tour.next": (
        "{at}/{count}  A step computes the box with the double frame. Press {key}. F4 ends.",
        "{at}/{count}  Un paso calcula una caja, la de marco doble. Pulse {key}. F4 termina.",
    ),
    "tour.backward": (
        "{at}/{count}  Then derivatives flow back from the output, ∇ in each box. Press {key}.",
        "{at}/{count}  Luego las derivadas vuelven desde la salida, ∇ en cada caja. Pulse {key}.",
    ),
    "tour.previous": (
        "{at}/{count}  The sentence below says what a step does; you can go back too. Press {key}.",
        "{at}/{count}  La frase de abajo dice qué hace un paso; también se vuelve. Pulse {key}.",
    ),
    "tour.down": (
        "{at}/{count}  Look at any box without moving in time, at its chain rule. Press {key}.",
        "{at}/{count}  Mire otra caja sin mover el tiempo, su regla de la cadena. Pulse {key}.",
    ),
    "tour.deeper": (
        "{at}/{count}  Blocks, layers, lines, operations: m goes deeper, M back. Press {key}.",
        "{at}/{count}  Bloques, capas, líneas, operaciones: m entra, M vuelve. Pulse {key}.",
    ),
    "tour.edit": (
        "{at}/{count}  Change a number or a formula and see what follows. Press {key}, then esc.",
        "{at}/{count}  Cambie un número o una fórmula y vea qué sigue. Pulse {key}, luego esc.",
    ),
    "tour.predict": (
        "{at}/{count}  Be asked before a step is shown. Press {key}; esc and {key} end it.",
        "{at}/{count}  Que le pregunten antes de ver un paso. Pulse {key}; esc y {key} terminan.",
    ),
    "tour.help": (
        "{at}/{count}  All keys stand behind {key}, and q leaves. Press {key}, then esc.",
        "{at}/{count}  Todas las teclas están tras {key}, y q sale. Pulse {key}, luego esc.",
    ),
    "tour.end": (
        "That was the tour; F4 shows it again. Any key goes on.",
        "Eso fue la visita; F4 la repite. Cualquier tecla sigue.",
    ),
}
