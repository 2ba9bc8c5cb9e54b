"""Word worked solutions, and answers typed in from paper."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- ex explain ----
    "command.ex.explain.short": (
        "works the steps out; says where an answer first goes wrong",
        "desarrolla los pasos; dice dónde falla primero una respuesta",
    ),
    "command.ex.explain.help": (
        "Works the steps of a variant out: the formula, the numbers in it, what they come to. With "
        "a student's answers it says where they first go wrong, why, and shows the right line.",
        "Desarrolla los pasos de una variante: la fórmula, los números en ella y cuánto dan. Con "
        "las respuestas de un estudiante dice dónde fallan por primera vez y por qué, y muestra la "
        "línea correcta.",
    ),
    "classroom.explain.argument.answers": (
        "the answers of one student, or - for standard input; without them all steps are worked "
        "out",
        "las respuestas de un estudiante, o - para la entrada estándar; sin ellas se desarrollan "
        "todos los pasos",
    ),
    "classroom.explain.option.step": (
        "only this step, such as dL/dw (repeatable)",
        "solo este paso, como dL/dw (repetible)",
    ),
    "classroom.explain.option.output": (
        "the file (.md, .html, .tex, .pdf); otherwise text on the standard output",
        "el archivo (.md, .html, .tex, .pdf); si no, texto en la salida estándar",
    ),
    "classroom.explain.step": (
        "the exercise has no step {got}, only {known}. Correct the name.",
        "el ejercicio no tiene ningún paso {got}, solo {known}. Corrija el nombre.",
    ),
    "classroom.explain.title": ("{title}: worked out", "{title}: desarrollo"),
    "classroom.explain.right_line": ("The right line:", "La línea correcta:"),
    "classroom.explain.unreadable": (
        "Step that cannot be read: {step}",
        "Paso que no se puede leer: {step}",
    ),
    "classroom.explain.missing": ("Step without an answer: {step}", "Paso sin respuesta: {step}"),
    "classroom.explain.follow": (
        "from it follow, consistently: {steps}.",
        "de él se siguen, de forma coherente: {steps}.",
    ),
}
