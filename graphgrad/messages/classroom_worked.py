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
    # ---- ex enter ----
    "command.ex.enter.short": (
        "types in answers from paper",
        "pasa a limpio respuestas escritas en papel",
    ),
    "command.ex.enter.help": (
        "Asks for the answers on paper, student by student and step by step, shows how each was "
        "read, and writes one file per student, saved after every answer, that `ex grade` reads. "
        "It can be stopped at any time; the same command goes on at the first open step.\n\nIt "
        "does not say whether an answer is right.",
        "Pide las respuestas del papel, estudiante por estudiante y paso a paso, muestra cómo se "
        "leyó cada una y escribe un archivo por estudiante, guardado tras cada respuesta, que lee "
        "`ex grade`. Se puede parar en cualquier momento; la misma orden continúa en el primer "
        "paso abierto.\n\nNo dice si una respuesta es correcta.",
    ),
    "classroom.enter.option.roster": (
        "the list of students, asked for in its order (id or id;name per line)",
        "la lista de estudiantes, que se recorre en su orden (id o id;nombre por línea)",
    ),
    "classroom.enter.option.student": (
        "only this student; otherwise those of --roster or --variants, or asked for",
        "solo este estudiante; si no, los de --roster o --variants, o se pregunta",
    ),
    "classroom.enter.option.draw": (
        "the variant of every paper; otherwise that of --variants, or asked for",
        "la variante de todas las hojas; si no, la de --variants, o se pregunta",
    ),
    "classroom.enter.option.output": (
        "the folder for the answer files",
        "la carpeta de los archivos de respuestas",
    ),
    "classroom.enter.draw": (
        "--variants says the variant of every student, so --draw has no place. Leave one out.",
        "--variants dice la variante de cada estudiante, así que --draw sobra. Quite una de las "
        "dos.",
    ),
    "classroom.enter.folder": (
        "the answers need a folder: give -o FOLDER.",
        "las respuestas necesitan una carpeta: use -o CARPETA.",
    ),
    "classroom.enter.help": (
        "Enter skips or keeps the answer shown. :back  :next  :clear  :list  :done (next student)  "
        ":quit  :help",
        "Intro salta o conserva la respuesta mostrada. :atrás  :siguiente  :borrar  :lista  :fin "
        "(siguiente estudiante)  :salir  :ayuda",
    ),
    "classroom.enter.unknown": (
        "{got} is no command. {help}",
        "{got} no es una orden. {help}",
    ),
    "classroom.enter.nothing": (
        "there is nothing to be read but a comment.",
        "no hay nada que leer salvo un comentario.",
    ),
    "classroom.enter.again": (
        "Correct it; if the paper says so, type the same again and it is kept.",
        "Corríjalo; si el papel lo dice así, escriba lo mismo otra vez y se guardará.",
    ),
    "classroom.enter.skipped": ("{step} left open", "{step} queda sin respuesta"),
    "classroom.enter.cleared": ("{step} cleared", "{step} borrado"),
    "classroom.enter.first": ("This is the first step.", "Este es el primer paso."),
    "classroom.enter.variant": (
        "got {got!r}, expected the number of the variant on the paper. Type it again, or :quit.",
        "hay {got!r} y se esperaba el número de variante de la hoja. Escríbalo otra vez, o :salir.",
    ),
    "classroom.enter.complete": (
        "{student} is complete.",
        "{student} está completo.",
    ),
    "classroom.enter.saved": (
        "{path}: {count} of {total} steps",
        "{path}: {count} de {total} pasos",
    ),
    # ---- STACK questions ----
    "classroom.stack.too_long": (
        "a step has a formula of more than {limit} characters, too long for a STACK question. Ask "
        "for the steps in between, or export with --format cloze.",
        "un paso tiene una fórmula de más de {limit} caracteres, demasiado larga para una pregunta "
        "STACK. Pregunte los pasos intermedios o exporte con --format cloze.",
    ),
    "classroom.stack.follows": (
        "Consistent with your earlier answers, although it is not the value itself.",
        "Coherente con tus respuestas anteriores, aunque no es el valor correcto.",
    ),
    "classroom.stack.entry": (
        "Look again at entry {entry}.",
        "Revisa el elemento {entry}.",
    ),
    "classroom.stack.correct": ("Right.", "Correcto."),
    "classroom.stack.partiallycorrect": ("Partly right.", "Correcto en parte."),
    "classroom.stack.incorrect": ("Not right.", "Incorrecto."),
    # ---- nbgrader ----
    "classroom.nbgrader.how": (
        "Complete the lines in the next cell, one per step; formulas, numbers and chains of "
        "equalities are read as on paper. A later step is marked from your own earlier values.",
        "Completa las líneas de la celda siguiente, una por paso; fórmulas, números y cadenas de "
        "igualdades se leen como en papel. Un paso posterior se corrige a partir de tus propios "
        "valores anteriores.",
    ),
    "classroom.sheet.hand_in_notebook": (
        "Complete these lines.",
        "Completa estas líneas.",
    ),
    "classroom.nbgrader.test": ("Marks {step}.", "Corrige {step}."),
    "classroom.export.option.format": (
        "cloze (numbers, any Moodle), stack (formulas and follow-through, Moodle with STACK) or "
        "nbgrader (a notebook); otherwise cloze",
        "cloze (números, cualquier Moodle), stack (fórmulas y arrastre de errores, Moodle con "
        "STACK) o nbgrader (un cuaderno); si no, cloze",
    ),
    "classroom.export.one": (
        "a notebook holds one variant: give --draw N, or --variants FILE with --student ID.",
        "un cuaderno contiene una variante: use --draw N, o --variants ARCHIVO con --student ID.",
    ),
}
