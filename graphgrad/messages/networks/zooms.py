"""Word how closely a graph is looked at: entries, depth, two graphs compared, a graph as text."""

MESSAGES: dict[str, tuple[str, str]] = {
    "option.entries": (
        "arrays as they are (array) or neuron by neuron, every entry a number (scalar); otherwise "
        "array",
        "los arrays enteros (array) o neurona a neurona, cada elemento un número (scalar); si "
        "no, array",
    ),
    "explain.one_entry": (
        "{name} has an entry for each neuron: expected the name of one of them: {known}.",
        "{name} tiene un elemento por neurona: se esperaba el nombre de uno de ellos: {known}.",
    ),
    "entries.too_many": (
        "entry by entry, the graph would have {got} nodes; the limit is {limit}. Show a part "
        "with --wrt and --entries array, make the layers smaller, or stay with --entries array.",
        "elemento a elemento, el grafo tendría {got} nodos y el límite es {limit}. Muestre una "
        "parte con --wrt y --entries array, haga las capas más pequeñas o siga con --entries "
        "array.",
    ),
    "entries.too_many_to_count": (
        "entry by entry, the graph would have more than {got} nodes; the limit is {limit}. "
        "Show a part with --wrt and --entries array, make the layers smaller, or stay with "
        "--entries array.",
        "elemento a elemento, el grafo tendría más de {got} nodos y el límite es {limit}. "
        "Muestre una parte con --wrt y --entries array, haga las capas más pequeñas o siga con "
        "--entries array.",
    ),
    # ---- two graphs compared ----
    "command.same.short": (
        "compare two graphs up to names",
        "compara dos grafos salvo los nombres",
    ),
    "command.same.help": (
        "Compare two graphs and print the renaming, or the first difference in words. Values of "
        "inputs and parameters do not matter. The exit status is 1 if they differ.",
        "Compara dos grafos y muestra el cambio de nombres, o la primera diferencia con palabras. "
        "Los valores de entradas y parámetros no importan. El estado de salida es 1 si difieren.",
    ),
    "same.option.expression": (
        "a formula instead of a file, for one of the two graphs or for both",
        "una fórmula en vez de un archivo, para uno de los dos grafos o para ambos",
    ),
    "same.two": (
        "two graphs are compared: got {got}. Give two files, a file and -e TEXT, or -e TEXT twice.",
        "se comparan dos grafos: hay {got}. Dé dos archivos, un archivo y -e TEXTO, o -e TEXTO "
        "dos veces.",
    ),
    "same.too_alike": (
        "{got} nodes are too many to try which is which. Compare with --entries array, or a "
        "smaller part.",
        "{got} nodos son demasiados para probar cuál es cuál. Compare con --entries array o una "
        "parte menor.",
    ),
    "same.names": ("The same graph, up to names.", "El mismo grafo, salvo los nombres."),
    "same.order": (
        "The same graph, up to names and the order of the operands of + and *.",
        "El mismo grafo, salvo los nombres y el orden de los operandos de + y *.",
    ),
    "same.rewrite": (
        "The same graph only after a rewrite:",
        "El mismo grafo solo tras reescribir:",
    ),
    "same.rewritten": (
        "in graph {which}, {formula} = {becomes}, because {because}",
        "en el grafo {which}, {formula} = {becomes}, porque {because}",
    ),
    "same.rewritten_number": (
        "in graph {which}, {formula} = {becomes}",
        "en el grafo {which}, {formula} = {becomes}",
    ),
    "same.no": (
        "Not the same graph. The first difference, from the output back:",
        "No es el mismo grafo. La primera diferencia, desde la salida hacia atrás:",
    ),
    "same.op": (
        "graph 1 has {first} where graph 2 has {second}",
        "el grafo 1 tiene {first} donde el grafo 2 tiene {second}",
    ),
    "same.shared.first": (
        "graph 1 uses {one} where graph 2 uses both {a} and {b}",
        "el grafo 1 usa {one} donde el grafo 2 usa {a} y {b}",
    ),
    "same.shared.second": (
        "graph 2 uses {one} where graph 1 uses both {a} and {b}",
        "el grafo 2 usa {one} donde el grafo 1 usa {a} y {b}",
    ),
    "same.unused": (
        "what the output does not need: {first} in graph 1, {second} in graph 2",
        "lo que la salida no necesita: {first} en el grafo 1, {second} en el grafo 2",
    ),
    "same.none": ("nothing", "nada"),
    "same.counts": (
        "Operations: {first} in graph 1, {second} in graph 2.",
        "Operaciones: {first} en el grafo 1, {second} en el grafo 2.",
    ),
    "same.renaming": ("Renaming (graph 1 → graph 2):", "Cambio de nombres (grafo 1 → grafo 2):"),
    "same.no_other_names": ("No name differs.", "Ningún nombre cambia."),
    "same.roles": ("Roles that differ: {names}.", "Papeles que difieren: {names}."),
    "same.entries": (
        "{told} ({count} entries of {name}, {shape}, differ)",
        "{told} (difieren {count} elementos de {name}, {shape})",
    ),
    "same.values": ("Values that differ: {names}.", "Valores que difieren: {names}."),
    "same.agree": (
        "At their own values both graphs give the same output and the same gradients.",
        "Con sus propios valores, ambos grafos dan la misma salida y los mismos gradientes.",
    ),
    "same.disagree": (
        "At their own values the output or a gradient differs, too.",
        "Con sus propios valores, también difieren la salida o algún gradiente.",
    ),
    # ---- depth ----
    "option.depth": (
        "one entry per block (outermost group), layer, line of the file, or operation; otherwise "
        "line",
        "una entrada por bloque (grupo más externo), capa, línea del archivo u operación; si no, "
        "line",
    ),
    "option.collapse": (
        "one entry for this group, or none where --detail has one; may be repeated",
        "una entrada para este grupo, o ninguna donde --detail la tiene; puede repetirse",
    ),
    "depth.unknown_group": (
        "there is no group {got!r}: expected {known}. Choose one of them.",
        "no hay ningún grupo {got!r}: se esperaba {known}. Elija uno.",
    ),
}
