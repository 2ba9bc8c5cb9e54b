"""Word tables, derivations and steps, and what rows and symbolic expressions are refused for."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- numbers ----
    "number.array": ("{shape}: {least} to {most}", "{shape}: {least} a {most}"),
    "number.empty": ("{shape}: empty", "{shape}: vacío"),
    # ---- roles ----
    "role.input": ("input", "entrada"),
    "role.parameter": ("parameter", "parámetro"),
    "role.constant": ("constant", "constante"),
    "role.computation": ("computation", "cálculo"),
    "role.loss": ("loss", "pérdida"),
    # ---- run ----
    "run.forward": ("Values and adjoints", "Valores y adjuntos"),
    "run.rounded": (
        "0 but for the rounding of floats: {names}. `--exact` computes with fractions.",
        "0 salvo por el redondeo de los decimales: {names}. `--exact` calcula con fracciones.",
    ),
    "run.values": ("Values", "Valores"),
    "run.backward": (
        "Backward pass: contribution = adjoint · partial",
        "Pasada hacia atrás: contribución = adjunto · derivada local",
    ),
    "run.line": ("line", "línea"),
    "run.formula": ("formula", "fórmula"),
    "run.value": ("value", "valor"),
    "run.adjoint": ("adjoint", "adjunto"),
    "run.partial": ("partial", "derivada local"),
    "run.number": ("number", "número"),
    "run.contribution": ("contribution", "contribución"),
    "run.to": ("to", "a"),
    "run.gradients": ("Gradients of {output}", "Gradientes de {output}"),
    "run.gradients_seeded": (
        "Gradients of {output}, weighted with the seed",
        "Gradientes de {output}, ponderados con la semilla",
    ),
    "run.gradient": ("d{output}/d{name}", "d{output}/d{name}"),
    "run.jacobian": ("Jacobian d{output}/d{name}", "Jacobiano d{output}/d{name}"),
    "run.no_backward": (
        "No gradients: {output} has several entries. Give --seed or --jacobian, or declare a loss.",
        "Sin gradientes: {output} tiene varios elementos. Use --seed o --jacobian, o declare una "
        "pérdida.",
    ),
    "run.more": (
        "  ... and {count} more; --json prints all of them.",
        "  ... y {count} más; --json los imprime todos.",
    ),
    # ---- rows of data ----
    "rows.heading": ("Data: {count} rows", "Datos: {count} filas"),
    "rows.row": ("row", "fila"),
    "rows.means": (
        "Means over the rows of {output} and its gradients",
        "Medias sobre las filas de {output} y sus gradientes",
    ),
    "rows.part": ("part", "parte"),
    "rows.part.train": ("train", "entrenamiento"),
    "rows.part.valid": ("valid", "validación"),
    "rows.part.test": ("test", "prueba"),
    "rows.means_train": (
        "Means of {output} and its gradients over the {count} rows that train",
        "Medias de {output} y sus gradientes sobre las {count} filas que entrenan",
    ),
    "rows.looked_at": (
        "Of the {all} rows of the data, the {count} that train are looked at; --row N takes "
        "another.",
        "De las {all} filas de los datos se miran las {count} que entrenan; --row N toma otra.",
    ),
    "rows.trouble": ("row {row} of the data: {what}", "fila {row} de los datos: {what}"),
    "rows.first": (
        "This is row 1 of {count}; --row N takes another.",
        "Es la fila 1 de {count}; --row N toma otra.",
    ),
    "rows.class": ("class", "clase"),
    "rows.right": (
        "{name} is right on {right} of {count} rows: {percent} %.",
        "{name} acierta en {right} de {count} filas: {percent} %.",
    ),
    "rows.unseen": (
        "{target} is {word} in {rows} of {count} rows, a class that the data of the training never "
        "had: no answer names it, and such a row counts as wrong.",
        "{target} es {word} en {rows} de {count} filas, una clase que los datos del entrenamiento "
        "no tenían: ninguna respuesta la nombra y esas filas cuentan como fallos.",
    ),
    "run.option.of": (
        "of each row of the data only what this line says, and the class that it names",
        "de cada fila de los datos solo lo que dice esta línea, y la clase que nombra",
    ),
    "run.option.rows": (
        "the same of the rows of another CSV file, with or without the target",
        "lo mismo de las filas de otro archivo CSV, con o sin el objetivo",
    ),
    "run.not_of_rows": (
        "{name} has no entry for each of the {rows} rows: --of shows a line row by row. Name "
        "another line.",
        "{name} no tiene una entrada por cada una de las {rows} filas: --of muestra una línea fila "
        "por fila. Nombre otra línea.",
    ),
    "run.all_rows": (
        "--of and --rows show every row: leave out --row {row}, or take --row {row} alone.",
        "--of y --rows muestran todas las filas: quite --row {row}, o use solo --row {row}.",
    ),
    "run.no_rows": (
        "--of and --rows show a line over rows of data: expected a file with a `data` line. Give "
        "values with --set instead.",
        "--of y --rows muestran una línea sobre filas de datos: se esperaba un archivo con una "
        "línea `data`. Dé los valores con --set.",
    ),
    "rows.one": (
        "--row N shows every step of one row.",
        "--row N muestra cada paso de una fila.",
    ),
    "run.one_row": (
        "{option} shows one row of the data: expected --row N with it. Add --row 1.",
        "{option} muestra una fila de los datos: se esperaba --row N junto a ella. Añada --row 1.",
    ),
    "run.option.relu_at_zero": (
        "the derivative of relu at 0: a number from 0 to 1, such as 1/2, or that of a course: "
        "oviedo (0), upv (none); otherwise 0",
        "la derivada de relu en 0: un número de 0 a 1, como 1/2, o la de un curso: oviedo (0), "
        "upv (ninguna); si no, 0",
    ),
    "run.bad_choice": (
        "--relu-at-0 is a number from 0 to 1 or one of {known}, got {got}.{near}",
        "--relu-at-0 es un número de 0 a 1 o uno de {known}; se dio {got}.{near}",
    ),
    "run.no_relu_at_zero": (
        "{name} has no derivative here: the argument of relu is 0, and nothing is to be taken "
        "there. Choose a number, such as --relu-at-0 0, or other values with --set.",
        "{name} no tiene derivada aquí: el argumento de relu es 0, y allí no se ha de tomar nada. "
        "Elija un número, como --relu-at-0 0, u otros valores con --set.",
    ),
    "run.rewritten": (
        "Stable form of {line}: {before} became {after}.",
        "Forma estable de {line}: {before} pasó a {after}.",
    ),
    "run.stable_already": (
        "No line has a stable form that it does not use already.",
        "Ninguna línea tiene una forma estable que no use ya.",
    ),
    "run.convention": (
        "At {formula}{entries}: {convention}.",
        "En {formula}{entries}: {convention}.",
    ),
    "run.convention_entries": (" in entry {entries}", " en el elemento {entries}"),
    # ---- explain ----
    "explain.symbols": (
        "{own}: the chain rule in symbols, from the output back",
        "{own}: la regla de la cadena en símbolos, desde la salida hacia atrás",
    ),
    "explain.numbers": ("In numbers", "En números"),
    "explain.expanded": (
        "Over the inputs and parameters alone:",
        "Solo con entradas y parámetros:",
    ),
    "explain.skipped": ("... {count} more ...", "... {count} más ..."),
    "explain.one_path": (
        "1 path from {source} to {output}",
        "1 camino de {source} a {output}",
    ),
    "explain.paths": (
        "{count} paths from {source} to {output}; the gradient is the sum of their products",
        "{count} caminos de {source} a {output}; el gradiente es la suma de sus productos",
    ),
    "explain.digits": (
        "{first}...{last} ({count} digits)",
        "{first}...{last} ({count} cifras)",
    ),
    "explain.not_listed": (
        "They lead over too many edges to be listed.",
        "Pasan por demasiadas aristas para listarlos.",
    ),
    "explain.some_paths": ("The {count} shortest:", "Los {count} más cortos:"),
    "explain.some_sum": (
        "These alone sum to {total}; all paths together give",
        "Estos solos suman {total}; todos los caminos juntos dan",
    ),
    "explain.sum": ("Sum:", "Suma:"),
    # ---- gradcheck ----
    "gradcheck.too_many": (
        "{got} entries would be compared one by one, over arrays of {held} numbers; the limits are "
        "{limit} and {most}. Use smaller arrays: a gradient that is right for few entries is right "
        "for many.",
        "se compararían {got} elementos uno a uno, con matrices de {held} números; los límites son "
        "{limit} y {most}. Use matrices menores: un gradiente correcto con pocos elementos lo es "
        "con muchos.",
    ),
    "gradcheck.too_long": (
        "{got} entries would be compared one by one over {nodes} operations: {runs} steps, the "
        "limit is {limit}. Use smaller arrays: a gradient that is right for few entries is right "
        "for many.",
        "se compararían {got} elementos uno a uno con {nodes} operaciones: {runs} pasos, el límite "
        "es {limit}. Use matrices menores: un gradiente correcto con pocos elementos lo es con "
        "muchos.",
    ),
    "gradcheck.unwitnessed": (
        "Symbolic: sympy did not differentiate {names}, which would take it too long; there the "
        "op's own rule stands in, and the other columns decide.",
        "Simbólico: sympy no derivó {names}, pues tardaría demasiado; ahí se usa la regla propia "
        "de la operación, y deciden las otras columnas.",
    ),
    "gradcheck.name": ("gradient", "gradiente"),
    "gradcheck.reverse": ("reverse", "inverso"),
    "gradcheck.forward": ("forward", "directo"),
    "gradcheck.symbolic": ("symbolic", "simbólico"),
    "gradcheck.central": ("central", "central"),
    "gradcheck.error": ("error", "error"),
    "gradcheck.differs": ("differs", "difiere"),
    "gradcheck.at_kink": ("kink", "anguloso"),
    "gradcheck.worst": (
        "The {count} rows with the largest errors, of {total}:",
        "Las {count} filas con mayor error, de {total}:",
    ),
    "gradcheck.output": ("output", "salida"),
    "gradcheck.weighted": (
        "{output} has several entries: they were weighted with 1, 8/7, 9/7, ... and added.",
        "{output} tiene varios elementos: se ponderaron con 1, 8/7, 9/7, ... y se sumaron.",
    ),
    "gradcheck.kink": (
        "The point lies at a kink of {names}: differences mean nothing there.",
        "El punto es anguloso para {names}: las diferencias no dicen nada ahí.",
    ),
    "gradcheck.ok_but_kinks": (
        "All four agree in {agree} of {count} entries: largest relative error {error} in {worst}, "
        "tolerance {tolerance}. Not compared: {kinks} at a kink, where there is no derivative to "
        "confirm; the value taken there is a convention.",
        "Las cuatro coinciden en {agree} de {count} elementos: mayor error relativo {error} en "
        "{worst}, tolerancia {tolerance}. Sin comparar: {kinks} en un punto anguloso, donde no hay "
        "derivada que confirmar; el valor tomado ahí es un convenio.",
    ),
    "gradcheck.nothing": (
        "Nothing was compared: the graph has no input and no parameter.",
        "No se comparó nada: el grafo no tiene entradas ni parámetros.",
    ),
    "gradcheck.only_kinks": (
        "Nothing was compared: {kinks} of {count} entries are at a kink, where there is no "
        "derivative to confirm; the value taken there is a convention. Move the point.",
        "No se comparó nada: {kinks} de {count} elementos están en un punto anguloso, donde no hay "
        "derivada que confirmar; el valor tomado ahí es un convenio. Mueva el punto.",
    ),
    "gradcheck.ok": (
        "All four agree: {count} entries, largest relative error {error} in {worst}, tolerance "
        "{tolerance}.",
        "Las cuatro coinciden: {count} elementos, mayor error relativo {error} en {worst}, "
        "tolerancia {tolerance}.",
    ),
    "gradcheck.failed": (
        "They disagree in {bad} of {count} entries: largest relative error {error} in {worst}, "
        "tolerance {tolerance}.",
        "Discrepan en {bad} de {count} elementos: mayor error relativo {error} en {worst}, "
        "tolerancia {tolerance}.",
    ),
    # ---- steps ----
    "step.and": ("{first} and {last}", "{first} y {last}"),
    "step.forward_title": ("Forward: {name}", "Hacia delante: {name}"),
    "step.forward": (
        "From {operands} follows {name} = {value}.",
        "De {operands} se obtiene {name} = {value}.",
    ),
    "step.forward_constant": (
        "{name} depends on no input: its value is {value}.",
        "{name:name} no depende de ninguna entrada: su valor es {value}.",
    ),
    "step.seed_title": ("Seed: {name}", "Semilla: {name}"),
    "step.seed_word": ("seed", "semilla"),
    "step.seed": (
        "The backward pass starts at {name}: its derivative with respect to itself is 1.",
        "La pasada hacia atrás parte de {name:name}: su derivada respecto a sí misma es 1.",
    ),
    "step.seed_given": (
        "The backward pass starts at {name} with the given seed {seed}.",
        "La pasada hacia atrás parte de {name:name} con la semilla dada {seed}.",
    ),
    "step.accumulate_title": ("Accumulate: adjoint of {name}", "Acumular: adjunto de {name}"),
    "step.accumulate_one": (
        "{name} is used once, by {targets}, so its adjoint is that contribution: {value}.",
        "{name:name} se usa una vez, en {targets}, así que su adjunto es esa contribución: "
        "{value}.",
    ),
    "step.accumulate": (
        "{name} is used {count} times, by {targets}: its adjoint is the sum of the contributions, "
        "{value}.",
        "{name:name} se usa {count} veces, en {targets}: su adjunto es la suma de las "
        "contribuciones, {value}.",
    ),
    "step.gradient_parameter": (
        "This is the gradient of the parameter {name}.",
        "Es el gradiente del parámetro {name:name}.",
    ),
    "step.gradient_input": (
        "This is the gradient of the input {name}.",
        "Es el gradiente de la entrada {name:name}.",
    ),
    "step.pullback_formula": (
        "{product} with {local} = {symbol}",
        "{product} con {local} = {symbol}",
    ),
    "step.pullback_title": ("Pull back: {target} → {source}", "Llevar atrás: {target} → {source}"),
    "step.pullback": (
        "The adjoint of {target}, {adjoint}, times the local derivative {local} = {partial} "
        "contributes {contribution} to {source}.",
        "El adjunto de {target:name}, {adjoint}, por la derivada local {local} = {partial} aporta "
        "{contribution} a {source:name}.",
    ),
    "step.pullback_structural": (
        "The adjoint of {target}, {adjoint}, pulled back as {symbol}, contributes {contribution} "
        "to {source}.",
        "El adjunto de {target:name}, {adjoint}, llevado atrás como {symbol}, aporta "
        "{contribution} a {source:name}.",
    ),
    "step.start_title": ("Start: the leaves are given", "Inicio: las hojas están dadas"),
    "step.start": (
        "{count} leaves have their values; nothing is computed yet.",
        "{count} hojas tienen su valor; aún no se ha calculado nada.",
    ),
    "step.backward_title": ("Backward: {name}", "Hacia atrás: {name}"),
    "step.adjoint": ("The adjoint of {name} is {value}.", "El adjunto de {name:name} es {value}."),
    "step.contributes": ("{name} contributes {what}.", "{name:name} aporta {what}."),
    "step.gives": ("{value} to {name}", "{value} a {name:name}"),
    "step.convention": ("Note: {convention}.", "Nota: {convention}."),
    # ---- rows checked on registration ----
    "row.partial_wrong": (
        "the op {row} states a wrong derivative by {argument}: at {point} it gives {got}, but the "
        "formula's derivative is {expected}. Correct it, or leave it out.",
        "la operación {row} declara una derivada errónea respecto a {argument}: en {point} da "
        "{got}, pero la de la fórmula es {expected}. Corríjala u omítala.",
    ),
    "row.partial_count": (
        "the op {row} states {got} partials: expected {expected}, one per argument. Add or remove "
        "some.",
        "la operación {row} declara {got} derivadas: se esperaban {expected}, una por argumento. "
        "Añada o quite.",
    ),
    "row.evaluate_wrong": (
        "the op {row} evaluates to {got} at {point}: expected {expected} from its formula. "
        "Correct evaluate.",
        "la operación {row} se evalúa a {got} en {point}: se esperaba {expected} según su "
        "fórmula. Corrija evaluate.",
    ),
    "row.evaluate_fails": (
        "the op {row} cannot be evaluated at {point} ({reason}). Correct its evaluation.",
        "la operación {row} no se puede evaluar en {point} ({reason}). Corrija su evaluación.",
    ),
    "row.formula_fails": (
        "the formula of {row} is no real number at {point}. Declare its domain, or correct it.",
        "la fórmula de {row} no es un número real en {point}. Declare su dominio o corríjala.",
    ),
    "row.unknown_function": (
        "the formula of {row} uses m.{got}, which does not exist. Use functions such as m.exp, "
        "m.tanh or m.where.",
        "la fórmula de {row} usa m.{got}, que no existe. Use funciones como m.exp, m.tanh o "
        "m.where.",
    ),
    "row.no_number": (
        "the formula of {row} gives {got}, which is no number. Return one, such as m.exp(x) + 1.",
        "la fórmula de {row} da {got}, que no es un número. Devuelva uno, como m.exp(x) + 1.",
    ),
    "row.not_symbolic": (
        "the formula of {row} does not run on symbols ({reason}). Write m.where instead of if.",
        "la fórmula de {row} no funciona con símbolos ({reason}). Escriba m.where en lugar de if.",
    ),
    "row.no_points": (
        "no point to test {row} at. Give a sample interval inside its domain, or examples.",
        "no hay ningún punto donde probar {row}. Dé un intervalo sample dentro de su dominio, o "
        "ejemplos.",
    ),
    "row.no_derivative": (
        "sympy's derivative of {row} by {argument} contains {got}, which no op computes. State "
        "the derivative yourself.",
        "la derivada que sympy da de {row} respecto a {argument} contiene {got}, que ninguna "
        "operación calcula. Declare la derivada.",
    ),
    "row.pullback_wrong": (
        "the pullback or pushforward of {row} by {argument} is wrong for the shapes {shapes}: got "
        "{got}, expected {expected}. Correct it.",
        "el pullback o pushforward de {row} respecto a {argument} es erróneo para las formas "
        "{shapes}: da {got}, se esperaba {expected}. Corríjalo.",
    ),
    "row.shape_wrong": (
        "the shape rule of {row} says {got} for {shapes}, the evaluation gives {expected}. "
        "Correct one of them.",
        "la regla de forma de {row} dice {got} para {shapes}; la evaluación da {expected}. "
        "Corrija una de las dos.",
    ),
    # ---- written-out expressions ----
    "symbolic.too_large": (
        "written out, {name} has {size} symbols and operations: the limit is {limit}. Use the "
        "named intermediates, or raise the limit.",
        "desarrollado, {name} tiene {size} símbolos y operaciones: el límite es {limit}. Use los "
        "intermedios con nombre o suba el límite.",
    ),
    "symbolic.needs_scalars": (
        "{name} is an array or comes from one: only scalar graphs are written out. Use the named "
        "intermediates.",
        "{name} es un array o procede de uno: solo se desarrollan grafos escalares. Use los "
        "intermedios con nombre.",
    ),
    "symbolic.no_text": (
        "the expression contains {got}, which a formula cannot say. Rewrite it with the known "
        "functions.",
        "la expresión contiene {got}, que una fórmula no puede expresar. Reescríbala con las "
        "funciones conocidas.",
    ),
    "symbolic.not_real": (
        "{name} or a derivative of it is no finite real number at this point. Move the point.",
        "{name} o una derivada suya no es un número real finito en este punto. Cambie el punto.",
    ),
}
