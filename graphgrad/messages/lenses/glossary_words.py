"""Word the glossary of learning: a word, and what it means, for the lines it belongs to."""

MESSAGES: dict[str, tuple[str, str]] = {
    "lens.glossary.doc": (
        "Words of the lectures for the lines of this graph",
        "Palabras de las clases para las líneas de este grafo",
    ),
    "lens.column.word": ("word", "palabra"),
    "lens.column.means": ("what it means", "qué significa"),
    "lens.glossary.told": (
        "{count} words; docs/glossary.md has those of the program.",
        "{count} palabras; docs/glossary.md tiene las del programa.",
    ),
    "glossary.inference": ("learning as inference", "aprender como inferencia"),
    "glossary.inference.means": (
        "to look for a function f: x → y whose cost J is small; the loss is this J, written as the "
        "last node of the graph",
        "buscar una función f: x → y cuyo costo J sea pequeño; la pérdida es ese J, escrita como "
        "último nodo del grafo",
    ),
    "glossary.loss": ("loss, cost", "pérdida, costo"),
    "glossary.loss.means": (
        "one number that says how bad an answer is; the backward pass starts here",
        "un número que dice lo mala que es una respuesta; aquí empieza la pasada hacia atrás",
    ),
    "glossary.risk": ("risk", "riesgo"),
    "glossary.risk.means": (
        "the expectation of the loss over all samples there could be, R = E[J(f(X))]; it cannot be "
        "computed, for their distribution is not known",
        "la esperanza de la pérdida sobre todas las muestras posibles, R = E[J(f(X))]; no se puede "
        "calcular, pues su distribución no se conoce",
    ),
    "glossary.empirical_risk": ("empirical risk", "riesgo empírico"),
    "glossary.empirical_risk.means": (
        "the mean of the loss over the rows of the data; by the law of large numbers it is close "
        "to the risk for many rows",
        "la media de la pérdida sobre las filas de los datos; por la ley de los grandes números se "
        "acerca al riesgo con muchas filas",
    ),
    "glossary.functional": ("functional", "funcional"),
    "glossary.functional.means": (
        "what maps a function to a number, as the risk maps f to R{{f}}; to minimise it over all "
        "functions is functional optimisation",
        "lo que lleva una función a un número, como el riesgo lleva f a R{{f}}; minimizarlo sobre "
        "todas las funciones es optimización funcional",
    ),
    "glossary.parametric": ("parametric optimisation", "optimización paramétrica"),
    "glossary.parametric.means": (
        "to choose f only among those that the parameters θ can make: the same graph, minimised "
        "over numbers instead of functions",
        "elegir f solo entre las que los parámetros θ pueden formar: el mismo grafo, minimizado "
        "sobre números en vez de funciones",
    ),
    "glossary.hyperparameter": ("hyperparameter", "hiperparámetro"),
    "glossary.hyperparameter.means": (
        "a choice that training does not change: depth, widths, activations, the rate",
        "una elección que el entrenamiento no cambia: profundidad, anchos, activaciones, la tasa",
    ),
    "glossary.layer": ("layer", "capa"),
    "glossary.layer.means": (
        "an affine map with parameters, then an activation: x_l = σ(W x_(l-1) + b)",
        "una aplicación afín con parámetros y luego una activación: x_l = σ(W x_(l-1) + b)",
    ),
    "glossary.activation": ("activation", "activación"),
    "glossary.activation.means": (
        "the function between two layers that is not linear; without it they are one linear map",
        "la función no lineal entre dos capas; sin ella serían una sola aplicación lineal",
    ),
    "glossary.shortcut": ("shortcut, residual connection", "atajo, conexión residual"),
    "glossary.shortcut.means": (
        "f(s) + s: its derivative is f'(s) + 1, so that the gradient passes even where f is flat",
        "f(s) + s: su derivada es f'(s) + 1, así que el gradiente pasa aunque f sea plana",
    ),
    "glossary.shared": ("shared weights", "pesos compartidos"),
    "glossary.shared.means": (
        "a parameter that several lines read; its gradient is the sum of all their contributions",
        "un parámetro que leen varias líneas; su gradiente es la suma de todas sus contribuciones",
    ),
    "glossary.iid": (
        "independent, identically distributed",
        "independientes, de igual distribución",
    ),
    "glossary.iid.means": (
        "rows drawn alike and without regard to one another; only then is their mean an estimate "
        "of the risk",
        "filas sorteadas igual y sin mirar unas a otras; solo así su media estima el riesgo",
    ),
    "glossary.generalisation": ("generalisation", "generalización"),
    "glossary.generalisation.means": (
        "a small loss on rows that training has not seen; no method is best on all problems (no "
        "free lunch)",
        "una pérdida pequeña en filas que el entrenamiento no vio; ningún método es el mejor en "
        "todos los problemas (no free lunch)",
    ),
}
