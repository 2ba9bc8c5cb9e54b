"""Word scenes: typeset labels, layouts, what a figure folds and warns about."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- labels ----
    "scene.unknown_command": (
        "the label {label!r} has the command {got}: expected LaTeX math that can be typeset. "
        "Write it with other commands.",
        "la etiqueta {label!r} tiene la orden {got}: se esperaba LaTeX matemático que se pueda "
        "componer. Escríbala con otras órdenes.",
    ),
    "scene.bad_latex": (
        "the label {label!r} cannot be typeset ({why}): expected LaTeX math, with its brackets "
        "closed. Correct the label.",
        "la etiqueta {label!r} no se puede componer ({why}): se esperaba LaTeX matemático, con "
        "sus llaves cerradas. Corrija la etiqueta.",
    ),
    # ---- words ----
    "scene.start": ("Leaves are given.", "Las hojas están dadas."),
    "scene.words.edge": ("{target} uses {source}", "{target} usa {source}"),
    "scene.words.contribution": ("contribution {value}", "contribución {value}"),
    # ---- choices ----
    "scene.unknown_theme": (
        "there is no theme {got!r}: expected one of {known}. Choose one of them.",
        "no hay ningún tema {got!r}: se esperaba uno de {known}. Elija uno de ellos.",
    ),
    # ---- legend ----
    "figure.role.folded": ("folded lines", "líneas plegadas"),
    "scene.legend.value": ("value", "valor"),
    "scene.legend.adjoint": ("adjoint", "adjunto"),
    "scene.legend.partial": ("local derivative", "derivada local"),
    "scene.legend.contribution": ("contribution", "contribución"),
    "scene.legend.forward": ("is used by", "lo usa"),
    "scene.legend.backward": ("pulled back", "retropropagado"),
}
