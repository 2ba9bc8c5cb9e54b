"""Word what can be wrong with a file or a formula, and the places in it."""

MESSAGES: dict[str, tuple[str, str]] = {
    "place.line": ("line {line}, column {column}", "línea {line}, columna {column}"),
    "place.file": (
        "{path}, line {line}, column {column}",
        "{path}, línea {line}, columna {column}",
    ),
    "near.none": ("", ""),
    "near.names": (" Did you mean {names}?", " ¿Quería decir {names}?"),
    # ---- files ----
    # ---- characters and tokens ----
    "source.long_line": (
        "the line has {got} characters, the limit is {limit}. Split the formula over named lines.",
        "la línea tiene {got} caracteres y el límite es {limit}. Divida la fórmula en líneas con "
        "nombre.",
    ),
    "source.long_number": (
        "the number has too many digits, the limit is {limit}. Shorten it.",
        "el número tiene demasiados dígitos, el límite es {limit}. Acórtelo.",
    ),
    "source.large_exponent": (
        "the exponent {got} is too large for a number, the limit is {limit}. Use a smaller one.",
        "el exponente {got} es demasiado grande para un número, el límite es {limit}. Use uno "
        "menor.",
    ),
    "source.large_power": (
        "the power is too large, the limit for a written exponent is {limit}. Use a smaller one.",
        "la potencia es demasiado grande, el límite de un exponente escrito es {limit}. Use una "
        "menor.",
    ),
    "source.too_deep": (
        "brackets, signs or powers are nested more than {limit} deep. Give parts of the formula "
        "names of their own.",
        "los paréntesis, signos o potencias se anidan más de {limit} niveles. Dé nombre propio a "
        "partes de la fórmula.",
    ),
    "source.unknown_character": (
        "got the character {character} ({name}), which means nothing in a formula. Remove or "
        "replace it.",
        "hay un carácter {character} ({name}, en inglés) que no significa nada en una fórmula. "
        "Quítelo o cámbielo.",
    ),
    "source.control_character": (
        "got an invisible control character ({name}). Remove it; the file may not be text.",
        "hay un carácter de control invisible ({name}). Quítelo; quizá el archivo no sea texto.",
    ),
    "source.open_string": (
        'the quotation mark opens a text that is never closed. Add the closing ".',
        'las comillas abren un texto que no se cierra. Añada las " de cierre.',
    ),
    "source.superscript": (
        "raised digits are not read in a file: expected ^{power}. Write ^{power}.",
        "los dígitos elevados no se leen en un archivo: se esperaba ^{power}. Escriba ^{power}.",
    ),
    # ---- formulas ----
    "source.expected_operand": (
        "got {got!r} where a number, a name or ( was expected. Complete the formula before it.",
        "hay {got!r} donde se esperaba un número, un nombre o (. Complete la fórmula antes.",
    ),
    "source.unexpected_end": (
        "the line ends after {before!r}, a number or name was expected. Complete the formula.",
        "la línea termina tras {before!r} y se esperaba un número o un nombre. Complete la "
        "fórmula.",
    ),
    "source.unclosed": (
        "this {got} is never closed: expected {wanted} later. Add it.",
        "este {got} no se cierra: se esperaba {wanted} después. Añádalo.",
    ),
    "source.unopened": (
        "got {got} without an opening bracket before it. Remove it or add the opening one.",
        "hay un {got} sin paréntesis de apertura. Quítelo o añada el de apertura.",
    ),
    "source.mismatched": (
        "got {got} where {wanted} was expected to close the bracket. Exchange it.",
        "hay {got} donde se esperaba {wanted} para cerrar el paréntesis. Cámbielo.",
    ),
    "source.stray_equals": (
        "got a second = in the line. Write == to compare, or start a new line for another name.",
        "hay un segundo = en la línea. Escriba == para comparar o empiece otra línea para otro "
        "nombre.",
    ),
    "source.missing_operator": (
        "got {got!r} right after {before!r}, an operator was expected. Write * for a product.",
        "hay {got!r} justo después de {before!r} y se esperaba un operador. Escriba * para el "
        "producto.",
    ),
    "source.missing_separator": (
        "got {got!r} right after {before!r}: entries of an array are set apart. Write "
        "{before}{separator} {got}.",
        "hay {got!r} justo después de {before!r}: los elementos de un array se separan. Escriba "
        "{before}{separator} {got}.",
    ),
    "source.missing_brackets": (
        "got {got!r} right after {before!r}, an operator was expected. Write {before}*{got} for a "
        "product, or {before}({got}) if {before} is a function.",
        "hay {got!r} justo después de {before!r} y se esperaba un operador. Escriba "
        "{before}*{got} para el producto, o {before}({got}) si {before} es una función.",
    ),
    "source.stray_separator": (
        "got {got!r} outside an argument list or array, where {separator!r} sets arguments "
        "apart. Write one definition per line.",
        "hay {got!r} fuera de una lista de argumentos o un array, donde {separator!r} separa "
        "argumentos. Escriba una definición por línea.",
    ),
    "source.comma_apart": (
        "under `decimal comma` a comma belongs to a number and ; sets arguments apart. Write "
        "`{fix}`.",
        "con `decimal coma` la coma es de los números y los argumentos se separan con ;. Escriba "
        "`{fix}`.",
    ),
    "source.unexpected": (
        "got {got!r} where the formula should end. Remove it or complete what follows.",
        "hay {got!r} donde debería terminar la fórmula. Quítelo o complete lo que sigue.",
    ),
    "source.decimal_comma": (
        "decimals are written with a point: expected {fix}. Write {fix}, or head the file with "
        "`decimal comma`.",
        "los decimales se escriben con punto: se esperaba {fix}. Escriba {fix} o encabece el "
        "archivo con `decimal coma`.",
    ),
    "source.chained_comparison": (
        "got a second comparison {got!r}: only one is read in a formula. Use brackets or where.",
        "hay una segunda comparación {got!r}: en una fórmula solo se lee una. Use paréntesis o "
        "where.",
    ),
    "source.ragged_rows": (
        "the rows of the array have {rows} entries: expected equal numbers. Complete the rows.",
        "las filas del array tienen {rows} elementos: se esperaba el mismo número. Complete las "
        "filas.",
    ),
    "source.not_a_value": (
        "got {got!r} where a number or an array was expected. Move it into a function's settings.",
        "hay {got!r} donde se esperaba un número o un array. Páselo como ajuste de una función.",
    ),
    "source.subscript": (
        "got the subscript {got!r}: expected a whole number or a range such as 1:3. Write one.",
        "hay un subíndice {got!r}: se esperaba un entero o un rango como 1:3. Escriba uno.",
    ),
    # ---- names and functions ----
    "source.unknown_name": (
        "the name {name} is not defined.{near} Define it above, for instance `input {name} = 1`.",
        "el nombre {name} no está definido.{near} Defínalo antes, por ejemplo "
        "`entrada {name} = 1`.",
    ),
    "source.defined_later": (
        "{name} is used here but defined on line {line}. Move that line above this one.",
        "{name} se usa aquí pero se define en la línea {line}. Mueva esa línea antes de esta.",
    ),
    "source.cycle": (
        "{name} depends on itself: {cycle}. A graph has no cycles; break the circle with a new "
        "name.",
        "{name} depende de sí mismo: {cycle}. Un grafo no tiene ciclos; rompa el círculo con un "
        "nombre nuevo.",
    ),
    "source.function_as_name": (
        "{name} is a function: expected its argument in brackets. Write {name}(...).",
        "{name} es una función: se esperaba su argumento entre paréntesis. Escriba {name}(...).",
    ),
    "source.unknown_function": (
        "there is no function {name}.{near} Correct the name, or write * for a product.",
        "no existe la función {name}.{near} Corrija el nombre o escriba * para el producto.",
    ),
    "source.argument_count": (
        "{name} takes {expected} ({arguments}): got {got}. Add or remove arguments.{hint}",
        "{name} toma {expected} ({arguments}): hay {got}. Añada o quite argumentos.{hint}",
    ),
    "source.of_two": (
        " Of two values it is {form}.",
        " De dos valores es {form}.",
    ),
    "source.of_one_array": (
        " Of all entries of one array it is {op}(A).",
        " De todas las entradas de un array es {op}(A).",
    ),
    "source.one_array": (
        "{name} takes one array: got {got} as a second argument. Put several numbers in square "
        "brackets, {name}([a, b]).",
        "{name} toma un array: hay {got} como segundo argumento. Ponga varios números entre "
        "corchetes, {name}([a, b]).",
    ),
    "source.unknown_setting": (
        "{op} has no setting {got}: expected {known}. Correct its name.",
        "{op} no tiene el ajuste {got}: se esperaba {known}. Corrija su nombre.",
    ),
    "source.no_settings": (
        "{op} has no settings: got {got}=. Remove it.",
        "{op} no tiene ajustes: hay {got}=. Quítelo.",
    ),
    "source.setting_value": (
        "{setting} got {got!r}: expected {expected}. Correct it.",
        "{setting} recibió {got!r}: se esperaba {expected}. Corríjalo.",
    ),
    "setting.is_node": (
        "{op} got {got}, a node, for {name}: expected a number. Give operands first, and a node's "
        ".value if its number is meant.{hint}",
        "{op} recibió {got}, un nodo, como {name}: se esperaba un número. Dé antes los operandos, "
        "y el .value del nodo si se quiere su número.{hint}",
    ),
    "setting.number": (
        "a number such as 0.1, not a fraction or a name",
        "un número como 0.1, ni una fracción ni un nombre",
    ),
    "setting.integer": ("a whole number", "un entero"),
    "setting.axis": ("an axis counted from 1", "un eje contado desde 1"),
    "setting.axes": ("axes counted from 1, such as [1, 2]", "ejes desde 1, como [1, 2]"),
    "setting.shape": ("a shape such as 3x2", "una forma como 3x2"),
    "setting.flag": ("true or false, or 1 or 0", "true o false (verdadero, falso), o 1 o 0"),
    "setting.places": (
        "the numbers of entries counted from 1, such as [3, 1]",
        "los números de los elementos desde 1, como [3, 1]",
    ),
    "source.axis": (
        "{op} got axis {got} of shape {shape}, which has {rank}: expected 1 to {rank}, or -1 for "
        "the last. Choose an axis it has.",
        "{op} recibió el eje {got} de la forma {shape}, que tiene {rank}: se esperaba de 1 a "
        "{rank}, o -1 para el último. Elija un eje que exista.",
    ),
    "source.broken_relation": (
        "the file assumes {relation}, but {values}. Correct the value or the relation.",
        "el archivo supone {relation}, pero {values}. Corrija el valor o la relación.",
    ),
    "source.false_relation": (
        "that is false whatever the values",
        "eso es falso sea cual sea el valor",
    ),
    "note.entrywise_power": (
        "note: {name} raises every entry of a matrix to the power {n}: only A^-1 is the inverse. "
        "Write A^-1 @ A^-1 for the square of the inverse.",
        "nota: {name} eleva cada elemento de una matriz a {n}: solo A^-1 es la inversa. Escriba "
        "A^-1 @ A^-1 para el cuadrado de la inversa.",
    ),
    "warning.broken_relation": (
        "! warning: the file assumes {relation}, but now {values}: what relies on it may be wrong.",
        "! aviso: el archivo supone {relation}, pero ahora {values}: lo que depende de ello puede "
        "ser falso.",
    ),
    "source.initial_large": (
        "{name} is larger than numbers can be (about 1e300). Make it smaller.",
        "{name} es mayor de lo que pueden ser los números (unos 1e300). Hágalo menor.",
    ),
    "source.initial_whole": (
        "{name} must be a whole number from 0 to 4294967295: got {got}. Correct it.",
        "{name} debe ser un número entero de 0 a 4294967295: hay {got}. Corríjalo.",
    ),
    "source.initial_probability": (
        "{name} must be a probability, from 0 to 1: got {got}. Correct it.",
        "{name} debe ser una probabilidad, de 0 a 1: hay {got}. Corríjalo.",
    ),
    "source.initial_positive": (
        "{name} must be positive: got {got}. Correct it.",
        "{name} debe ser positivo: hay {got}. Corríjalo.",
    ),
    "note.columns": (
        "note: {name} has shape {shape}: [1; 2] is a column, and commas stack what is in brackets. "
        "A matrix is [1, 2; 3, 4].",
        "nota: {name} tiene forma {shape}: [1; 2] es una columna, y las comas apilan lo que hay "
        "entre corchetes. Una matriz es [1, 2; 3, 4].",
    ),
    "source.empty_range": (
        "the range {got} ends before it starts and picks nothing (subscripts count from 1, and a "
        "range includes its last one). Exchange the two.",
        "el rango {got} acaba antes de empezar y no elige nada (los subíndices se cuentan desde 1, "
        "y un rango incluye el último). Intercámbielos.",
    ),
    "source.rows_of_arrays": (
        "between semicolons stand rows: numbers, or one bracketed row each, as in [1, 2; 3, 4] or "
        "[[1, 2]; [3, 4]]. Write an array of more axes with nested brackets and commas.",
        "entre puntos y coma hay filas: números, o una fila entre corchetes cada vez, como en "
        "[1, 2; 3, 4] o [[1, 2]; [3, 4]]. Escriba un array de más ejes con corchetes anidados y "
        "comas.",
    ),
    "setting.key": ("subscripts counted from 1", "subíndices contados desde 1"),
    # ---- statements ----
    "source.empty": (
        "the file is empty. Expected lines such as `input x = 3` and `y = x^2`; `graphgrad "
        "samples` shows some.",
        "el archivo está vacío. Se esperaban líneas como `entrada x = 3` e `y = x^2`; `graphgrad "
        "samples` muestra algunos.",
    ),
    "source.only_comments": (
        "the file holds only comments and headings. Expected lines such as `input x = 3` and "
        "`y = x^2` besides; `graphgrad samples` shows some.",
        "el archivo solo tiene comentarios y encabezados. Se esperaban además líneas como "
        "`entrada x = 3` e `y = x^2`; `graphgrad samples` muestra algunos.",
    ),
    "source.no_infinity": (
        "{name} is no number of a graph: its values are finite. Write a large number, such as "
        "-1e9 for a mask, or define a line of this name above.",
        "{name} no es un número de un grafo: sus valores son finitos. Escriba un número grande, "
        "como -1e9 en una máscara, o defina arriba una línea con ese nombre.",
    ),
    "source.nothing_computed": (
        "the file declares values but computes nothing. Add a line such as `loss L = ...`.",
        "el archivo declara valores pero no calcula nada. Añada una línea como `pérdida L = ...`.",
    ),
    "source.not_a_statement": (
        "a line starts with a name or keyword, as in `z = w*x`. Add a name and = in front.",
        "una línea empieza por un nombre o palabra clave, como `z = w*x`. Ponga delante un nombre "
        "y =.",
    ),
    "source.expected_name": (
        "a name was expected after `{keyword}`, as in `{keyword} x = 3`. Write one.",
        "se esperaba un nombre tras `{keyword}`, como en `{keyword} x = 3`. Escríbalo.",
    ),
    "source.unknown_keyword": (
        "{got!r} starts no statement.{near} Expected input, param, const, loss, output, data, or "
        "`name = ...`. Correct the word.",
        "{got!r} no empieza ninguna sentencia.{near} Se esperaba entrada, parámetro, constante, "
        "pérdida, output, datos o `nombre = ...`. Corrija la palabra.",
    ),
    "source.expected_assignment": (
        "a line of its own must give its name a formula: expected `{example}`. Add it.",
        "una línea debe dar una fórmula a su nombre: se esperaba `{example}`. Añádala.",
    ),
    "source.function": (
        "{name}(...) = ... is no line: a function of your own is defined by `def {name}(x) = ...`. "
        "Write def in front, or `{name} = ...` for a line.",
        "{name}(...) = ... no es una línea: una función propia se define con `def {name}(x) = "
        "...`. Escriba def delante, o `{name} = ...` para una línea.",
    ),
    "source.shape_needs_keyword": (
        "only inputs and parameters declare a shape. Write `param {name}: ...` or `input ...`.",
        "solo las entradas y los parámetros declaran forma. Escriba `parámetro {name}: ...` o "
        "`entrada ...`.",
    ),
    "source.expected_equals": (
        "= was expected after {name}. Write `{name} = ...`.",
        "se esperaba = tras {name}. Escriba `{name} = ...`.",
    ),
    "source.missing_value": (
        "nothing stands after = for {name}. Write its value or formula.",
        "no hay nada tras = para {name}. Escriba su valor o fórmula.",
    ),
    "source.expected_shape": (
        "a shape was expected after the colon, such as 16x2 or 3. Write one.",
        "se esperaba una forma tras los dos puntos, como 16x2 o 3. Escríbala.",
    ),
    "source.not_written_out": (
        "the value of an input, parameter or constant is written out: a number, 1/3, -3 or an "
        "array. Compute it in a line of its own, without a keyword.",
        "el valor de una entrada, parámetro o constante se escribe: un número, 1/3, -3 o un "
        "array. Calcúlelo en una línea aparte, sin palabra clave.",
    ),
    "source.zero_denominator": (
        "the fraction has denominator 0. Write another number.",
        "la fracción tiene denominador 0. Escriba otro número.",
    ),
    "source.unknown_initial": (
        "there is no initial value {name}.{near} Expected one of {known}.",
        "no existe el valor inicial {name}.{near} Se esperaba uno de {known}.",
    ),
    "source.initial_needs_shape": (
        "{name} needs a declared shape for its initial value. Write `param {name}: 16x2 = ...`.",
        "{name} necesita una forma declarada para su valor inicial. Escriba "
        "`parámetro {name}: 16x2 = ...`.",
    ),
    "source.initial_arguments": (
        "the arguments do not fit: expected {expected}. Correct them.",
        "los argumentos no encajan: se esperaba {expected}. Corríjalos.",
    ),
    "source.reassigned": (
        "{name} is already defined on line {line}; a name gets one value. Choose another name.",
        "{name} ya está definido en la línea {line}; un nombre recibe un solo valor. Elija otro "
        "nombre.",
    ),
    "source.second_loss": (
        "a loss is already declared: {name}. Keep one; add them up if both count.",
        "ya hay una pérdida declarada: {name}. Deje una; súmelas si ambas cuentan.",
    ),
    "source.version": (
        "this program reads version 1 of the format: got {got!r}. Write `gg 1` or update.",
        "este programa lee la versión 1 del formato: hay {got!r}. Escriba `gg 1` o actualice.",
    ),
    "source.title": (
        'a title stands in quotation marks. Write `title "..."`, with another language behind it '
        '`title "..." es "..."`.',
        'un título va entre comillas. Escriba `título "..."`, con otro idioma detrás '
        '`título "..." en "..."`.',
    ),
    "source.title_language": (
        "expected the code of a language for the next title, once: got {got}. Known: {known}.",
        "se esperaba el código de un idioma para el siguiente título, una vez: hay {got}. "
        "Conocidos: {known}.",
    ),
    "source.decimal": (
        "expected `decimal comma` or `decimal point`. Write one of them.",
        "se esperaba `decimal coma` o `decimal punto`. Escriba uno de ellos.",
    ),
    "source.decimal_late": (
        "`decimal` heads the file, before any number. Move it up.",
        "`decimal` encabeza el archivo, antes de cualquier número. Súbalo.",
    ),
    "source.open_header": (
        "a group header ends with ]. Write `[name]`.",
        "la cabecera de un grupo termina en ]. Escriba `[nombre]`.",
    ),
    "source.header_name": (
        "{got!r} is not a group name: expected letters, digits and dots. Write `[block.layer]`.",
        "{got!r} no es nombre de grupo: se esperaban letras, dígitos y puntos. Escriba "
        "`[bloque.capa]`.",
    ),
    "source.nothing_said": (
        "nothing stands after `{keyword}`. Write what it declares.",
        "no hay nada tras `{keyword}`. Escriba lo que declara.",
    ),
    "source.never_closed": (
        "{got} is opened here and never closed: the next statement begins before a {closing}. Add "
        "it.",
        "{got} se abre aquí y no se cierra: la sentencia siguiente empieza antes de un {closing}. "
        "Añádalo.",
    ),
    "source.not_a_relation": (
        "{got} is no relation: expected something like x > 0, 0 < p < 1, sum(t) = 1 or "
        "y in {{0, 1}}. Write one; free text goes behind convention.",
        "{got} no es una relación: se esperaba algo como x > 0, 0 < p < 1, sum(t) = 1 o "
        "y in {{0, 1}}. Escriba una; el texto libre va tras convention.",
    ),
    "source.not_a_set": (
        "{got} is no set of numbers: expected {{0, 1}}, (0, 1) or [0, 1]. Correct it.",
        "{got} no es un conjunto de números: se esperaba {{0, 1}}, (0, 1) o [0, 1]. Corríjalo.",
    ),
    # ---- data ----
    "source.second_data": (
        "the file has a data table already. Keep one.",
        "el archivo ya tiene una tabla de datos. Deje una.",
    ),
    "source.table_order": (
        "the data line takes the columns of {path} by position as {got}, but its first row names "
        "them {names}. Write all names as in the file, in any order, or other names in its order.",
        "la línea de datos toma las columnas de {path} por posición como {got}, pero su primera "
        "fila las llama {names}. Escriba todos los nombres como en el archivo, en cualquier orden, "
        "u otros nombres en su orden.",
    ),
    "source.rows_names": (
        "the first row of {path} names its columns {got}: expected {expected}, as the data of the "
        "training call them. Name each column, in any order.",
        "la primera fila de {path} llama a sus columnas {got}: se esperaban {expected}, como las "
        "llaman los datos del entrenamiento. Nombre cada columna, en cualquier orden.",
    ),
    "source.data_names": (
        'expected column names or a file, as in `data x1 x2 y` or `data "xor.csv"`. Write them.',
        'se esperaban nombres de columnas o un archivo, como `datos x1 x2 y` o `datos "xor.csv"`. '
        "Escríbalos.",
    ),
    "source.row_length": (
        "the row has {got} entries: expected {expected} ({names}). Complete or shorten it.",
        "la fila tiene {got} elementos: se esperaban {expected} ({names}). Complétela o acórtela.",
    ),
    "source.not_a_number": (
        "got {got!r} in the table: expected a number. Correct it.",
        "hay {got!r} en la tabla: se esperaba un número. Corríjalo.",
    ),
    "source.decimal_cell": (
        "got {got!r} in the table: a number with a decimal comma, where cells are parted by "
        "commas. Write {point}; or part the cells by semicolons and head the .gg file with "
        "`decimal comma`.",
        "hay {got!r} en la tabla: un número con coma decimal, y las celdas se separan con comas. "
        "Escriba {point}; o separe las celdas con punto y coma y encabece el archivo .gg con "
        "`decimal coma`.",
    ),
    "source.tabs": (
        "the cells of {path} are parted by tabs: expected {expected}. Save it as CSV.",
        "las celdas de {path} se separan con tabuladores: se esperaba {expected}. Guárdelo como "
        "CSV.",
    ),
    "source.column_misspelt": (
        "{path} has no column {got}: its first row names {there} in that place. Write {there}; a "
        "name of your own is one that is not so near.",
        "{path} no tiene ninguna columna {got}: su primera fila pone {there} en ese lugar. Escriba "
        "{there}; un nombre propio es uno que no se le parezca tanto.",
    ),
    "source.semicolons": (
        "got {got!r}: semicolons part its cells, as where numbers have a decimal comma; expected "
        "commas. Head the .gg file with `decimal comma`.",
        "hay {got!r}: sus celdas se separan con punto y coma, como cuando los números llevan coma "
        "decimal; se esperaban comas. Encabece el archivo .gg con `decimal coma`.",
    ),
    "source.empty_table": (
        "{path}: the table has no rows of numbers below its header. Add some.",
        "{path}: la tabla no tiene filas de números bajo la cabecera. Añada alguna.",
    ),
    "source.table_names": (
        "the first row of a table names its columns: got {got}. Write names such as x1, x2, y.",
        "la primera fila de una tabla nombra sus columnas: hay {got}. Escriba nombres como x1, "
        "x2, y.",
    ),
    "source.no_rows": (
        "the data table has no rows: expected numbers on the lines below it. Add some.",
        "la tabla de datos no tiene filas: se esperaban números en las líneas de debajo. Añada "
        "alguna.",
    ),
    "source.no_row": (
        "got row {got}: the data has rows 1 to {limit}. Choose one of them.",
        "hay una fila {got}: los datos tienen las filas 1 a {limit}. Elija una.",
    ),
}
