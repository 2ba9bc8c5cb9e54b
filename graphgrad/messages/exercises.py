"""Word what the checker says: how an answer is read, what is wrong with it, and why."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- answers that cannot be read ----
    "answer.unknown_name": (
        "{got!r} is no name of the exercise, no function and no product of its names.{near} {way}",
        "{got!r} no es un nombre del ejercicio, ni una función, ni un producto de sus nombres."
        "{near} {way}",
    ),
    "answer.way.names": (
        "Use the names of the exercise.",
        "Use los nombres del ejercicio.",
    ),
    "answer.way.own": (
        "Use the names of the exercise, or say first what it stands for: let {name} = ...",
        "Use los nombres del ejercicio, o diga antes qué representa: sea {name} = ...",
    ),
    "answer.ambiguous": (
        "{got!r} can be read as {readings}. Write the product with *.",
        "{got!r} se puede leer como {readings}. Escriba el producto con *.",
    ),
    "answer.number": (
        "{got!r} is no number. Write 1234.5 or 1234,5, and set numbers apart by ; or by a comma "
        "and a blank.",
        "{got!r} no es un número. Escriba 1234.5 o 1234,5 y separe los números con ; o con una "
        "coma y un espacio.",
    ),
    "answer.thousands": (
        "{got!r} could mean a separator of thousands, which is not read. Write {fix}.",
        "{got!r} podría llevar separador de millares, que no se lee. Escriba {fix}.",
    ),
    "answer.comma": (
        "the comma in {got!r} could be a decimal sign or set two numbers apart. Write {fix} for "
        "two numbers, {other} for one; or say how the whole sheet writes decimals: "
        "--decimal comma.",
        "la coma de {got!r} podría ser decimal o separar dos números. Escriba {fix} si son dos "
        "números y {other} si es uno; o diga cómo escribe los decimales toda la hoja: "
        "--decimal comma.",
    ),
    "answer.long_number": (
        "the number has more than {limit} digits. Shorten it.",
        "el número tiene más de {limit} dígitos. Acórtelo.",
    ),
    "answer.too_long": (
        "the answer has more than {limit} parts. Give parts of it names of their own: let u = ...",
        "la respuesta tiene más de {limit} partes. Dé nombre propio a algunas: sea u = ...",
    ),
    "answer.too_many": (
        "the sheet has more than {limit} answers. Split it.",
        "la hoja tiene más de {limit} respuestas. Divídala.",
    ),
    "answer.exponent": (
        "the exponent {got} is larger than any answer needs, the limit is {limit}. Use a smaller "
        "one.",
        "el exponente {got} es mayor que el que necesita cualquier respuesta; el límite es "
        "{limit}. Use uno menor.",
    ),
    "answer.command": (
        "the LaTeX command {got} is not read in an answer. Write the formula without it.",
        "la orden de LaTeX {got} no se lee en una respuesta. Escriba la fórmula sin ella.",
    ),
    "answer.whole_number": (
        "{name} is read for whole numbers that are written out. Write the number.",
        "{name} se lee solo con números enteros escritos. Escriba el número.",
    ),
    "answer.square": (
        "got shape {got}: expected a square matrix of at most {limit} rows. Write the entries out.",
        "la forma es {got}: se esperaba una matriz cuadrada de {limit} filas como mucho. Escriba "
        "los elementos.",
    ),
    "answer.operator": (
        "an operator d/dx is read for one number that is an input. Write for instance dL/dz.",
        "un operador d/dx se lee para un solo número que sea una entrada. Escriba por ejemplo "
        "dL/dz.",
    ),
    "answer.no_graph": (
        "got {got}, but two formulas alone do not say what {name} is made of. Write the derivative "
        "out, or as d/dw (...); in an exercise, graphgrad check knows it.",
        "hay {got}, pero dos fórmulas solas no dicen de qué se compone {name}. Escriba la derivada "
        "desarrollada o como d/dw (...); en un ejercicio, graphgrad check la conoce.",
    ),
    "answer.no_derivative": (
        "the derivative of {name} is not known here. Write the formula without it.",
        "aquí no se conoce la derivada de {name}. Escriba la fórmula sin ella.",
    ),
    "answer.brace": (
        "got {got!r} where a brace was expected to open or close. Complete the braces.",
        "hay {got!r} donde se esperaba una llave que abra o cierre. Complete las llaves.",
    ),
    "answer.sum_bounds": (
        "it is not clear what this sum runs over. Write its bounds, such as \\sum_{{i=1}}^{{3}}, "
        "or sum(...) of an array.",
        "no está claro qué recorre esta suma. Escriba sus límites, como \\sum_{{i=1}}^{{3}}, o "
        "sum(...) de un array.",
    ),
    "answer.subscript": (
        "the subscript at {got!r} belongs to no name. Write for instance w_12 or w_{{12}}.",
        "el subíndice en {got!r} no pertenece a ningún nombre. Escriba por ejemplo w_12 o "
        "w_{{12}}.",
    ),
    "answer.derivative": (
        "this {got} starts no derivative of the exercise. Write for instance ∂L/∂w, with names of "
        "the exercise.",
        "este {got} no empieza ninguna derivada del ejercicio. Escriba por ejemplo ∂L/∂w, con "
        "nombres del ejercicio.",
    ),
    "answer.uneven_index": (
        "the index {got} runs to different lengths here: {lengths}. Check which place of each "
        "array it stands in, W_ij or W_ji.",
        "el índice {got} recorre aquí longitudes distintas: {lengths}. Compruebe en qué lugar de "
        "cada matriz o vector está, W_ij o W_ji.",
    ),
    "answer.ones": (
        "nothing says how long this row of ones is. Write ones(3) for a column of three ones, or "
        "the sum it stands for.",
        "nada dice cuántos unos tiene esta fila. Escriba ones(3) para una columna de tres unos, o "
        "la suma que representa.",
    ),
    "answer.prime": (
        "a prime alone does not say by which variable: expected a function before it, as in "
        "σ'(z). Of a line y write for instance dy/dx.",
        "una prima sola no dice respecto a qué variable: se esperaba una función delante, como en "
        "σ'(z). De una línea y escriba por ejemplo dy/dx.",
    ),
    "answer.prime_of": (
        "{name} takes no prime: expected a function of one argument. Write the derivative out.",
        "{name} no admite prima: se esperaba una función de un argumento. Escriba la derivada.",
    ),
    "answer.bar": (
        "this | has no partner. Write |x| or abs(x).",
        "este | no tiene pareja. Escriba |x| o abs(x).",
    ),
    "answer.no_argument": (
        "nothing to act on stands behind {got}. Write {got}(...).",
        "detrás de {got} no hay argumento. Escriba {got}(...).",
    ),
    "answer.inverse": (
        "a power on {got} that is no whole number from 2 on could mean its inverse. Write "
        "1/{got}(...) or the inverse's name.",
        "una potencia de {got} que no es un entero desde 2 podría significar su inversa. Escriba "
        "1/{got}(...) o el nombre de la inversa.",
    ),
    "answer.no_equals": (
        "got no = in the line. Write one step per line: name = value.",
        "no hay = en la línea. Escriba un paso por línea: nombre = valor.",
    ),
    "answer.no_name": (
        "nothing stands before the =. Write the name of the step.",
        "no hay nada antes del =. Escriba el nombre del paso.",
    ),
    "answer.nothing": (
        "nothing stands behind this =. Complete the line.",
        "no hay nada detrás de este =. Complete la línea.",
    ),
    "answer.taken": (
        "{got} is a name of the exercise already. Choose another name.",
        "{got} ya es un nombre del ejercicio. Elija otro nombre.",
    ),
    "answer.no_rows": (
        "{got}: the exercise has no data with rows to answer. Leave the row away.",
        "{got}: el ejercicio no tiene datos con filas que responder. Quite la fila.",
    ),
    "answer.no_such_row": (
        "got row {got}: the data of the exercise has {limit} rows. Correct its number.",
        "hay una fila {got}: los datos del ejercicio tienen {limit} filas. Corrija su número.",
    ),
    "answer.claim_over_rows": (
        "expected a step behind mean: or sum:, as in mean: L = 0.7. Write its name.",
        "tras media: o suma: se esperaba un paso, como en media: L = 0,7. Escriba su nombre.",
    ),
    # ---- how an answer was read ----
    "read.split": ("{got} was read as {read}.", "{got} se leyó como {read}."),
    "read.division": (
        "the product behind the fraction bar was read as a factor of the whole: a/b c is (a/b)·c.",
        "el producto tras la barra se leyó como factor de todo: a/b c es (a/b)·c.",
    ),
    "read.application": (
        "{got} without brackets acts on the product behind it.",
        "{got} sin paréntesis actúa sobre el producto que lo sigue.",
    ),
    "read.mixed": (
        "{got} was read as a mixed number, {read}.",
        "{got} se leyó como número mixto, {read}.",
    ),
    "read.repeating": (
        "{got} was read as a decimal that repeats for ever, {read}.",
        "{got} se leyó como decimal periódico, {read}.",
    ),
    "read.aside": (
        "the words {got} were left out; only the formula is marked.",
        "las palabras {got} no se tuvieron en cuenta; solo se corrige la fórmula.",
    ),
    "read.inverse": (
        "the power -1 on {got} was read as its inverse, {read}. Write 1/{got}(...) for the "
        "reciprocal.",
        "la potencia -1 de {got} se leyó como su inversa, {read}. Escriba 1/{got}(...) para el "
        "recíproco.",
    ),
    "read.lookalike": (
        "{got} ({letter}) looks like {read} and was read as {read}.",
        "{got} ({letter}) parece {read} y se leyó como {read}.",
    ),
    "read.ratio": (
        "the sign {got} was read as a division.",
        "el signo {got} se leyó como una división.",
    ),
    "read.times": (
        "the x in {got} was read as a multiplication sign.",
        "la x de {got} se leyó como signo de multiplicar.",
    ),
    "read.scientific": (
        "{got} was read as one number, {got} = {read}; the number e times something is written "
        "with a sign: {other}.",
        "{got} se leyó como un solo número, {got} = {read}; para el número e por algo se escribe "
        "el signo: {other}.",
    ),
    "read.commas": (
        "the comma in {got} was read as one between two numbers: in LaTeX a decimal comma is "
        "written {{,}}.",
        "la coma de {got} se leyó como separación de dos números: en LaTeX la coma decimal se "
        "escribe {{,}}.",
    ),
    "read.transpose": (
        "^T was read as the transpose, though T is a name of the exercise. For a power write ^(T).",
        "^T se leyó como la traspuesta, aunque T es un nombre del ejercicio. Para una potencia "
        "escriba ^(T).",
    ),
    "read.rows": (
        "{got} was read as {read}, the number of rows of the data.",
        "{got} se leyó como {read}, el número de filas de los datos.",
    ),
    "read.power": (
        "the power on {got} was read as a power of its value.",
        "la potencia de {got} se leyó como potencia de su valor.",
    ),
    # ---- what is to be said of a comparison ----
    "check.left_undefined": (
        "your expression is undefined where the expected one is not, for instance at {at}.",
        "su expresión no está definida donde sí lo está la esperada, por ejemplo en {at}.",
    ),
    "check.right_undefined": (
        "your expression is defined where the expected one is not, for instance at {at}.",
        "su expresión está definida donde no lo está la esperada, por ejemplo en {at}.",
    ),
    "check.verdict.equal": ("equal", "iguales"),
    "check.verdict.different": ("different", "distintas"),
    "check.verdict.undecided": ("undecided", "sin decidir"),
    "check.left_except": (
        "equal except where your expression has no value and the expected one has, for instance "
        "at {at}.",
        "iguales salvo donde su expresión no tiene valor y la esperada sí, por ejemplo en {at}.",
    ),
    "check.right_except": (
        "equal except where the expected expression has no value and yours has, for instance at "
        "{at}.",
        "iguales salvo donde la expresión esperada no tiene valor y la suya sí, por ejemplo en "
        "{at}.",
    ),
    "check.left_gap": (
        "equal except where {at}: there your expression has no value.",
        "iguales salvo donde {at}: ahí su expresión no tiene valor.",
    ),
    "check.right_gap": (
        "equal except where {at}: there the expected expression has no value.",
        "iguales salvo donde {at}: ahí la expresión esperada no tiene valor.",
    ),
    "check.at_jump": (
        "equal except where cases meet, for instance at {at}: there it is {left}, expected "
        "{right}.",
        "iguales salvo donde se juntan los casos, por ejemplo en {at}: ahí da {left} y se esperaba "
        "{right}.",
    ),
    "check.never_defined": (
        "no point was found at which both expressions have a value.",
        "no se encontró ningún punto en el que ambas expresiones tengan valor.",
    ),
    "check.except_jumps": (
        "equal except perhaps where a condition is exactly 0, a point at which cases meet.",
        "iguales salvo quizá donde una condición vale exactamente 0, punto en el que se juntan los "
        "casos.",
    ),
    "check.base_positive": (
        "equal where {bases}: the laws of powers with a variable exponent hold for positive bases.",
        "iguales donde {bases}: las leyes de las potencias de exponente variable valen para bases "
        "positivas.",
    ),
    "check.whole_numbers": (
        "equal where every factorial is of a whole number from 0 on ({names}).",
        "iguales donde cada factorial es de un número entero a partir de 0 ({names}).",
    ),
    "check.too_many_choices": (
        "the variables have more combinations of values than can be tried.",
        "las variables tienen más combinaciones de valores de las que se pueden probar.",
    ),
    "check.assumption_ignored": (
        "the assumption {text!r} was not understood and not used.",
        "la suposición {text!r} no se entendió y no se usó.",
    ),
    "check.too_many_terms": (
        "the exercise is too large to be compared in symbols, the limit is {limit} terms. Ask for "
        "steps of a smaller part.",
        "el ejercicio es demasiado grande para compararlo con símbolos; el límite es {limit} "
        "términos. Pregunte por pasos de una parte menor.",
    ),
    "check.shape": (
        "got shape {got}, expected shape {expected}.",
        "la forma es {got} y se esperaba {expected}.",
    ),
    "check.axes": (
        "the shape {got} has another number of axes ({axes}) than expected ({expected}).",
        "la forma {got} tiene otro número de ejes ({axes}) que el esperado ({expected}).",
    ),
    "check.decimal_commas": (
        "each comma separates two entries here. If these are decimal commas, write points "
        "({fix}), or head the sheet with `decimal comma`.",
        "cada coma separa aquí dos elementos. Si son comas decimales, escriba puntos ({fix}) o "
        "encabece la hoja con `decimal coma`.",
    ),
    "check.entries": ("wrong entries: {entries}.", "elementos incorrectos: {entries}."),
    "check.entries_sign": (
        "right but for the sign: {entries}.",
        "correctos salvo el signo: {entries}.",
    ),
    "check.entries_short": (
        "keep at least 3 significant digits: {entries}.",
        "conserve al menos 3 cifras significativas: {entries}.",
    ),
    "check.entry_here": (
        "at the exercise's numbers it gives {student} for entry {entry}, which is wrong.",
        "con los números del ejercicio da {student} en el elemento {entry}, que es incorrecto.",
    ),
    "check.number_here": (
        "at the exercise's numbers it gives {student}, which is wrong.",
        "con los números del ejercicio da {student}, que es incorrecto.",
    ),
    "check.entries_follow": (
        "right with your {steps}: {entries}.",
        "correctos con su {steps}: {entries}.",
    ),
    "check.layout": (
        "read with rows and columns exchanged, as its shape shows.",
        "leído con filas y columnas intercambiadas, como muestra su forma.",
    ),
    "check.layout_unknown": (
        "it is the transposed matrix. If your course writes Jacobians that way, put the line "
        "convention denominator layout into the exercise.",
        "es la matriz traspuesta. Si su curso escribe así los jacobianos, ponga en el ejercicio la "
        "línea convention denominator layout.",
    ),
    "check.orientation": (
        "the entries were compared although the answer lies the other way (row or column).",
        "se compararon los elementos aunque la respuesta tenga la otra orientación (fila o "
        "columna).",
    ),
    "check.trivial": (
        "0 and 1 never pass for another number: write the decimals.",
        "0 y 1 nunca valen por otro número: escriba los decimales.",
    ),
    "check.few_digits": (
        "right as far as it goes: keep at least 3 significant digits.",
        "correcto hasta donde llega: conserve al menos 3 cifras significativas.",
    ),
    "check.too_few_digits": (
        "it rounds well, but so few digits cannot tell it from a mistake: write at least 3 "
        "significant ones.",
        "está bien redondeado, pero con tan pocas cifras no se distingue de un error: escriba al "
        "menos 3 significativas.",
    ),
    "check.truncated": (
        "the digits were cut off instead of rounded.",
        "las cifras se cortaron en vez de redondearse.",
    ),
    "check.no_truth": (
        "the exercise has no finite value here, so a number cannot be judged.",
        "el ejercicio no tiene aquí un valor finito, así que no se puede juzgar un número.",
    ),
    "check.kink_here": (
        "no derivative exists at the exercise's numbers, and the answer gives none there.",
        "con los números del ejercicio no hay derivada, y la respuesta no da ninguna ahí.",
    ),
    "check.undefined_here": (
        "this has no value at the exercise's numbers: it divides by 0, or a function is outside "
        "its domain.",
        "esto no tiene valor con los números del ejercicio: divide entre 0 o una función está "
        "fuera de su dominio.",
    ),
    "check.differs_here": (
        "the formulas agree elsewhere, but not at the exercise's numbers.",
        "las fórmulas coinciden en otros puntos, pero no con los números del ejercicio.",
    ),
    "check.no_value": (
        "the value of this could not be computed: it may divide by 0, or be too large. Write the "
        "number.",
        "no se pudo calcular el valor de esto: quizá divide entre 0 o es demasiado grande. Escriba "
        "el número.",
    ),
    "check.local": (
        "right as the local derivative, the other lines held fixed.",
        "correcto como derivada local, con las otras líneas fijas.",
    ),
    "check.substituted": (
        "right with the values of the exercise put in.",
        "correcto con los valores del ejercicio puestos.",
    ),
    "check.matrix_product": (
        "read as a matrix product; ⊙ multiplies entry by entry.",
        "leído como producto matricial; ⊙ multiplica elemento a elemento.",
    ),
    "check.euler": (
        "read with e = 2.718…, not with the line e: write exp(...) where both occur.",
        "leído con e = 2,718…, no con la línea e: escriba exp(...) donde aparezcan las dos.",
    ),
    "check.only_labels": (
        "right with {given} put in, as it is given here.",
        "correcto con {given} sustituido, como está dado aquí.",
    ),
    "check.only_here": (
        "right at the given numbers only, not as a formula.",
        "correcto solo con los números dados, no como fórmula.",
    ),
    "check.active_branch": (
        "right for the branch that the given numbers take; in general it needs the cases.",
        "correcto en la rama que toman los números dados; en general hay que distinguir casos.",
    ),
    "check.needs_sum": (
        "right because the entries of {name} add up to 1; `assume {sum} = 1` would declare it.",
        "correcto porque los elementos de {name} suman 1; se declararía con `assume {sum} = 1`.",
    ),
    "check.only_class": (
        "right for the class given here ({given}).",
        "correcto para la clase dada aquí ({given}).",
    ),
    "check.only_value_row": (
        "right because {name} = 1 in this row.",
        "correcto porque {name} = 1 en esta fila.",
    ),
    "check.only_value_here": (
        "right because {name} = 1 here.",
        "correcto porque {name} = 1 aquí.",
    ),
    "check.only_sum_row": (
        "right because the entries of {name} add up to 1 in this row.",
        "correcto porque los elementos de {name} suman 1 en esta fila.",
    ),
    "check.link": (
        "the first wrong part is number {number}: {text}",
        "la primera parte incorrecta es la número {number}: {text}",
    ),
    "check.circular": (
        "the right side uses {name}, which is what it should answer. Write it in other terms.",
        "el lado derecho usa {name}, que es lo que debe responder. Escríbalo en otros términos.",
    ),
    "check.differentials": (
        "this relates differentials, {left} and {right}: it is not counted. Write a derivative, "
        "such as {left}/{right} = ...",
        "esto relaciona diferenciales, {left} y {right}: no se cuenta. Escriba una derivada, "
        "como {left}/{right} = ...",
    ),
    "check.left_open": (
        "this says again what is asked, a derivative in {name}. Work it out.",
        "esto repite lo que se pide, una derivada respecto a {name}. Desarróllela.",
    ),
    "check.circular_with": (
        "this step and {names} are each answered by the other, so that none says anything. Write "
        "one in other terms.",
        "este paso y {names} se responden el uno con el otro, así que ninguno dice nada. Escriba "
        "uno en otros términos.",
    ),
    "check.says_nothing": (
        "both sides are the same formula, so the line says nothing. Write what it is equal to.",
        "los dos lados son la misma fórmula, así que la línea no dice nada. Escriba a qué es "
        "igual.",
    ),
    "check.no_reference": (
        "the exercise has no such step. Name a line, or a derivative of one line in an earlier "
        "one.",
        "el ejercicio no tiene ese paso. Nombre una línea, o la derivada de una línea respecto a "
        "una anterior.",
    ),
    "check.not_a_step": (
        "--ask {got}: expected a line or a derivative such as dL/dw. Correct it.",
        "--ask {got}: se esperaba una línea o una derivada como dL/dw. Corríjalo.",
    ),
    # ---- the report ----
    "check.step.shape": ("shape", "forma"),
    "check.step.params": ("params", "parámetros"),
    "check.step.new": ("new", "nuevo"),
    "check.step.delta": ("delta", "delta"),
    "check.scope.row": ("row {row}", "fila {row}"),
    "check.scope.step": ("step {step}", "paso {step}"),
    "check.scope.mean": ("mean", "media"),
    "check.scope.sum": ("sum", "suma"),
    "check.status.right": ("right", "correcto"),
    "check.status.rounded": ("rounded", "redondeado"),
    "check.status.rough": ("too few digits", "faltan cifras"),
    "check.status.follow-on": ("follows on", "se arrastra"),
    "check.status.wrong": ("wrong", "incorrecto"),
    "check.status.undecided": ("undecided", "sin decidir"),
    "check.status.unreadable": ("unreadable", "ilegible"),
    "check.status.unknown-name": ("unknown name", "nombre desconocido"),
    "check.status.missing": ("missing", "falta"),
    "check.report.read": ("read as: {text}", "leído como: {text}"),
    "check.report.expected": ("expected: {text}", "esperado: {text}"),
    "check.report.proved": ("proved equal", "igualdad demostrada"),
    "check.report.cases": (
        "proved equal in {cases} sign cases",
        "igualdad demostrada en {cases} casos de signo",
    ),
    "check.report.proved_there": ("proved everywhere else", "demostrada en todo lo demás"),
    "check.report.sympy": (
        "proved equal by sympy, the second opinion",
        "igualdad demostrada por sympy, la segunda opinión",
    ),
    "limit.seconds": (
        "it took longer than {seconds} seconds and was stopped. Split the file, or allow more with "
        "--seconds.",
        "tardó más de {seconds} segundos y se detuvo. Divida el archivo o permita más con "
        "--seconds.",
    ),
    "limit.start": (
        "a process of ours did not start within {seconds} seconds: this machine is too busy. Try "
        "again later, or with fewer processes (--workers 1).",
        "un proceso nuestro no arrancó en {seconds} segundos: la máquina está demasiado ocupada. "
        "Pruebe más tarde, o con menos procesos (--workers 1).",
    ),
    "limit.stillborn": (
        "{count} processes of ours were ended from outside before they were ready, perhaps because "
        "this machine is out of memory. Try again, or with fewer processes (--workers 1).",
        "{count} procesos nuestros fueron terminados desde fuera antes de estar listos, quizá "
        "porque la máquina se quedó sin memoria. Pruebe de nuevo, o con menos procesos "
        "(--workers 1).",
    ),
    "limit.died": (
        "it needed more memory than is allowed and was stopped. Split the file.",
        "necesitó más memoria de la permitida y se detuvo. Divida el archivo.",
    ),
    "limit.time": (
        "it took longer than {seconds} seconds and was stopped. Use a smaller graph, or a smaller "
        "part of it; or allow more seconds with the environment variable {variable} (0: any).",
        "tardó más de {seconds} segundos y se detuvo. Use un grafo menor, o una parte de él; o "
        "permita más segundos con la variable de entorno {variable} (0: los que sean).",
    ),
    "limit.variable": (
        "the environment variable {variable} is {got}: expected a whole number of seconds, 0 for "
        "any. Correct it.",
        "la variable de entorno {variable} es {got}: se esperaba un número entero de segundos, 0 "
        "para los que sean. Corríjala.",
    ),
    "check.option.seconds": (
        "stop after so many seconds; otherwise 60",
        "se detiene tras tantos segundos; si no, 60",
    ),
    "check.report.points": (
        "agrees at {points} points to 50 digits, not proved",
        "coincide en {points} puntos con 50 cifras, sin demostrar",
    ),
    "check.report.counterexample": (
        "at {at} it is {student}, expected {expected}",
        "en {at} da {student} y se esperaba {expected}",
    ),
    "check.report.value": ("it is {student}, expected {expected}", "da {student}, no {expected}"),
    "check.report.sides": (
        "at {at} the first is {left}, the second {right}",
        "en {at} la primera da {left}, la segunda {right}",
    ),
    "check.report.follows": (
        "consistent with your {steps}",
        "coherente con su {steps}",
    ),
    "check.report.assumed": (
        "under the declared assumption {texts}",
        "con la suposición declarada {texts}",
    ),
    "check.report.replaced": (
        "does not count: the step is answered again.",
        "no cuenta: el paso se responde otra vez.",
    ),
    "check.report.first": ("First wrong step: {step}", "Primer paso incorrecto: {step}"),
    "check.report.none": ("No wrong step.", "Ningún paso incorrecto."),
    "check.report.score": ("{score} of {max} steps", "{score} de {max} pasos"),
    "check.report.undefined": ("undefined", "no definido"),
    "check.report.empty": ("The sheet has no answers.", "La hoja no tiene respuestas."),
    # ---- the command ----
    "word.exercise": ("EXERCISE", "EJERCICIO"),
    "word.answers": ("ANSWERS", "RESPUESTAS"),
    "command.check.help": (
        "Marks an answer sheet against any expression file. One step per line: `z = 7`, "
        "`a = sigmoid(z)`, `dL/dw = 2(a-y)x = -12`; # starts a comment. Says which step is the "
        "first wrong one, which ones only follow from it, and how each verdict is known: proved, "
        "by a counterexample, or undecided.",
        "Corrige una hoja de respuestas con cualquier archivo de expresiones. Un paso por línea: "
        "`z = 7`, `a = sigmoid(z)`, `dL/dw = 2(a-y)x = -12`; # empieza un comentario. Dice cuál es "
        "el primer paso incorrecto, cuáles solo se arrastran de él y cómo se sabe cada "
        "veredicto: demostrado, por un contraejemplo o sin decidir.",
    ),
    "check.argument.exercise": (
        "the exercise: an expression file (.gg) or an exercise file (.md)",
        "el ejercicio: un archivo de expresiones (.gg) o de ejercicio (.md)",
    ),
    "check.exercise_file": (
        "{path} is an exercise file, which says itself what it asks and with which numbers: leave "
        "--set, --row and --ask out. `graphgrad ex check --draw N` chooses another variant.",
        "{path} es un archivo de ejercicio, que ya dice qué pregunta y con qué números: quite "
        "--set, --row y --ask. `graphgrad ex check --draw N` elige otra variante.",
    ),
    "check.argument.answers": (
        "the answers: a text file, one step per line, or - for standard input",
        "las respuestas: un archivo de texto, un paso por línea, o - para la entrada estándar",
    ),
    "check.option.decimal": (
        "how decimals are written: auto, point or comma; otherwise auto",
        "cómo se escriben los decimales: auto, point o comma; si no, auto",
    ),
    "check.option.ask": (
        "a step that must be answered, such as z or dL/dw; may be repeated",
        "un paso que hay que responder, como z o dL/dw; puede repetirse",
    ),
    "check.option.digits": (
        "significant digits a rounded number must show; otherwise 3",
        "cifras significativas que debe mostrar un número redondeado; si no, 3",
    ),
    "check.option.key": ("show the expected values", "muestra los valores esperados"),
}
