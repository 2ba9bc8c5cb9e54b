"""Word variants, classes, and what is handed in."""

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
        "{got} stands twice in the list, or the list is too long. Keep each student once.",
        "{got} está dos veces en la lista, o la lista es demasiado larga. Deje a cada estudiante "
        "una vez.",
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
        "{path} is no file of variants: expected {expected}, as `graphgrad ex sheet --roster` "
        "writes it.",
        "{path} no es un archivo de variantes: se esperaba {expected}, como lo escribe "
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
        "not a kind of file that is read (.txt, .md, .csv, .html).",
        "no es un tipo de archivo que se lea (.txt, .md, .csv, .html).",
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
}
