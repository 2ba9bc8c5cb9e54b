"""Word tables, derivations and steps."""

from graphgrad.messages.stepping import MESSAGES as STEPPING

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
    "rows.trouble": ("row {row} of the data: {what}", "fila {row} de los datos: {what}"),
    "rows.first": (
        "This is row 1 of {count}; --row N takes another.",
        "Es la fila 1 de {count}; --row N toma otra.",
    ),
    "rows.one": (
        "--row N shows every step of one row.",
        "--row N muestra cada paso de una fila.",
    ),
    "run.one_row": (
        "{option} shows one row of the data: expected --row N with it. Add --row 1.",
        "{option} muestra una fila de los datos: se esperaba --row N junto a ella. Añada --row 1.",
    ),
    "run.convention": ("At {formula} {convention}.", "En {formula} {convention}."),
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
    "gradcheck.weighted": (
        "{output} has several entries: they were weighted with 1, 8/7, 9/7, ... and added.",
        "{output} tiene varios elementos: se ponderaron con 1, 8/7, 9/7, ... y se sumaron.",
    ),
    "gradcheck.kink": (
        "The point lies at a kink of {names}: differences mean nothing there.",
        "El punto es anguloso para {names}: las diferencias no dicen nada ahí.",
    ),
    "gradcheck.ok": (
        "All four agree: {count} entries, largest relative error {error}, tolerance {tolerance}.",
        "Las cuatro coinciden: {count} elementos, mayor error relativo {error}, tolerancia "
        "{tolerance}.",
    ),
    "gradcheck.failed": (
        "They disagree in {bad} of {count} entries: largest relative error {error}, tolerance "
        "{tolerance}.",
        "Discrepan en {bad} de {count} elementos: mayor error relativo {error}, tolerancia "
        "{tolerance}.",
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
        "{name} no depende de ninguna entrada: su valor es {value}.",
    ),
    "step.seed_title": ("Seed: {name}", "Semilla: {name}"),
    "step.seed_word": ("seed", "semilla"),
    "step.seed": (
        "The backward pass starts at {name}: its derivative with respect to itself is 1.",
        "La pasada hacia atrás parte de {name}: su derivada respecto a sí misma es 1.",
    ),
    "step.seed_given": (
        "The backward pass starts at {name} with the given seed {seed}.",
        "La pasada hacia atrás parte de {name} con la semilla dada {seed}.",
    ),
    "step.accumulate_title": ("Accumulate: adjoint of {name}", "Acumular: adjunto de {name}"),
    "step.accumulate_one": (
        "{name} is used once, by {targets}, so its adjoint is that contribution: {value}.",
        "{name} se usa una vez, en {targets}, así que su adjunto es esa contribución: {value}.",
    ),
    "step.accumulate": (
        "{name} is used {count} times, by {targets}: its adjoint is the sum of the contributions, "
        "{value}.",
        "{name} se usa {count} veces, en {targets}: su adjunto es la suma de las contribuciones, "
        "{value}.",
    ),
    "step.gradient_parameter": (
        "This is the gradient of the parameter {name}.",
        "Es el gradiente del parámetro {name}.",
    ),
    "step.gradient_input": (
        "This is the gradient of the input {name}.",
        "Es el gradiente de la entrada {name}.",
    ),
    "step.pullback_formula": (
        "{product} with {local} = {symbol}",
        "{product} con {local} = {symbol}",
    ),
    "step.pullback_title": ("Pull back: {target} → {source}", "Llevar atrás: {target} → {source}"),
    "step.pullback": (
        "The adjoint of {target}, {adjoint}, times the local derivative {local} = {partial} "
        "contributes {contribution} to {source}.",
        "El adjunto de {target}, {adjoint}, por la derivada local {local} = {partial} aporta "
        "{contribution} a {source}.",
    ),
    "step.pullback_structural": (
        "The adjoint of {target}, {adjoint}, pulled back as {symbol}, contributes {contribution} "
        "to {source}.",
        "El adjunto de {target}, {adjoint}, llevado atrás como {symbol}, aporta {contribution} a "
        "{source}.",
    ),
    "step.start_title": ("Start: the leaves are given", "Inicio: las hojas están dadas"),
    "step.start": (
        "{count} leaves have their values; nothing is computed yet.",
        "{count} hojas tienen su valor; aún no se ha calculado nada.",
    ),
    "step.backward_title": ("Backward: {name}", "Hacia atrás: {name}"),
    "step.adjoint": ("The adjoint of {name} is {value}.", "El adjunto de {name} es {value}."),
    "step.contributes": ("{name} contributes {what}.", "{name} aporta {what}."),
    "step.gives": ("{value} to {name}", "{value} a {name}"),
    "step.convention": ("Note: {convention}.", "Nota: {convention}."),
} | STEPPING
