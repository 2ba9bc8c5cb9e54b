"""Word what can be wrong with loops, families, definitions, layers and tables of a file."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- where an error is ----
    "source.within.pass": (
        "in the pass {letter} = {value} of the loop on line {line}",
        "en la pasada {letter} = {value} del bucle de la línea {line}",
    ),
    "source.within.call": (
        "in {name}, used on line {line} for {result}",
        "en {name}, usado en la línea {line} para {result}",
    ),
    # ---- bodies ----
    "source.no_end": (
        "this {word} is never closed: expected a line `end` later. Add it.",
        "este {word} no se cierra: se esperaba después una línea `fin` (o `end`). Añádala.",
    ),
    "source.stray_end": (
        "got `end` without a for or def above it. Remove it, or add what it ends.",
        "hay un `end` sin un for (para) ni un def encima. Quítelo o añada lo que cierra.",
    ),
    "source.end_form": (
        "`end` stands alone on its line. Move the rest to a line of its own.",
        "`end` (`fin`) va solo en su línea. Mueva el resto a otra línea.",
    ),
    "source.deep_bodies": (
        "for and def are nested more than {limit} deep. Move inner loops into definitions.",
        "for y def se anidan más de {limit} niveles. Pase bucles interiores a definiciones.",
    ),
    "source.empty_body": (
        "nothing stands between this line and its `end`: expected at least one line. Add it, or "
        "remove both.",
        "no hay nada entre esta línea y su `end` (`fin`): se esperaba al menos una línea. Añádala "
        "o quite ambas.",
    ),
    "source.not_in_body": (
        "`{word}` has no place inside a {where}. Move it out, above or below.",
        "`{word}` no puede ir dentro de un {where}. Sáquelo, antes o después.",
    ),
    # ---- loops ----
    "source.for_letter": (
        "a letter was expected after `for`, as in `for t = 1:4`. Write one.",
        "se esperaba una letra tras `for` (`para`), como en `para t = 1:4`. Escríbala.",
    ),
    "source.for_form": (
        "a range or a list was expected: `for {letter} = 1:4`, `for {letter} in [relu, tanh]`. "
        "Write one of them.",
        "se esperaba un rango o una lista: `para {letter} = 1:4`, "
        "`para {letter} en [relu, tanh]`. Escriba uno de ellos.",
    ),
    "source.for_dots": (
        "a range is written with a colon: expected {fix}. Write {fix}.",
        "un rango se escribe con dos puntos: se esperaba {fix}. Escriba {fix}.",
    ),
    "source.for_bounds": (
        "a loop needs a first and a last number, and a step of 1: expected "
        "`for {letter} = 1:4` or, downwards, `4:1`. Complete the range.",
        "un bucle necesita un primer y un último número, y paso 1: se esperaba "
        "`para {letter} = 1:4` o, hacia abajo, `4:1`. Complete el rango.",
    ),
    "source.for_empty": (
        "the list is empty, or lacks a member between commas: expected `for {letter} in "
        "[relu, tanh]`. Complete it.",
        "la lista está vacía o le falta un elemento entre comas: se esperaba `para {letter} en "
        "[relu, tanh]`. Complétela.",
    ),
    "source.bound": (
        "got {got!r} where a whole number is needed before the graph exists: expected a number, a "
        "const or a letter of a loop. Write `const n = 4` above and n here.",
        "hay {got!r} donde se necesita un entero antes de que exista el grafo: se esperaba un "
        "número, un const o la letra de un bucle. Escriba `constante n = 4` antes y aquí n.",
    ),
    "source.list_member": (
        "got {got!r} in a list of a loop: expected names of functions or lines, or whole numbers. "
        "Give it a name of its own in a line above.",
        "hay {got!r} en la lista de un bucle: se esperaban nombres de funciones o líneas, o "
        "enteros. Dele un nombre propio en una línea anterior.",
    ),
    "source.letter_taken": (
        "{letter} has a meaning already, and the letter of a loop needs one of its own. Choose "
        "another letter.",
        "{letter} ya tiene un significado y la letra de un bucle necesita uno propio. Elija otra "
        "letra.",
    ),
    "source.without_letter": (
        "{name} would get a value in every pass: it lacks the letter {letter} of its loop. Write "
        "{fix}.",
        "{name} recibiría un valor en cada pasada: le falta la letra {letter} de su bucle. "
        "Escriba {fix}.",
    ),
    "source.many_passes": (
        "loops make more than {limit} passes in all. Use arrays for what repeats so often, as in "
        "`sum((w*x - y)^2)` for a sum over rows, or smaller bounds.",
        "los bucles dan más de {limit} pasadas en total. Use arrays para lo que se repite tanto, "
        "como en `sum((w*x - y)^2)` para una suma sobre filas, o límites menores.",
    ),
    "source.many_entries": (
        "the arrays of this file hold {got} numbers in all, more than {limit}; the largest is "
        "{name} on line {line}, {shape}. Use smaller sizes; parameters and costs are counted "
        "without values: graphgrad inspect FILE layers.",
        "los arrays de este archivo tienen {got} números en total, más de {limit}; el mayor es "
        "{name} en la línea {line}, {shape}. Use tamaños menores; los parámetros y los costes se "
        "cuentan sin valores: graphgrad inspect ARCHIVO capas.",
    ),
    "source.many_nodes": (
        "loops, repetitions and calls make more than {limit} operations. Use arrays, as in "
        "`sum((w*x - y)^2)` for a sum over rows, or smaller bounds.",
        "bucles, repeticiones y llamadas crean más de {limit} operaciones. Use arrays, como en "
        "`sum((w*x - y)^2)` para una suma sobre filas, o límites menores.",
    ),
    "source.fold_form": (
        "a repetition takes a range and one formula, as `{name}(i=1:3, w[i]*x[i])`. Write it so.",
        "una repetición toma un rango y una fórmula, como `{name}(i=1:3, w[i]*x[i])`. Escríbala "
        "así.",
    ),
    "source.not_repeated": (
        "{name} joins no repetition: expected sum, mean, max, min, stack or concat. Use one of "
        "them.",
        "{name} no une una repetición: se esperaba sum, mean, max, min, stack o concat. Use una "
        "de ellas.",
    ),
    # ---- families ----
    "source.target": (
        "the subscripts of {name} left of = are whole numbers, letters of loops, or a letter and "
        "a number: {name}[2], {name}[t], {name}[t-1]. A single entry of an array cannot be set; "
        "write the whole array.",
        "los subíndices de {name} a la izquierda de = son enteros, letras de bucles, o una letra y "
        "un número: {name}[2], {name}[t], {name}[t-1]. Un elemento suelto de un array no se puede "
        "fijar; escriba el array entero.",
    ),
    "source.family_and_array": (
        "{name} is a family already, since line {line}: its lines have subscripts, as {example}. "
        "A name is an array or a family, never both. Choose another name.",
        "{name} ya es una familia desde la línea {line}: sus líneas llevan subíndices, como "
        "{example}. Un nombre es un array o una familia, nunca ambos. Elija otro nombre.",
    ),
    "source.array_and_family": (
        "{name} has one value already, since line {line}: it can have no line with subscripts. "
        "A name is an array or a family, never both. Choose another name.",
        "{name} ya tiene un valor desde la línea {line}: no puede tener líneas con subíndices. Un "
        "nombre es un array o una familia, nunca ambos. Elija otro nombre.",
    ),
    "source.family_subscripts": (
        "{name} was begun on line {line} with {expected} subscripts in its bracket: got {got}. "
        "Write as many; an entry of an array stands in a second bracket, as in h[2][1].",
        "{name} se empezó en la línea {line} con {expected} subíndices en su corchete: hay {got}. "
        "Escriba los mismos; un elemento de un array va en un segundo corchete, como en h[2][1].",
    ),
    "source.bare_family": (
        "{name} is a family of lines: expected one of them, such as {example}, or all in one "
        "array, stack({name}). Write one of these.",
        "{name} es una familia de líneas: se esperaba una de ellas, como {example}, o todas en un "
        "array, stack({name}). Escriba una de estas.",
    ),
    "source.unknown_member": (
        "there is no line {name}: {family} begins with {first} here. Correct the subscript, or "
        "give the start, as `const {name} = ...`.",
        "no existe la línea {name}: aquí {family} empieza en {first}. Corrija el subíndice o dé el "
        "comienzo, como `constante {name} = ...`.",
    ),
    "source.no_member": (
        "there is no line {name}: {family} has lines from {first} to {last} here. Write one of "
        "them, such as {example}.",
        "no existe la línea {name}: aquí {family} tiene líneas desde {first} hasta {last}. Escriba "
        "una de ellas, como {example}.",
    ),
    "source.member_later": (
        "{name} is used here, but its line ({line}) gets its turn later. Run the loop downwards, "
        "as `for t = 4:1`, or read what is there already.",
        "{name} se usa aquí, pero a su línea ({line}) le toca después. Recorra el bucle hacia "
        "abajo, como `para t = 4:1`, o lea lo que ya existe.",
    ),
    "source.unknown_inner": (
        "there is no line {name}: the group {owner} has {known}. Write one of them.",
        "no existe la línea {name}: el grupo {owner} tiene {known}. Escriba una de ellas.",
    ),
    "source.no_inner_lines": (
        "there is no line {name}: nothing stands inside {owner} here. Correct the name; the lines "
        "of a layer are there behind its first call.",
        "no existe la línea {name}: aquí no hay nada dentro de {owner}. Corrija el nombre; las "
        "líneas de una capa existen tras su primera llamada.",
    ),
    "source.no_line": (
        "{name} is no line: expected the name of one. Give it a name: `{word} y = {name}`.",
        "{name} no es una línea: se esperaba el nombre de una. Dele un nombre: "
        "`{word} y = {name}`.",
    ),
    # ---- definitions ----
    "source.def_name": (
        "a name was expected after `def`, as in `def block(x)`. Write one.",
        "se esperaba un nombre tras `def`, como en `def bloque(x)`. Escríbalo.",
    ),
    "source.def_form": (
        "expected `def {name}(x, n=2)` and lines up to `end`, or `def {name}(x) = x^2`. Write one "
        "of them.",
        "se esperaba `def {name}(x, n=2)` y líneas hasta `fin`, o `def {name}(x) = x^2`. Escriba "
        "una de las dos formas.",
    ),
    "source.def_parameter": (
        "the head of a definition lists inputs, x, and settings with a default, n=2, or without "
        "one, n=?. Write one of these.",
        "la cabecera de una definición enumera entradas, x, y ajustes con valor por defecto, n=2, "
        "o sin él, n=?. Escriba uno de estos.",
    ),
    "source.def_order": (
        "the input {name} stands behind a setting: inputs come first. Move it, or give it a "
        "default.",
        "la entrada {name} está detrás de un ajuste: las entradas van primero. Muévala o dele un "
        "valor por defecto.",
    ),
    "source.def_twice": (
        "{name} stands twice in the head. Choose another name for one of them.",
        "{name} está dos veces en la cabecera. Elija otro nombre para uno de ellos.",
    ),
    "source.name_of_row": (
        "{name} is a function of the language. Choose another name.",
        "{name} es una función del lenguaje. Elija otro nombre.",
    ),
    "source.recursion": (
        "{name} calls itself: a definition sees only those above it. Repeat with for, or write "
        "the steps out.",
        "{name} se llama a sí misma: una definición solo ve las anteriores. Repita con for "
        "(para), o escriba los pasos.",
    ),
    "source.def_below": (
        "{name} is defined below {here}: a definition sees only those above it. Move {name} up.",
        "{name} se define después de {here}: una definición solo ve las anteriores. Suba {name}.",
    ),
    "source.deep_calls": (
        "calls are nested more than {limit} deep. Write some of the definitions out.",
        "las llamadas se anidan más de {limit} niveles. Escriba algunas definiciones por extenso.",
    ),
    "source.not_in_sight": (
        "{here} does not see {name}: a definition sees its inputs, settings, own lines, and "
        "consts. Make {name} an input: `def {here}(..., {name})`.",
        "{here} no ve {name}: una definición ve sus entradas, sus ajustes, sus líneas y los "
        "const. Haga de {name} una entrada: `def {here}(..., {name})`.",
    ),
    "source.out_form": (
        "names of lines were expected after `out`, as in `out h, c`. Write them.",
        "se esperaban nombres de líneas tras `out` (`salida`), como en `salida h, c`. Escríbalos.",
    ),
    "source.out_outside": (
        "`out` says what a definition returns: expected inside `def ... end`. In a file, write "
        "`output`.",
        "`out` (`salida`) dice qué devuelve una definición: se esperaba dentro de `def ... fin`. "
        "En un archivo escriba `output`.",
    ),
    "source.second_out": (
        "the definition has an `out` already. Keep one: `out h, c`.",
        "la definición ya tiene un `out` (`salida`). Deje uno: `salida h, c`.",
    ),
    "source.no_result": (
        "no line of the body is {got}: expected one of {known}. Correct the name.",
        "ninguna línea del cuerpo es {got}: se esperaba una de {known}. Corrija el nombre.",
    ),
    "source.results": (
        "{name} returns {expected} ({results}), each to a name left of =: got {got}. Write as "
        "many.",
        "{name} devuelve {expected} ({results}), cada uno a un nombre a la izquierda de =: hay "
        "{got}. Escriba los mismos.",
    ),
    "source.result_count": (
        "the formula has {expected} result: got {got} names left of =. Write one, or call what "
        "returns several.",
        "la fórmula tiene {expected} resultado: hay {got} nombres a la izquierda de =. Escriba "
        "uno, o llame a algo que devuelva varios.",
    ),
    # ---- calls and layers ----
    "source.layer_form": (
        "expected `layer {name} = dense(16, act=relu)`: a layer with its settings. Write one.",
        "se esperaba `capa {name} = densa(16, activación=relu)`: una capa con sus ajustes. "
        "Escríbala.",
    ),
    "source.unknown_layer": (
        "there is no layer {name}.{near} Correct the name, or define it above with `def "
        "{name}(x)`.",
        "no existe la capa {name}.{near} Corrija el nombre o defínala antes con `def {name}(x)`.",
    ),
    "source.layer_in_for": (
        "a layer line inside a for would make parameters in every pass. Move it above the loop to "
        "share them, or call the layer in the loop with fresh=1 to have new ones each time.",
        "una línea layer (capa) dentro de un for crearía parámetros en cada pasada. Súbala sobre "
        "el bucle para compartirlos, o llame a la capa en el bucle con nuevo=1 para tener otros "
        "cada vez.",
    ),
    "source.parameters_in_for": (
        "{name} would make parameters of its own in every pass ({line}). To share them, write "
        "`layer c = {name}(...)` above the loop and c(...) here; for new ones each time, add "
        "fresh=1.",
        "{name} crearía parámetros propios en cada pasada ({line}). Para compartirlos, escriba "
        "`capa c = {name}(...)` sobre el bucle y aquí c(...); para tener otros cada vez, añada "
        "nuevo=1.",
    ),
    "source.layer_as_name": (
        "{name} is a layer or a definition: expected its inputs in brackets. Write {name}(x).",
        "{name} es una capa o una definición: se esperaban sus entradas entre paréntesis. Escriba "
        "{name}(x).",
    ),
    "source.made_and_called": (
        "{call} makes a layer; it is called on another line. Write `layer c = {call}` and then "
        "c(...).",
        "{call} crea una capa; se llama en otra línea. Escriba `capa c = {call}` y después c(...).",
    ),
    "source.not_callable": (
        "{name} stands for {got} here, which cannot be called. Write * for a product.",
        "{name} vale aquí {got}, que no se puede llamar. Escriba * para el producto.",
    ),
    "source.group_taken": (
        "the group {name} has its lines already, from line {line}: each group has one owner. "
        "Choose another name.",
        "el grupo {name} ya tiene sus líneas, desde la línea {line}: cada grupo tiene un solo "
        "dueño. Elija otro nombre.",
    ),
    "source.inputs_missing": (
        "{name} takes {expected} inputs first ({arguments}). Add what is missing.",
        "{name} toma primero {expected} entradas ({arguments}). Añada lo que falta.",
    ),
    "source.many_arguments": (
        "got {got!r}, one argument too many for {name}: behind its inputs it takes {known}. "
        "Remove it.",
        "hay {got!r}, un argumento de más para {name}: tras sus entradas toma {known}. Quítelo.",
    ),
    "source.no_settings_left": (
        "got {got!r}, one argument too many for {name}. Remove it.",
        "hay {got!r}, un argumento de más para {name}. Quítelo.",
    ),
    "source.only_inputs": (
        "got {got!r} for {name}, whose settings stand on line {line}: expected inputs only. "
        "Change that line.",
        "hay {got!r} para {name}, cuyos ajustes están en la línea {line}: aquí solo se esperaban "
        "entradas. Cambie esa línea.",
    ),
    "source.only_settings": (
        "got {got!r} on a layer line, which takes settings only, as in `layer c = {name}(3)`. "
        "Give the inputs where the layer is used: c({got}).",
        "hay {got!r} en una línea layer (capa), que solo toma ajustes, como en "
        "`capa c = {name}(3)`. Dé las entradas donde se usa la capa: c({got}).",
    ),
    "source.over_nothing": (
        "over={got} chooses none of the parameters above: {known}. Write weights, all, or a "
        'pattern such as "fc*", below the lines that make the parameters.',
        "sobre={got} no elige ninguno de los parámetros anteriores: {known}. Escriba weights, all "
        '(pesos, todos) o un patrón como "fc*", tras las líneas que crean los parámetros.',
    ),
    "source.order_of_arguments": (
        "got {got!r} behind a setting with a name: inputs and settings by position come first. "
        "Move it.",
        "hay {got!r} detrás de un ajuste con nombre: primero van las entradas y los ajustes por "
        "posición. Muévalo.",
    ),
    "source.setting_twice": (
        "{name} is given twice. Keep one.",
        "{name:setting} se da dos veces. Deje uno.",
    ),
    "source.stands_for": (
        "{name} stands for {got!r} here, which is no number and no line. Give a number or the name "
        "of a line where it is called.",
        "{name} vale aquí {got!r}, que no es un número ni una línea. Dé un número o el nombre de "
        "una línea donde se llama.",
    ),
    "source.setting_is_node": (
        "got {got!r} for a setting, which is known before the graph runs: expected a number, a "
        "const, true, false, a text or the name of a function. Write one of these; for a const: "
        "`const n = 3`.",
        "hay {got!r} para un ajuste, que se conoce antes de calcular el grafo: se esperaba un "
        "número, un const, verdadero, falso, un texto o el nombre de una función. Escriba uno de "
        "estos; para un const: `constante n = 3`.",
    ),
    "source.setting_by_position": (
        "behind a setting with a name, the others of {name} are written with theirs too, as in "
        "{name}({setting}=...). Add the name and =.",
        "tras un ajuste con nombre, los demás de {name} también se escriben con el suyo, como en "
        "{name}({setting:typed}=...). Añada el nombre y =.",
    ),
    "source.large_size": (
        "the number computed for a size or setting is larger than {limit}. Use a smaller one.",
        "el número calculado para un tamaño o ajuste es mayor que {limit}. Use uno menor.",
    ),
    "source.kept_shape": (
        "{name} was made with the shape {expected} for the inputs on line {line}; here it would "
        "need {got}. Give inputs of the same shape, or use a layer of its own.",
        "{name} se creó con la forma {expected} para las entradas de la línea {line}; aquí "
        "necesitaría {got}. Dé entradas de la misma forma o use otra capa.",
    ),
    # ---- train ----
    "source.train_form": (
        "expected an optimizer and then keys: `train adam(rate=0.01), epochs=200, batch=4`. "
        "Write it so.",
        "se esperaba un optimizador y después claves: "
        "`entrena adam(tasa=0.01), épocas=200, lote=4`. Escríbalo así.",
    ),
    "source.train_key": (
        "got {got!r} behind the optimizer: expected key=value, as epochs=200. Add the key.",
        "hay {got!r} tras el optimizador: se esperaba clave=valor, como épocas=200. Añada la "
        "clave.",
    ),
    "source.second_train": (
        "the file says already how it is trained. Keep one `train` line.",
        "el archivo ya dice cómo se entrena. Deje una sola línea `train` (`entrena`).",
    ),
    "name.entry": (
        "{name} is an entry of the array {array}: expected a line. Ask for {array}, or add "
        "--entries scalar, where every entry is a line.",
        "{name} es un elemento del array {array}: se esperaba una línea. Pida {array}, o añada "
        "--entries scalar, donde cada elemento es una línea.",
    ),
    "source.read_again": (
        "The file was read again: bounds or sizes depend on {names}.",
        "El archivo se leyó otra vez: hay límites o tamaños que dependen de {names}.",
    ),
    # ---- tables ----
    "rows.labels": ("{name}: {words}", "{name}: {words}"),
    "source.part_outside": (
        "`{word}` alone on a line begins a part of a data table: expected inside one. Move it "
        "under `data`.",
        "`{word}` solo en una línea empieza una parte de una tabla de datos: se esperaba dentro "
        "de una. Póngalo bajo `data`.",
    ),
    "source.cell_shape": (
        "{name} holds arrays of {expected}: got one of {got}. Correct the row, or the shape on "
        "the data line.",
        "{name} guarda arrays de {expected}: hay uno de {got}. Corrija la fila o la forma en la "
        "línea data.",
    ),
    "source.not_finite": (
        "got {got} in the table: expected a finite number. Remove the row, or write the number.",
        "hay {got} en la tabla: se esperaba un número finito. Quite la fila o escriba el número.",
    ),
    "source.not_a_word": (
        "got {got!r} in {name}, whose other rows hold words. Write a word, or numbers in all rows.",
        "hay {got!r} en {name}, cuyas otras filas tienen palabras. Escriba una palabra, o números "
        "en todas las filas.",
    ),
}
