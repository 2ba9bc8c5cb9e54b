"""Word the terminal app's modes: watching, questions, edits, checks, training."""

MESSAGES: dict[str, tuple[str, str]] = {
    "app.watch": ("watched", "vigilados"),
    "app.watching": ("{name} is watched.", "{name} queda vigilado."),
    "app.not_watching": ("{name} is no longer watched.", "{name} ya no se vigila."),
    "app.paths": ("paths", "caminos"),
    "app.more": ("… +{{count}} more", "… +{{count}} más"),
    "app.no_group": (
        "This box is in no group that could be opened or closed.",
        "Esta caja no está en ningún grupo que se pueda abrir o cerrar.",
    ),
    "app.key.watch": ("Watch", "Vigilar"),
    "app.help.watch": (
        "put the selected node on the watch list, or take it off",
        "pone el nodo elegido en la lista de vigilados, o lo quita",
    ),
    "app.key.fold": ("Open or close group", "Abrir o cerrar grupo"),
    "app.help.fold": (
        "open the selected group, or close the group of the selected box",
        "abre el grupo elegido, o cierra el grupo de la caja elegida",
    ),
    "app.key.close_group": ("Close group", "Cerrar grupo"),
    "app.help.close_group": ("close the group of the box", "cierra el grupo de la caja"),
    "app.key.open": ("Open groups", "Abrir grupos"),
    "app.help.open": (
        "open all closed groups by one level",
        "abre un nivel de todos los grupos cerrados",
    ),
}
