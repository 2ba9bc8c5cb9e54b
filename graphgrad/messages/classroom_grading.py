"""Word variants, classes, what is handed in, worked solutions, and questions for platforms."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- variants ----
    "classroom.variant.none": (
        "draw {draw}: none of {attempts} attempts gave fit numbers, most often because {why}. "
        "Widen the ranges, or leave the reason out of avoid = [...].",
        "sorteo {draw}: ninguno de {attempts} intentos dio números aptos, casi siempre porque "
        "{why}. Amplíe los rangos o quite la razón de avoid = [...].",
    ),
    "classroom.reject.domain": (
        "a value is not a finite number",
        "un valor no es un número finito",
    ),
    "classroom.reject.kink": ("a value lies at a kink", "un valor cae en un pico"),
    "classroom.reject.saturated": (
        "a value prints as 0.0000 or 1.0000",
        "un valor se imprime como 0.0000 o 1.0000",
    ),
    "classroom.reject.flat": (
        "a variance, deviation or norm is 0",
        "una varianza, desviación o norma es 0",
    ),
    "classroom.reject.long": (
        "a number on the way is too long for the hand",
        "un número del camino es demasiado largo para hacerlo a mano",
    ),
    "classroom.reject.dead": (
        "a layer of relu is 0 in every row, or most parameters get no gradient",
        "una capa de relu es 0 en todas las filas, o a la mayoría de los parámetros no les llega "
        "gradiente",
    ),
    "classroom.reject.trivial": (
        "an answer is 0, 1 or -1 by accident",
        "una respuesta es 0, 1 o -1 por casualidad",
    ),
    "classroom.reject.collision": (
        "a common mistake gives the right number, or two mistakes give the same one",
        "un error común da el número correcto, o dos errores dan el mismo",
    ),
    # ---- classes ----
    "classroom.roster.twice": (
        "the id {got} is that of line {line} already ({name}). Keep each student once, or give "
        "this one another id.",
        "la clave {got} ya es la de la línea {line} ({name}). Deje a cada estudiante una vez, o dé "
        "otra clave a este.",
    ),
    "classroom.roster.long": (
        "the list is too long: expected at most {limit} students. Split it into several lists.",
        "la lista es demasiado larga: se esperaban {limit} estudiantes como máximo. Divídala en "
        "varias listas.",
    ),
    "classroom.roster.empty": (
        "{path} names no student: expected one per line, id or id;name. Add them.",
        "{path} no nombra a nadie: se esperaba un estudiante por línea, id o id;nombre. Añádalos.",
    ),
    "classroom.secret.short": (
        "{path} holds fewer than {limit} bytes, which can be guessed. Write a longer secret, for "
        "instance from `openssl rand -hex 16`.",
        "{path} tiene menos de {limit} bytes y se puede adivinar. Escriba un secreto más largo, "
        "por ejemplo de `openssl rand -hex 16`.",
    ),
    "classroom.frozen.no_student": (
        "{got} is not among the {known} students of the variants file. Check the spelling.",
        "{got} no está entre los {known} estudiantes del archivo de variantes. Revise el nombre.",
    ),
    "classroom.frozen.format": (
        "{path} is no file of variants ({why}): expected {expected}, as "
        "`graphgrad ex sheet --roster` writes it.",
        "{path} no es un archivo de variantes ({why}): se esperaba {expected}, como lo escribe "
        "`graphgrad ex sheet --roster`.",
    ),
    "classroom.frozen.other": (
        "{path} belongs to the exercise {got!r}, not to {expected!r}. Choose the right file.",
        "{path} es del ejercicio {got!r}, no de {expected!r}. Elija el archivo correcto.",
    ),
    "classroom.frozen.names": (
        "{path}: the values of {student} are not those of the exercise's variables. The exercise "
        "was changed after its variants were drawn; use the old one.",
        "{path}: los valores de {student} no son los de las variables del ejercicio. El ejercicio "
        "se cambió después del sorteo; use el antiguo.",
    ),
    # ---- grading a class ----
    "classroom.grade.too_many": (
        "{path} holds more than {limit} files. Grade a part of the class at a time.",
        "{path} contiene más de {limit} archivos. Corrija la clase por partes.",
    ),
    "classroom.grade.no_zip": (
        "{path} is neither a folder nor a zip that can be read. Download the submissions again.",
        "{path} no es una carpeta ni un zip legible. Vuelva a descargar las entregas.",
    ),
    "classroom.grade.worksheet": (
        "{path} is no grading worksheet of Moodle: expected the columns Identifier and Grade. "
        "Download it again, or leave --worksheet out.",
        "{path} no es una hoja de calificaciones de Moodle: se esperaban las columnas "
        "Identificador y Calificación. Descárguela otra vez o quite --worksheet.",
    ),
    "classroom.problem.missing": ("nothing was handed in.", "no hay entrega."),
    "classroom.problem.special": (
        "a link or a special file, not followed.",
        "un enlace o archivo especial, que no se sigue.",
    ),
    "classroom.problem.kind": (
        "not a kind of file that is read (.txt, .md, .csv, .html). Of a Word or PDF file, copy the "
        "answers as text into a .txt file.",
        "no es un tipo de archivo que se lea (.txt, .md, .csv, .html). De un archivo de Word o PDF "
        "copie las respuestas como texto en un archivo .txt.",
    ),
    "classroom.document": (
        "{path} is a Word, Excel or PDF file, which is not read. Expected text (.txt, .md, .csv, "
        ".html): copy what it says as text into a .txt file, or save a table as CSV.",
        "{path} es un archivo de Word, Excel o PDF, que no se lee. Se esperaba texto (.txt, .md, "
        ".csv, .html): copie lo que dice como texto en un archivo .txt, o guarde una tabla como "
        "CSV.",
    ),
    "classroom.problem.unreadable": ("cannot be read.", "no se puede leer."),
    "classroom.problem.large": (
        "larger than any answer sheet (256 kB).",
        "mayor que cualquier hoja de respuestas (256 kB).",
    ),
    "classroom.problem.path": (
        "refused: its path leads out of the zip.",
        "rechazado: su ruta sale del zip.",
    ),
    "classroom.problem.encrypted": ("encrypted.", "cifrado."),
    "classroom.problem.not_text": ("not a text file.", "no es un archivo de texto."),
    "classroom.problem.limit": (
        "too large an answer to be decided.",
        "una respuesta demasiado grande para decidirla.",
    ),
    "classroom.problem.memory": (
        "stopped: it needed too much memory.",
        "detenido: necesitaba demasiada memoria.",
    ),
    "classroom.problem.time": (
        "stopped: it took longer than one file may take.",
        "detenido: tardó más de lo que puede tardar un archivo.",
    ),
    "classroom.problem.own": (
        "not marked: graphgrad made a mistake of its own.",
        "sin corregir: graphgrad cometió un error propio.",
    ),
    "classroom.too_large": (
        "the graph of an exercise holds at most {limit} numbers, this one {got}: nobody works out "
        "so many. Use a smaller graph.",
        "el grafo de un ejercicio contiene como mucho {limit} números, y este {got}: nadie calcula "
        "tantos. Use un grafo más pequeño.",
    ),
    "classroom.problem.no_variant": (
        "not marked: the student is not in the variants file.",
        "sin corregir: el estudiante no está en el archivo de variantes.",
    ),
    "classroom.flag.stranger": (
        "the student is not in the list.",
        "el estudiante no está en la lista.",
    ),
    "classroom.flag.other_name": (
        "the heading names another student.",
        "el encabezado nombra a otro estudiante.",
    ),
    "classroom.flag.declared": (
        "the heading names variant {got}, which is not this student's.",
        "el encabezado nombra la variante {got}, que no es la de este estudiante.",
    ),
    "classroom.flag.empty": (
        "no step is answered in it.",
        "no responde a ningún paso.",
    ),
    "classroom.flag.unread": (
        "no answer in it can be read.",
        "no se puede leer ninguna respuesta.",
    ),
    "classroom.flag.fits": (
        "the answers fit the variant of {other}.",
        "las respuestas corresponden a la variante de {other}.",
    ),
    "classroom.flag.double": (
        "{count} files of one student; the best counts.",
        "{count} archivos de un estudiante; vale el mejor.",
    ),
    "classroom.csv.student": ("student", "estudiante"),
    "classroom.csv.name": ("name", "nombre"),
    "classroom.csv.file": ("file", "archivo"),
    "classroom.csv.counts": ("counts", "vale"),
    "classroom.csv.variant": ("variant", "variante"),
    "classroom.csv.points": ("points", "puntos"),
    "classroom.csv.max": ("max", "máximo"),
    "classroom.csv.first": ("first wrong", "primer error"),
    "classroom.csv.notes": ("notes", "notas"),
    # ---- the columns of Moodle's grading worksheet, in small letters ----
    "classroom.moodle.identifier": ("identifier", "identificador"),
    "classroom.moodle.name": ("full name", "nombre completo"),
    "classroom.moodle.grade": ("grade", "calificación"),
    "classroom.moodle.maximum": ("maximum grade", "calificación máxima"),
    "classroom.moodle.feedback": ("feedback comments", "comentarios de retroalimentación"),
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
    "classroom.explain.entries": (
        "--entries scalar works steps out without answers. Leave the answers away.",
        "--entries scalar desarrolla los pasos sin respuestas. Quite las respuestas.",
    ),
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
