"""Word exercise files, sheets and keys, and reports."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- the exercise file ----
    "classroom.file.no_front": (
        "no front matter found where the file starts: expected a line +++, TOML, and +++ again. "
        "`graphgrad ex --help` shows an example.",
        "el archivo no empieza por su cabecera: se esperaba una línea +++, TOML y otra vez +++. "
        "`graphgrad ex --help` muestra un ejemplo.",
    ),
    "classroom.file.toml": (
        "the front matter is no valid TOML: {why}. Correct this line.",
        "la cabecera no es TOML válido: {why}. Corrija esta línea.",
    ),
    "classroom.toml.value": (
        "the value is no number, and a text stands in quotation marks",
        "el valor no es un número, y un texto va entre comillas",
    ),
    "classroom.toml.equals": ("= was expected after a key", "se esperaba = tras una clave"),
    "classroom.toml.open_text": ("a text is not closed", "un texto no se cierra"),
    "classroom.toml.open_bracket": (
        "a bracket is not closed",
        "un corchete o una llave no se cierra",
    ),
    "classroom.toml.twice": (
        "a key or a table stands there twice",
        "una clave o una tabla está dos veces",
    ),
    "classroom.toml.behind": ("more stands behind a value", "hay algo más tras un valor"),
    "classroom.toml.backslash": (
        "a text with a backslash stands between single quotation marks, as '$\\alpha$'",
        "un texto con barra invertida va entre comillas simples, como '$\\alpha$'",
    ),
    "classroom.toml.nesting": ("it is nested too deep", "está anidada demasiado"),
    "classroom.toml.line": (
        "a line such as `points = 10` was expected",
        "se esperaba una línea como `points = 10`",
    ),
    "classroom.file.number": (
        "got {got}, expected a finite number. Write one such as 0.5.",
        "hay {got} y se esperaba un número finito. Escriba uno como 0.5.",
    ),
    "classroom.file.long_number": (
        "a whole number here has more than {limit} digits, which no exercise needs. Write a "
        "shorter one.",
        "un número entero tiene aquí más de {limit} cifras, que ningún ejercicio necesita. Escriba "
        "uno más corto.",
    ),
    "classroom.file.open_fence": (
        "this block is never closed: expected a line with the same ``` further down. Add it.",
        "este bloque no se cierra: se esperaba más abajo una línea con el mismo ```. Añádala.",
    ),
    "classroom.file.format": (
        'got format {got!r}, expected {expected!r}. Write format = "{expected}".',
        'el formato es {got!r} y se esperaba {expected!r}. Escriba format = "{expected}".',
    ),
    "classroom.file.key": (
        "got the key {got!r}, expected one of {known}. Correct or remove it.",
        "la clave es {got!r} y se esperaba una de {known}. Corríjala o quítela.",
    ),
    "classroom.file.value": (
        "{name}: got {got!r}, expected {expected}. Correct it.",
        "{name}: el valor es {got!r} y se esperaba {expected}. Corríjalo.",
    ),
    "classroom.file.id": (
        "got the id {got!r}, expected letters, digits, - and _, at most 80. The id is part of "
        'every draw: write for instance id = "sigmoid-1".',
        "el id es {got!r} y se esperaban letras, cifras, - y _, como mucho 80. El id forma parte "
        'de cada sorteo: escriba por ejemplo id = "sigmoide-1".',
    ),
    "classroom.file.no_steps": (
        "the exercise has no steps: expected at least one block ```step NAME. Add one.",
        "el ejercicio no tiene pasos: se esperaba al menos un bloque ```step NOMBRE. Añada uno.",
    ),
    "classroom.file.updates": (
        "updates: how a training goes is said by a whole file. Add a block ```gg whole with a "
        "train line, or remove updates.",
        "updates: cómo va un entrenamiento lo dice un archivo entero. Añada un bloque ```gg entero "
        "con una línea entrena, o quite updates.",
    ),
    "classroom.file.no_train": (
        "updates: the file does not say how it is trained. Add a line such as train "
        "adam(rate=0.1), or remove updates.",
        "updates: el archivo no dice cómo se entrena. Añada una línea como entrena adam(tasa=0.1), "
        "o quite updates.",
    ),
    "classroom.file.points": (
        "the steps give out {given} points of {total}, so the others would earn nothing. Raise "
        "points or lower those of the steps.",
        "los pasos reparten {given} puntos de {total}, así que los demás no valdrían nada. Suba "
        "points o baje los de los pasos.",
    ),
    "classroom.file.gg_line": (
        "got {got!r} in a gg block, expected a line such as z = w*x + b. Declare inputs and "
        "parameters under [vars].",
        "hay {got!r} en un bloque gg y se esperaba una línea como z = w*x + b. Declare entradas y "
        "parámetros en [vars].",
    ),
    # ---- variables ----
    "classroom.var.name": (
        "got the variable {got!r}, expected a name such as w or x_1. Rename it.",
        "la variable es {got!r} y se esperaba un nombre como w o x_1. Cámbielo.",
    ),
    "classroom.var.key": (
        "{name}: got the key {got!r}, expected one of {known}. Correct it.",
        "{name}: la clave es {got!r} y se esperaba una de {known}. Corríjala.",
    ),
    "classroom.var.ways": (
        "{name}: got {got}, expected exactly one of value, choose and range. Correct it.",
        "{name}: hay {got} y se esperaba exactamente una de value, choose y range. Corríjalo.",
    ),
    "classroom.var.role": (
        "{name}: got the role {got!r}, expected input or param. Correct it.",
        "{name}: el papel es {got!r} y se esperaba input o param. Corríjalo.",
    ),
    "classroom.var.nonzero": (
        "{name}: got nonzero = {got!r}, expected true or false. Correct it.",
        "{name}: hay nonzero = {got!r} y se esperaba true o false. Corríjalo.",
    ),
    "classroom.var.shape": (
        "{name}: got the shape {got}, expected for instance [2, 3], with at most {limit} entries. "
        "Correct it.",
        "{name}: la forma es {got} y se esperaba por ejemplo [2, 3], con {limit} elementos como "
        "mucho. Corríjala.",
    ),
    "classroom.var.value": (
        '{name}: got {got!r}, expected a number such as 0.5 or "1/3", or rows of them ({why}). '
        "Correct it.",
        '{name}: el valor es {got!r} y se esperaba un número como 0.5 o "1/3", o filas de ellos '
        "({why}). Corríjalo.",
    ),
    "classroom.var.choose": (
        "{name}: got choose = {got}, expected a list of values of one shape. Correct it.",
        "{name}: hay choose = {got} y se esperaba una lista de valores de la misma forma. "
        "Corríjalo.",
    ),
    "classroom.var.range": (
        "{name}: got range = {got}, expected [low, high] with low <= high and a positive step "
        "that leaves at most a million numbers. Correct it.",
        "{name}: hay range = {got} y se esperaba [menor, mayor] y un paso positivo que deje como "
        "mucho un millón de números. Corríjalo.",
    ),
    "classroom.var.nothing_left": (
        "{name}: without 0 nothing is left to draw. Add values or remove nonzero.",
        "{name}: sin el 0 no queda nada que sortear. Añada valores o quite nonzero.",
    ),
    # ---- steps and lines ----
    "classroom.step.id": (
        "got the step {got!r}, expected a name such as z, or a derivative such as dL/dw. Write "
        "```step z.",
        "el paso es {got!r} y se esperaba un nombre como z o una derivada como dL/dw. Escriba "
        "```step z.",
    ),
    "classroom.step.kind": (
        "got the kind {got!r}, expected number, symbolic or any. Correct it.",
        "el tipo es {got!r} y se esperaba number, symbolic o any. Corríjalo.",
    ),
    "classroom.step.line": (
        "got {got!r} in a step, expected key = value. Correct it.",
        "hay {got!r} en un paso y se esperaba clave = valor. Corríjalo.",
    ),
    "classroom.step.key": (
        "got the key {got!r}, expected one of {known}. Correct it.",
        "la clave es {got!r} y se esperaba una de {known}. Corríjala.",
    ),
    "classroom.step.twice": (
        "{got} stands twice in this step. Remove one.",
        "{got} está dos veces en este paso. Quite una.",
    ),
    "classroom.step.points": (
        "got {got!r} points, expected a number such as 4 or 1.5. Correct it.",
        "los puntos son {got!r} y se esperaba un número como 4 o 1.5. Corríjalos.",
    ),
    "classroom.step.digits": (
        "got digits = {got!r}, expected 1 to 15. Correct it.",
        "hay digits = {got!r} y se esperaba de 1 a 15. Corríjalo.",
    ),
    "classroom.step.double": (
        "{got} is asked for already, on line {line}. Remove one of the two steps.",
        "{got} ya se pregunta en la línea {line}. Quite uno de los dos pasos.",
    ),
    "classroom.step.no_formula": (
        "the step {got} has no formula. Add expr = ..., or define {got} under [names].",
        "el paso {got} no tiene fórmula. Añada expr = ... o defina {got} en [names].",
    ),
    "classroom.step.inner": (
        "what is derived, {got!r}, has no name. Call the step dL/dw or give it label = dL/dw, so "
        "that answers can name it.",
        "lo que se deriva, {got!r}, no tiene nombre. Llame al paso dL/dw o dele label = dL/dw, "
        "para que las respuestas lo puedan nombrar.",
    ),
    "classroom.step.feedback": (
        "got {got!r}, expected feedback. and a mistake that is named: {known}. Correct it.",
        "hay {got!r} y se esperaba feedback. y un error con nombre: {known}. Corríjalo.",
    ),
    "classroom.step.uses": (
        "uses names {got}, which is no earlier step: expected some of {known}. Correct it, or "
        "leave uses out: what a step uses is computed.",
        "uses nombra {got}, que no es un paso anterior: se esperaba alguno de {known}. Corríjalo o "
        "quite uses: lo que usa un paso se calcula.",
    ),
    "classroom.step.unknown": (
        "{got} is neither a variable nor a line of the exercise. Declare it under [vars] or "
        "[names].",
        "{got} no es ni una variable ni una línea del ejercicio. Declárelo en [vars] o [names].",
    ),
    "classroom.step.nothing": (
        "the step {got} asks for nothing in the graph: expected a line, or the derivative of a "
        "line in an earlier one. Correct it.",
        "el paso {got} no pregunta por nada del grafo: se esperaba una línea o la derivada de una "
        "línea respecto a una anterior. Corríjalo.",
    ),
    "classroom.var.no_leaf": (
        "the file has no input or parameter {name}. Correct the name.",
        "el archivo no tiene la entrada ni el parámetro {name}. Corrija el nombre.",
    ),
    "classroom.line.twice": (
        "{name} is defined on line {line} already, in another way. Keep one definition.",
        "{name} ya se define en la línea {line} de otra forma. Deje una sola definición.",
    ),
    "classroom.line.variable": (
        "{name} is a variable, so it has no formula. Rename the line, or remove it under [vars].",
        "{name} es una variable, así que no tiene fórmula. Cambie el nombre o quítela de [vars].",
    ),
    # ---- sheets ----
    "classroom.sheet.exercise": ("exercise", "ejercicio"),
    "classroom.sheet.variant": ("variant", "variante"),
    "classroom.sheet.student": ("student", "alumno"),
    "classroom.sheet.step": ("Step", "Paso"),
    "classroom.sheet.answer": ("Answer", "Respuesta"),
    "classroom.sheet.points_head": ("Points", "Puntos"),
    "classroom.sheet.points": ("[points: {points}]", "[puntos: {points}]"),
    "classroom.sheet.formula": ("as a formula", "como fórmula"),
    "classroom.sheet.formula_only_in": (
        "as a formula in {names}",
        "como fórmula en {names}",
    ),
    "classroom.sheet.formula_in": ("or a formula in {names}", "o una fórmula en {names}"),
    "classroom.sheet.key_title": ("{title}: key", "{title}: soluciones"),
    "classroom.sheet.hand_in": (
        "To hand in: complete these lines and save them as a text file.",
        "Para entregar: complete estas líneas y guárdelas como archivo de texto.",
    ),
    "classroom.sheet.graph": ("the computational graph", "el grafo computacional"),
    "classroom.pdf.no_engine": (
        "a PDF needs TeX, and none of {engines} is installed. Install TeX Live (Debian: "
        "texlive-latex-recommended texlive-pictures lmodern), or write .html and print it.",
        "un PDF necesita TeX y no está instalado ninguno de {engines}. Instale TeX Live (Debian: "
        "texlive-latex-recommended texlive-pictures lmodern) o escriba .html e imprímalo.",
    ),
    "classroom.pdf.failed": (
        "{engine} refused the sheet: {why}. Correct the formulas in its text, or write .tex and "
        "look at it.",
        "{engine} no aceptó la hoja: {why}. Corrija las fórmulas de su texto o escriba .tex y "
        "revíselo.",
    ),
    "classroom.sheet.save": ("Save the answers", "Guardar las respuestas"),
    "classroom.sheet.file": ("answers.txt", "respuestas.txt"),
    "classroom.sheet.status": ("Status", "Estado"),
    "classroom.sheet.expected": ("Expected", "Esperado"),
    # ---- reports ----
    "classroom.report.points": ("Points: {points} of {max}", "Puntos: {points} de {max}"),
    "classroom.report.mistake": ("It looks as if {what}.", "Parece que {what}."),
    "classroom.report.mistake_at": (
        "It looks as if {what} (in {where}).",
        "Parece que {what} (en {where}).",
    ),
    "classroom.report.charged": (
        "the same mistake as in {step}, charged there only.",
        "el mismo error que en {step}, que se descuenta solo allí.",
    ),
    "classroom.report.given": ("answered: {text}", "respuesta: {text}"),
    "classroom.report.last_counts": (
        "answered {count} times; the last answer counts.",
        "respondido {count} veces; vale la última respuesta.",
    ),
    # ---- marks ----
    "classroom.mark.formula_wanted": (
        "a formula was asked for, not a number.",
        "se pedía una fórmula, no un número.",
    ),
    "classroom.mark.few_digits": (
        "right as far as it goes: {wanted} significant digits were asked for.",
        "correcto hasta donde llega: se pedían {wanted} cifras significativas.",
    ),
    "classroom.mark.few_decimals": (
        "right as far as it goes: {wanted} decimals were asked for.",
        "correcto hasta donde llega: se pedían {wanted} decimales.",
    ),
}
