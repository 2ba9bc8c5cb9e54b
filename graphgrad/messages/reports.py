"""Word tables, derivations and steps."""

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
    "rows.one": (
        "--row N shows every step of one row.",
        "--row N muestra cada paso de una fila.",
    ),
    "run.convention": ("At {formula} {convention}.", "En {formula} {convention}."),
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
    "step.convention": ("Note: {convention}.", "Nota: {convention}."),
}
