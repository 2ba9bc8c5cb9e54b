"""Word formats of figures: what can be written, what a file needs, what does not go together."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- choosing a format ----
    "format.unknown": (
        "there is no format {got!r}: expected one of {known}. Choose one of them.",
        "no hay ningún formato {got!r}: se esperaba uno de {known}. Elija uno de ellos.",
    ),
    "format.ending": (
        "{path}: the format {format} is written to files that end in {expected}. Change the "
        "ending or --format.",
        "{path}: el formato {format} se escribe en archivos que terminan en {expected}. Cambie la "
        "extensión o --format.",
    ),
    "format.all_steps": (
        "--frames writes a file per step, but one file of the format {format} holds every step. "
        "Leave --frames out, or write .svg, .png or .pdf.",
        "--frames escribe un archivo por paso, pero un solo archivo del formato {format} contiene "
        "todos los pasos. Quite --frames, o escriba .svg, .png o .pdf.",
    ),
    "format.too_many_steps": (
        "the figure has {got} steps: expected at most {limit} in a deck, a page, an animation or "
        "--frames. {hint}",
        "la figura tiene {got} pasos: se esperaban como mucho {limit} en una presentación, una "
        "página, una animación o --frames. {hint}",
    ),
    "format.hint.fold": (
        "Make one step of each line with --fold line.",
        "Haga un paso de cada línea con --fold line.",
    ),
    "format.hint.one": (
        "Draw one step with --step as .svg, .png or .pdf, or a smaller graph.",
        "Dibuje un solo paso con --step como .svg, .png o .pdf, o un grafo más pequeño.",
    ),
    "format.no_pixels": (
        "--scale counts pixels, and the format {format} has none: it is sharp at any size. Leave "
        "--scale out, or fit a page with --fit.",
        "--scale cuenta píxeles y el formato {format} no los tiene: se ve nítido a cualquier "
        "tamaño. Quite --scale o ajuste la figura a una página con --fit.",
    ),
    # ---- what a file says of itself ----
    "format.header.tikz": (
        r"Take this file in with \input; the document needs in its preamble:",
        r"Incluya este archivo con \input; el documento necesita en su preámbulo:",
    ),
    "format.header.overlays": (
        r"Take this file in with \input in a frame of Beamer, which needs in its preamble:",
        r"Incluya este archivo con \input en un frame de Beamer, que necesita en su preámbulo:",
    ),
    # ---- options of render ----
    "render.option.format": (
        "the format, where the ending leaves a choice: .tex is tex (a document of the figure), "
        r"tikz (to \input), beamer (a deck, a page per step) or overlays (the deck's picture, to "
        r"\input in a frame); .html is html or reveal (a slide to paste into reveal.js)",
        "el formato, cuando la extensión deja elegir: .tex es tex (un documento con la figura), "
        r"tikz (para \input), beamer (una presentación, una página por paso) u overlays (su "
        r"imagen, para \input en un frame); .html es html o reveal (una diapositiva que se pega en "
        "reveal.js)",
    ),
    "render.option.fold": (
        "what counts as a step: all of a line of the file, all of an operation, or each event on "
        "an edge, as in `step`; otherwise line, with --detail op node",
        "qué cuenta como paso: todo lo de una línea del archivo, todo lo de una operación, o cada "
        "suceso en una arista, como en `step`; si no, line, y con --detail op node",
    ),
    "render.option.seconds": (
        "how long an animation (.gif, .webp) shows a step, the last one twice as long; otherwise "
        "1.5",
        "cuánto muestra cada paso una animación (.gif, .webp), el último el doble; si no, 1.5",
    ),
    "render.option.once": (
        "let an animation play once and stop at its last step",
        "la animación se reproduce una vez y se para en el último paso",
    ),
}
