"""Word how closely a graph is looked at: entries, depth, two graphs compared, a graph as text."""

MESSAGES: dict[str, tuple[str, str]] = {
    "option.entries": (
        "arrays as they are (array) or neuron by neuron, every entry a number (scalar); otherwise "
        "array",
        "los arreglos enteros (array) o neurona a neurona, cada elemento un número (scalar); si "
        "no, array",
    ),
    "explain.one_entry": (
        "{name} has an entry for each neuron: expected the name of one of them: {known}.",
        "{name} tiene un elemento por neurona: se esperaba el nombre de uno de ellos: {known}.",
    ),
    "entries.too_many": (
        "entry by entry, the graph would have {got:,} nodes; the limit is {limit:,}. Show a part "
        "with --wrt and --entries array, make the layers smaller, or stay with --entries array.",
        "elemento a elemento, el grafo tendría {got:,} nodos y el límite es {limit:,}. Muestre una "
        "parte con --wrt y --entries array, haga las capas más pequeñas o siga con --entries "
        "array.",
    ),
    "entries.too_many_to_count": (
        "entry by entry, the graph would have more than {got:,} nodes; the limit is {limit:,}. "
        "Show a part with --wrt and --entries array, make the layers smaller, or stay with "
        "--entries array.",
        "elemento a elemento, el grafo tendría más de {got:,} nodos y el límite es {limit:,}. "
        "Muestre una parte con --wrt y --entries array, haga las capas más pequeñas o siga con "
        "--entries array.",
    ),
}
