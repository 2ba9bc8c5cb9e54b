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
    "command.ex.from.short": (
        "an exercise file from any expression file",
        "un archivo de ejercicio a partir de cualquier archivo de expresiones",
    ),
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
        "questions for Moodle (Cloze, STACK), notebooks for nbgrader",
        "preguntas para Moodle (Cloze, STACK), cuadernos para nbgrader",
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
    "classroom.usage.file_for_folder": (
        "{path} reads like one sheet: with several, -o names a folder, and --format how they are "
        "written. Write -o {folder}, or --draw N for the sheet of one draw.",
        "{path} parece una sola hoja: si son varias, -o nombra una carpeta, y --format cómo se "
        "escriben. Use -o {folder}, o --draw N para la hoja de un sorteo.",
    ),
    "classroom.usage.ending": (
        "{path}: expected a name that ends in {known}. Rename the output.",
        "{path}: se esperaba un nombre acabado en {known}. Cambie el nombre de la salida.",
    ),
    # ---- from ----
    "command.ex.from.help": (
        "Writes an exercise file for an expression file (.gg), layers and data included: what is "
        "asked, of which rows, with numbers drawn small enough for the hand. Sheets, keys, marking "
        "and Moodle then work as with any exercise file.",
        "Escribe un archivo de ejercicio para un archivo de expresiones (.gg), con capas y datos: "
        "qué se pregunta, de qué filas, con números sorteados que se pueden hacer a mano. Hojas, "
        "soluciones, corrección y Moodle funcionan después como con cualquier ejercicio.",
    ),
    "classroom.from.argument": ("a .gg file", "un archivo .gg"),
    "classroom.from.option.ask": (
        "value, adjoint, delta, update, shape, size, count; otherwise value,adjoint",
        "valor, adjunto, delta, actualización, forma, tamaño, cuenta; si no, valor,adjunto",
    ),
    "classroom.from.option.rows": (
        "the rows of the data that are asked for: 1:4 or 2,3",
        "las filas de los datos que se preguntan: 1:4 o 2,3",
    ),
    "classroom.from.option.draws": (
        "nice: draw numbers short enough for the hand; keep: those of the file",
        "nice: sortear números que se hacen a mano; keep: los del archivo",
    ),
    "classroom.from.option.rate": (
        "the rate of an update where the file says none; otherwise 0.1",
        "la tasa de una actualización si el archivo no la dice; si no, 0.1",
    ),
    "classroom.from.option.output": (
        "the exercise file; otherwise standard output",
        "el archivo de ejercicio; si no, la salida estándar",
    ),
    "classroom.from.ask": (
        "--ask {got}: expected one of {known}.{near} Correct it.",
        "--ask {got}: se esperaba uno de {known}.{near} Corríjalo.",
    ),
    "classroom.from.nothing": (
        "--ask {asks}: {path} has nothing of that kind: expected activations for delta, "
        "parameters for count and update, arrays for shape. Ask for value or adjoint.",
        "--ask {asks}: {path} no tiene nada de eso: se esperaban activaciones para delta, "
        "parámetros para count y update, arreglos para shape. Pida value o adjoint.",
    ),
    "classroom.from.rate": (
        "--rate {got}: expected a number such as 0.1. Correct it.",
        "--rate {got}: se esperaba un número como 0.1. Corríjalo.",
    ),
    "classroom.from.option.steps": (
        "how many updates of the file's training are worked, one after the other; otherwise 2 "
        "where its optimizer keeps something, else one plain step",
        "cuántas actualizaciones del entrenamiento del archivo se hacen, una tras otra; si no, 2 "
        "si su optimizador guarda algo, y si no, un paso simple",
    ),
    "classroom.from.steps_ask": (
        "--ask {got}: of several updates expected {known}. Ask for it without --steps, of a file "
        "that trains with plain gd(rate=0.1).",
        "--ask {got}: de varias actualizaciones se esperaba {known}. Pregúntelo sin --steps, en "
        "un archivo que entrene con gd(tasa=0.1) a secas.",
    ),
    "classroom.from.steps_rows": (
        "--rows: which rows an update goes over is said by the file's train line (mode, batch). "
        "Remove --rows.",
        "--rows: qué filas recorre una actualización lo dice la línea entrena del archivo (modo, "
        "lote). Quite --rows.",
    ),
    "classroom.from.training": (
        "Work {count} updates of the training by hand, each from the values that the one before "
        "gave. These are the formulas of the first one for `{name}`; in the second [1] becomes "
        "[2], and so on. You may write `{label} = ...` or `{line} = ...`, or a table with a line "
        "per step.",
        "Haga a mano {count} actualizaciones del entrenamiento, cada una desde los valores que "
        "dio la anterior. Estas son las fórmulas de la primera para `{name}`; en la segunda, [1] "
        "pasa a ser [2], y así sucesivamente. Puede escribir `{label} = ...` o `{line} = ...`, o "
        "una tabla con una línea por paso.",
    ),
    "classroom.from.training_once": (
        "Work one update of the training by hand. These are its formulas for `{name}`. You may "
        "write `{label} = ...` or `{line} = ...`, or a table with a line per step.",
        "Haga a mano una actualización del entrenamiento. Estas son sus fórmulas para `{name}`. "
        "Puede escribir `{label} = ...` o `{line} = ...`, o una tabla con una línea por paso.",
    ),
    "classroom.from.others": ("The same goes for {names}.", "Lo mismo vale para {names}."),
    "classroom.from.schedule": (
        "The rate changes: `{how}`, that is, {rule}, from {rate}; k counts the updates done "
        "before, so it is 0 in step 1.",
        "La tasa cambia: `{how}`, es decir, {rule}, desde {rate}; k cuenta las actualizaciones "
        "hechas antes, así que en el paso 1 es 0.",
    ),
    "classroom.from.step_rows": (
        "- Step {number} goes over rows: {rows}.",
        "- El paso {number} recorre las filas: {rows}.",
    ),
    "classroom.from.rows_form": (
        "--rows {got}: expected rows such as 1:4 or 2,3. Correct it.",
        "--rows {got}: se esperaban filas como 1:4 o 2,3. Corríjalo.",
    ),
    "classroom.from.table": (
        "--rows {got}: the file has no data rows to ask for. Remove --rows.",
        "--rows {got}: el archivo no tiene filas de datos que preguntar. Quite --rows.",
    ),
    "classroom.from.outside": (
        "--rows {got}: the data has rows 1 to {limit}. Choose among them.",
        "--rows {got}: los datos tienen las filas 1 a {limit}. Elija entre ellas.",
    ),
    "classroom.from.done": ("{path}: {steps} steps", "{path}: {steps} pasos"),
    "classroom.from.first_row": (
        "The exercise is about row 1 of {count}; --rows 1:{count} asks about all.",
        "El ejercicio trata de la fila 1 de {count}; --rows 1:{count} pregunta por todas.",
    ),
    "classroom.from.intro": ("The network computes:", "La red calcula:"),
    "classroom.from.given": ("Given are", "Se dan"),
    "classroom.from.rows": (
        "Work row by row; answers may also be a table with one line per row.",
        "Haga cada fila; las respuestas pueden ser también una tabla con una línea por fila.",
    ),
    # ---- lint ----
    "command.ex.lint.help": (
        "Reads exercise files, builds their graphs and draws variants. An error is shown with its "
        "line; what is valid but hardly meant is remarked, with exit status 1.",
        "Lee archivos de ejercicios, construye sus grafos y sortea variantes. Un error se muestra "
        "con su línea; lo que es válido pero difícilmente querido se comenta, con estado de salida "
        "1.",
    ),
    "classroom.lint.option.draws": (
        "how many variants to try; otherwise 20",
        "cuántas variantes probar; si no, 20",
    ),
    "classroom.lint.fine": (
        "{path}: {steps} steps, {points} points, {draws} variants tried, {different} different",
        "{path}: {steps} pasos, {points} puntos, {draws} variantes probadas, {different} distintas",
    ),
    "classroom.lint.sum": (
        "the entries of {name} add up to 1, which the file does not say; write `assume {sum} = 1`, "
        "so that p - t is proved for every such {name}.",
        "los elementos de {name} suman 1, y el archivo no lo dice; escriba `assume {sum} = 1`, "
        "para que p - t se demuestre para todo {name} así.",
    ),
    "classroom.lint.flat": (
        "a variance, deviation or norm in {name} is 0 in {count} of {draws} variants (draw {draw} "
        "is the first), so that the derivatives through it are 0, or only its `eps` keeps them "
        'finite. Put "flat" into avoid = [...], or widen the ranges.',
        "una varianza, desviación o norma de {name} es 0 en {count} de {draws} variantes (el "
        "sorteo {draw} es el primero): las derivadas que pasan por ella son 0, o solo su `eps` las "
        'mantiene finitas. Ponga "flat" en avoid = [...] o amplíe los rangos.',
    ),
    "classroom.lint.flat_always": (
        "a variance, deviation or norm in {name} is 0, so that the derivatives through it are 0, "
        "or only its `eps` keeps them finite. Choose other numbers.",
        "una varianza, desviación o norma de {name} es 0: las derivadas que pasan por ella son 0, "
        "o solo su `eps` las mantiene finitas. Elija otros números.",
    ),
    "classroom.lint.few_variants": (
        "{draws} draws gave only {got} different variants. Widen the ranges.",
        "{draws} sorteos dieron solo {got} variantes distintas. Amplíe los rangos.",
    ),
    "classroom.lint.hole": (
        "{{{name}}} stands in the text, but {name} is no variable and will not be filled in.",
        "{{{name}}} está en el texto, pero {name} no es una variable y no se rellenará.",
    ),
    "classroom.lint.zero": (
        "{name} is 0 whatever the numbers: no path leads from the one to the other.",
        "{name} es 0 sean cuales sean los números: ningún camino lleva de una a otra.",
    ),
    "classroom.lint.unused": (
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
    "classroom.show.option.gg": (
        "the variant as an expression file",
        "la variante como archivo de expresiones",
    ),
    # ---- sheet and key ----
    "command.ex.sheet.help": (
        "Writes exercise sheets with the graph to fill in: Markdown (the figure beside it), HTML "
        "(self-contained, with fields that save an answer file), LaTeX, PDF (with the TeX that is "
        "installed), or the bare lines.\n\nWith --roster and "
        "--secret every student gets a variant that only the secret can tell; variants.json "
        "freezes them, and `ex key` and `ex grade` read it.",
        "Escribe hojas de ejercicios con el grafo para rellenar: Markdown (la figura aparte), HTML "
        "(autónomo, con campos que guardan un archivo de respuestas), LaTeX, PDF (con el TeX "
        "instalado) o solo las líneas.\n\nCon "
        "--roster y --secret cada estudiante recibe una variante que solo el secreto revela; "
        "variants.json las fija, y `ex key` y `ex grade` lo leen.",
    ),
    "classroom.sheet.option.draws": (
        "write the variants 1 to N into the folder of -o",
        "escribe las variantes 1 a N en la carpeta de -o",
    ),
    "classroom.sheet.option.roster": (
        "one sheet per student of this list (id or id;name per line)",
        "una hoja por estudiante de esta lista (id o id;nombre por línea)",
    ),
    "classroom.sheet.option.secret": (
        "the file with the secret that draws the students' variants",
        "el archivo con el secreto que sortea las variantes de los estudiantes",
    ),
    "classroom.sheet.option.output": (
        "the file (.md, .html, .tex, .pdf, .txt), or the folder for several; otherwise Markdown on "
        "the standard output",
        "el archivo (.md, .html, .tex, .pdf, .txt), o la carpeta si son varias; si no, Markdown en "
        "la salida estándar",
    ),
    "classroom.sheet.sharing": (
        "{sharing} of {students} students share a variant with another: the exercise has too few "
        "different ones. Widen the ranges.",
        "{sharing} de {students} estudiantes comparten variante con otro: el ejercicio tiene "
        "demasiado pocas distintas. Amplíe los rangos.",
    ),
    "classroom.sheet.option.format": (
        "of several sheets: md, html, tex, pdf or txt; otherwise html",
        "de varias hojas: md, html, tex, pdf o txt; si no, html",
    ),
    "classroom.sheet.option.no_figure": (
        "leave the graph out",
        "sin el grafo",
    ),
    "command.ex.key.help": (
        "Writes the key of a variant: what every step comes to, with the graph filled in.",
        "Escribe las soluciones de una variante: cuánto da cada paso, con el grafo relleno.",
    ),
    "classroom.key.option.output": (
        "the file (.md, .html, .tex, .pdf), or with --variants and without --student the folder "
        "for the keys of a class; otherwise Markdown on the standard output",
        "el archivo (.md, .html, .tex, .pdf) o, con --variants y sin --student, la carpeta para "
        "las soluciones de una clase; si no, Markdown en la salida estándar",
    ),
    # ---- check ----
    "command.ex.check.help": (
        "Marks one answer file: text, a Markdown table, CSV, or the file that an HTML sheet saves. "
        "The variant is that of --draw, of --variants, or the one the heading names (variant: 17).",
        "Corrige un archivo de respuestas: texto, una tabla Markdown, CSV o el archivo que guarda "
        "una hoja HTML. La variante es la de --draw, la de --variants o la que nombra el "
        "encabezado (variante: 17).",
    ),
    "classroom.argument.answers": (
        "the answers of one student, or - for standard input",
        "las respuestas de un estudiante, o - para la entrada estándar",
    ),
    "classroom.check.option.format": (
        "text, json, junit, html, md or gradescope; otherwise text",
        "text, json, junit, html, md o gradescope; si no, text",
    ),
    "classroom.check.option.output": (
        "the file to write; otherwise the standard output",
        "el archivo que se escribe; si no, la salida estándar",
    ),
    # ---- grade ----
    "command.ex.grade.help": (
        "Marks a class in parallel: a folder of files, one folder per student, or the zip of "
        "submissions that Moodle gives. With -o it writes marks.csv, moodle.csv (Moodle's grading "
        "worksheet), feedback.zip (one page per student, for Moodle's multiple feedback files) and "
        "marks.json.\n\nFiles that cannot be marked, double ones and missing students are listed; "
        "answers that fit the variant of another student are flagged. One bad file never stops the "
        "rest. The exit status is 0 where grading itself worked.",
        "Corrige una clase en paralelo: una carpeta de archivos, una carpeta por estudiante o el "
        "zip de entregas que da Moodle. Con -o escribe marks.csv, moodle.csv (la hoja de "
        "calificaciones de Moodle), feedback.zip (una página por estudiante, para los archivos de "
        "retroalimentación múltiples de Moodle) y marks.json.\n\nLos archivos que no se pueden "
        "corregir, los dobles y los estudiantes sin entrega se listan; las respuestas que "
        "corresponden a la variante de otro estudiante se señalan. Un archivo malo nunca detiene "
        "el resto. El estado de salida es 0 si la corrección funcionó.",
    ),
    "classroom.grade.argument.files": (
        "a folder or a zip of answer files",
        "una carpeta o un zip de archivos de respuestas",
    ),
    "classroom.grade.option.variants": (
        "the file in which the variants of the class are frozen",
        "el archivo con las variantes fijadas de la clase",
    ),
    "classroom.grade.option.roster": (
        "the list of students, to tell who is missing",
        "la lista de estudiantes, para saber quién falta",
    ),
    "classroom.grade.option.draw": (
        "the variant of everyone; otherwise the one each heading names",
        "la variante de todos; si no, la que nombra cada encabezado",
    ),
    "classroom.grade.option.output": (
        "the folder for marks.csv, moodle.csv, feedback.zip and marks.json",
        "la carpeta para marks.csv, moodle.csv, feedback.zip y marks.json",
    ),
    "classroom.grade.option.csv": (
        "write the table of marks here",
        "escribe aquí la tabla de notas",
    ),
    "classroom.grade.option.worksheet": (
        "Moodle's grading worksheet, to be filled in as moodle.csv (with -o)",
        "la hoja de calificaciones de Moodle, que se rellena como moodle.csv (con -o)",
    ),
    "classroom.grade.option.workers": (
        "how many files to mark at once; otherwise one per processor",
        "cuántos archivos se corrigen a la vez; si no, uno por procesador",
    ),
    "classroom.grade.option.seconds": (
        "how long one file may take; otherwise 20",
        "cuánto puede tardar un archivo; si no, 20",
    ),
    "classroom.grade.progress": ("{done} of {total} files", "{done} de {total} archivos"),
    "classroom.grade.missing": ("Nothing from: {names}", "Sin entrega: {names}"),
    "classroom.grade.counts": (
        "{marked} students marked, {files} files read",
        "{marked} estudiantes corregidos, {files} archivos leídos",
    ),
    "classroom.grade.no_moodle": (
        "No moodle.csv: these files do not come from Moodle. Add its grading worksheet with "
        "--worksheet FILE.",
        "Sin moodle.csv: estos archivos no vienen de Moodle. Añada su hoja de calificaciones con "
        "--worksheet ARCHIVO.",
    ),
    "classroom.grade.no_mark": ("no mark", "sin nota"),
    "classroom.grade.mean": ("Mean: {mean} of {max}", "Media: {mean} de {max}"),
    "classroom.grade.common": (
        "Most frequent first mistakes: {steps}",
        "Primeros errores más frecuentes: {steps}",
    ),
    # ---- export ----
    "command.ex.export.help": (
        "Writes variants for a learning platform.\n\ncloze: Moodle XML with numbers only; a "
        "formula is asked for by its value, an array entry by entry. stack: Moodle XML for the "
        "STACK plugin; formulas are accepted, and every step also accepts what follows from the "
        "student's earlier answers. Both are one question per variant, with the graph. nbgrader: "
        "a notebook whose test cells give partial credit.\n\n(Gradescope: `ex check --format "
        "gradescope`.)",
        "Escribe variantes para una plataforma docente.\n\ncloze: Moodle XML solo con números; una "
        "fórmula se pregunta por su valor y una matriz elemento a elemento. stack: Moodle XML para "
        "la extensión STACK; se admiten fórmulas y cada paso acepta también lo que se sigue de las "
        "respuestas anteriores del estudiante. Ambos son una pregunta por variante, con el grafo. "
        "nbgrader: un cuaderno cuyas celdas de prueba dan puntuación parcial.\n\n(Gradescope: `ex "
        "check --format gradescope`.)",
    ),
    "classroom.export.option.draws": (
        "export the variants 1 to N",
        "exporta las variantes 1 a N",
    ),
}
