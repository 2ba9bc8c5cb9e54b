"""Word what is said of lecture notes: which claims are false, what is right, what is convention."""

MESSAGES: dict[str, tuple[str, str]] = {
    "command.check-notes.short": (
        "find false formulas in lecture notes",
        "busca fórmulas falsas en apuntes",
    ),
    "command.check-notes.help": (
        "Reads the formulas of Markdown notes ($...$, $$...$$, `claim` blocks) and reports the "
        "false ones with a point at which they fail and the corrected form. The first `z = w x` of "
        "a section defines z; a `gg` block declares everything. What cannot be read is listed, "
        "never skipped. Exit status 1: something is false; 5: something is undecided or unread.",
        "Lee las fórmulas de unos apuntes en Markdown ($...$, $$...$$, bloques `claim`) y avisa de "
        "las falsas, con un punto en el que fallan y la forma corregida. El primer `z = w x` de "
        "una sección define z; un bloque `gg` lo declara todo. Lo que no se puede leer se lista, "
        "nunca se salta. Estado de salida 1: algo es falso; 5: algo queda sin decidir o sin leer.",
    ),
    "notes.argument": (
        "the notes: a Markdown file, or - for standard input",
        "los apuntes: un archivo Markdown, o - para la entrada estándar",
    ),
    "notes.option.notation": (
        "whose conventions hold: a notation profile",
        "de quién son los convenios: un perfil de notación",
    ),
    "notes.option.seconds": (
        "stop after so many seconds; otherwise 120",
        "se detiene tras tantos segundos; si no, 120",
    ),
    "notes.option.every": (
        "list every claim, also the true ones",
        "lista todas las afirmaciones, también las ciertas",
    ),
    "notes.status.true": ("true", "cierta"),
    "notes.status.false": ("false", "falsa"),
    "notes.status.convention": ("right by convention", "correcta por convenio"),
    "notes.status.definition": ("definition", "definición"),
    "notes.status.given": ("given value", "valor dado"),
    "notes.status.undecided": ("undecided", "sin decidir"),
    "notes.status.unread": ("not read", "sin leer"),
    "notes.status.unknown-name": ("unknown name", "nombre desconocido"),
    "notes.undefined": (
        "nothing defines {name} here, so its derivative cannot be checked. Define it before, or "
        "declare it in a gg block.",
        "nada define {name} aquí, así que su derivada no se puede comprobar. Defínalo antes o "
        "declárelo en un bloque gg.",
    ),
    "notes.shape": (
        "the shapes of the two sides differ as far as they are known. Declare vectors and matrices "
        "in a gg block.",
        "las formas de los dos lados difieren, hasta donde se conocen. Declare los vectores y las "
        "matrices en un bloque gg.",
    ),
    "notes.unbound_index": (
        "nothing binds the index {name}: neither the left side nor a sum has it. Write the index "
        "that is meant.",
        "nada liga el índice {name}: no lo tienen ni el lado izquierdo ni una suma. Escriba el "
        "índice que corresponde.",
    ),
    "notes.equation": (
        "{name} stands on one side only: an equation or a definition, which is not checked. Write "
        "the new name alone on the left to define it.",
        "{name} está solo en un lado: es una ecuación o una definición, que no se comprueba. "
        "Escriba el nombre nuevo solo a la izquierda para definirlo.",
    ),
    "notes.count": ("{status}: {count}", "{status}: {count}"),
    "notes.empty": ("no formula states anything.", "ninguna fórmula afirma nada."),
    "notes.counterexample": (
        "at {at}: printed {claimed}, correct {correct}",
        "en {at}: impreso {claimed}, correcto {correct}",
    ),
    "notes.sides": (
        "at {at}: the left side is {claimed}, the right side {correct}",
        "en {at}: el lado izquierdo es {claimed} y el derecho {correct}",
    ),
    "notes.corrected": ("correct: {text}", "correcto: {text}"),
    "notes.at_kink": (
        "no derivative exists there; what is taken instead is a convention",
        "ahí no hay derivada; lo que se toma en su lugar es un convenio",
    ),
    "notes.convention.rescaled": (
        "the same penalty, rescaled: it has {by} in the place of {name}",
        "la misma penalización, reescalada: lleva {by} en lugar de {name}",
    ),
    "notes.bare": (
        "without the derivative it is true: {text}",
        "sin la derivada es cierta: {text}",
    ),
    "notes.convention.held": (
        "right under the conventions of {profile}:",
        "correcta con los convenios de {profile}:",
    ),
    "notes.convention.would": (
        "it would be right under another convention than that of {profile}:",
        "sería correcta con otro convenio que el de {profile}:",
    ),
    "notes.convention.delta_sign": (
        "the error term is the negative derivative",
        "el término de error es la derivada con signo negativo",
    ),
    "notes.convention.loss_half": (
        "the squared error carries a factor 1/2",
        "el error cuadrático lleva un factor 1/2",
    ),
    "notes.convention.no_half": (
        "the squared error carries no factor 1/2",
        "el error cuadrático no lleva el factor 1/2",
    ),
    "notes.convention.l1_half": (
        "the penalty carries a factor 1/2",
        "la penalización lleva un factor 1/2",
    ),
    "notes.convention.sum": (
        "the loss is the sum over the samples, not their mean",
        "la pérdida es la suma sobre las muestras, no la media",
    ),
    "notes.convention.mean": (
        "the loss is the mean over the samples, not their sum",
        "la pérdida es la media sobre las muestras, no la suma",
    ),
    "notes.convention.ddof": (
        "the variance divides by n - 1",
        "la varianza divide entre n - 1",
    ),
}
