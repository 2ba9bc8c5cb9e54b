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
}
