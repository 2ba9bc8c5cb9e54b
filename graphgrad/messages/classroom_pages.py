"""Word the help pages of the commands on exercises, and what only they say."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- ex ----
    "command.ex.short": (
        "hand exercises: sheets, keys, marking, grading a class",
        "ejercicios a mano: hojas, soluciones, corrección, notas de una clase",
    ),
    "command.ex.help": (
        "Works with hand exercises. An exercise is a Markdown file with TOML front matter and "
        "fenced step blocks, or any expression file (.gg) as it is. References are computed from "
        "its graph, never typed; variants are drawn from a number and are the same everywhere.",
        "Trabaja con ejercicios a mano. Un ejercicio es un archivo Markdown con cabecera TOML y "
        "bloques step, o cualquier archivo de expresiones (.gg) tal cual. Las referencias se "
        "calculan de su grafo, nunca se teclean; las variantes se sortean a partir de un número y "
        "son iguales en todas partes.",
    ),
    "command.ex.lint.short": ("checks exercise files", "revisa archivos de ejercicios"),
    "command.ex.show.short": ("one variant in the terminal", "una variante en la terminal"),
    "command.ex.sheet.short": (
        "sheets: one variant, several, one per student",
        "hojas: una variante, varias, una por estudiante",
    ),
    "command.ex.key.short": ("the answers of a variant", "las soluciones de una variante"),
    "command.ex.check.short": ("marks one answer file", "corrige un archivo de respuestas"),
    "command.ex.grade.short": (
        "marks a class: a folder or a zip",
        "corrige una clase: una carpeta o un zip",
    ),
    "command.ex.export.short": (
        "questions for Moodle (Cloze)",
        "preguntas para Moodle (Cloze)",
    ),
    # ---- shared ----
    "classroom.argument.exercise": (
        "an exercise file (.md) or an expression file (.gg)",
        "un archivo de ejercicio (.md) o de expresiones (.gg)",
    ),
    "classroom.argument.exercises": ("exercise files", "archivos de ejercicios"),
    "classroom.option.ask": (
        "of an expression file, the steps to ask for, such as z or dL/dw; otherwise all",
        "de un archivo de expresiones, los pasos que se preguntan, como z o dL/dw; si no, todos",
    ),
    "classroom.option.draw": (
        "the number that draws the variant; otherwise 1",
        "el número que sortea la variante; si no, 1",
    ),
    "classroom.option.variants": (
        "the file in which the variants of a class are frozen (with --student)",
        "el archivo con las variantes fijadas de una clase (con --student)",
    ),
    "classroom.option.student": ("whose variant it is", "de quién es la variante"),
    "classroom.usage.ask": (
        "--ask is for expression files; {path} says itself what it asks. Leave the option out.",
        "--ask es para archivos de expresiones; {path} ya dice qué pregunta. Quite la opción.",
    ),
    "classroom.usage.variants": (
        "--variants goes with --student and without --draw. Correct the options.",
        "--variants va con --student y sin --draw. Corrija las opciones.",
    ),
    "classroom.usage.roster": (
        "these options do not go together: give --draw N, or --draws N, or --roster FILE with "
        "--secret FILE.",
        "estas opciones no van juntas: use --draw N, o --draws N, o --roster ARCHIVO con --secret "
        "ARCHIVO.",
    ),
    "classroom.usage.folder": (
        "several sheets need a folder: give -o FOLDER.",
        "varias hojas necesitan una carpeta: use -o CARPETA.",
    ),
    "classroom.usage.ending": (
        "{path}: expected a name that ends in {known}. Rename the output.",
        "{path}: se esperaba un nombre acabado en {known}. Cambie el nombre de la salida.",
    ),
    # ---- lint ----
    "command.ex.lint.help": (
        "Reads exercise files, builds their graphs and draws variants. An error is shown with its "
        "line; what is valid but hardly meant is remarked, with exit status 1.",
        "Lee archivos de ejercicios, construye sus grafos y sortea variantes. Un error se muestra "
        "con su línea; lo que es válido pero difícilmente querido se comenta, con estado de salida "
        "1.",
    ),
    "ex.lint.option.draws": (
        "how many variants to try; otherwise 20",
        "cuántas variantes probar; si no, 20",
    ),
    "ex.lint.fine": (
        "{path}: {steps} steps, {points} points, {draws} variants tried",
        "{path}: {steps} pasos, {points} puntos, {draws} variantes probadas",
    ),
    "ex.lint.few_variants": (
        "{draws} draws gave only {got} different variants. Widen the ranges.",
        "{draws} sorteos dieron solo {got} variantes distintas. Amplíe los rangos.",
    ),
    "ex.lint.hole": (
        "{{{name}}} stands in the text, but {name} is no variable and will not be filled in.",
        "{{{name}}} está en el texto, pero {name} no es una variable y no se rellenará.",
    ),
    "ex.lint.unused": (
        "the variable {name} is used in no formula.",
        "la variable {name} no se usa en ninguna fórmula.",
    ),
    # ---- show ----
    "command.ex.show.help": (
        "Shows one variant: its numbers, its steps and their points; with --key the answers; with "
        "--gg the variant as an expression file for every other command.",
        "Muestra una variante: sus números, sus pasos y sus puntos; con --key las soluciones; con "
        "--gg la variante como archivo de expresiones para las demás órdenes.",
    ),
    "ex.show.option.gg": (
        "the variant as an expression file",
        "la variante como archivo de expresiones",
    ),
    # ---- sheet and key ----
    "command.ex.sheet.help": (
        "Writes exercise sheets as Markdown, HTML (self-contained, with the graph and fields that "
        "save an answer file), LaTeX, or as the bare lines to fill in.\n\nWith --roster and "
        "--secret every student gets a variant that only the secret can tell; variants.json "
        "freezes them, and `ex key` and `ex grade` read it.",
        "Escribe hojas de ejercicios como Markdown, HTML (autónomo, con el grafo y campos que "
        "guardan un archivo de respuestas), LaTeX, o solo las líneas que se rellenan.\n\nCon "
        "--roster y --secret cada estudiante recibe una variante que solo el secreto revela; "
        "variants.json las fija, y `ex key` y `ex grade` lo leen.",
    ),
    "ex.sheet.option.draws": (
        "write the variants 1 to N into the folder of -o",
        "escribe las variantes 1 a N en la carpeta de -o",
    ),
    "ex.sheet.option.roster": (
        "one sheet per student of this list (id or id;name per line)",
        "una hoja por estudiante de esta lista (id o id;nombre por línea)",
    ),
    "ex.sheet.option.secret": (
        "the file with the secret that draws the students' variants",
        "el archivo con el secreto que sortea las variantes de los estudiantes",
    ),
    "ex.sheet.option.output": (
        "the file (.md, .html, .tex, .txt), or the folder for several; otherwise Markdown on the "
        "standard output",
        "el archivo (.md, .html, .tex, .txt), o la carpeta si son varias; si no, Markdown en la "
        "salida estándar",
    ),
    "ex.sheet.option.format": (
        "of several sheets: md, html, tex or txt; otherwise html",
        "de varias hojas: md, html, tex o txt; si no, html",
    ),
    "ex.sheet.option.no_figure": (
        "leave the graph out",
        "sin el grafo",
    ),
    "command.ex.key.help": (
        "Writes the key of a variant: what every step comes to, with the graph filled in (HTML).",
        "Escribe las soluciones de una variante: cuánto da cada paso, con el grafo relleno (HTML).",
    ),
    "ex.key.option.output": (
        "the file (.md, .html, .tex); otherwise Markdown on the standard output",
        "el archivo (.md, .html, .tex); si no, Markdown en la salida estándar",
    ),
}
