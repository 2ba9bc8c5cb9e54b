"""Word figures: labels, layouts, what is folded, formats and what a file needs."""

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
    # ---- folding ----
    "scene.unknown_group": (
        "there is no group {got!r} to collapse: expected {known}. Choose one of them.",
        "no hay ningún grupo {got!r} que plegar: se esperaba {known}. Elija uno de ellos.",
    ),
    "scene.words.folded": ("{title}, {count} folded lines", "{title}, {count} líneas plegadas"),
    "scene.note.folded": ("Folded: {title} ({count} lines).", "Plegado: {title} ({count} líneas)."),
    "scene.note.hidden": (
        "Folded: {title} ({count} lines). Not drawn: {names}.",
        "Plegado: {title} ({count} líneas). Sin dibujar: {names}.",
    ),
    # ---- pages ----
    "scene.unknown_page": (
        "there is no page {got!r}: expected {known}, or a size in points such as 640x360. Choose "
        "one of them.",
        "no hay ninguna página {got!r}: se esperaba {known}, o un tamaño en puntos como 640x360. "
        "Elija una de ellas.",
    ),
    "scene.note.long": (
        "Labels too long to be drawn, so the names stand there: {names}.",
        "Etiquetas demasiado largas para dibujarlas, así que figuran los nombres: {names}.",
    ),
    "scene.note.frames": (
        "Left out: the frames of {names}, whose boxes do not stand together.",
        "Omitido: los marcos de {names}, cuyas cajas no están juntas.",
    ),
    "scene.note.rows": (
        "Wrapped to fit: the main chain runs in {rows} rows, back and forth.",
        "Doblado para que quepa: la cadena principal va en {rows} filas, de ida y vuelta.",
    ),
    "scene.note.small": (
        "The smallest letters on {page} are {size} pt: too small to read from afar. Draw a part "
        "with --wrt, show less with --show, or collapse groups.",
        "Las letras más pequeñas en {page} miden {size} pt: no se leen de lejos. Dibuje una parte "
        "con --wrt, muestre menos con --show, o pliegue grupos.",
    ),
    "scene.note.pixels": (
        "On a slide of 1920x1080 the smallest letters would be {size} px high, under {least}. "
        "Draw a part with --wrt, or show less with --show.",
        "En una diapositiva de 1920x1080 las letras más pequeñas medirían {size} px, menos de "
        "{least}. Dibuje una parte con --wrt, o muestre menos con --show.",
    ),
    "scene.note.pixels_fit": (
        "On a slide of 1920x1080 the smallest letters would be {size} px high, under {least}. "
        "Draw a part with --wrt, show less with --show, or fit a page with --fit.",
        "En una diapositiva de 1920x1080 las letras más pequeñas medirían {size} px, menos de "
        "{least}. Dibuje una parte con --wrt, muestre menos con --show, o ajuste con --fit.",
    ),
    "scene.note.brief1": (
        "Left out to fit: sums in the boxes.",
        "Omitido para que quepa: las sumas en las cajas.",
    ),
    "scene.note.brief2": (
        "Left out to fit: formulas on the arrows, sums in the boxes.",
        "Omitido para que quepa: fórmulas en las flechas, sumas en las cajas.",
    ),
    "scene.note.brief3": (
        "Left out to fit: all but the numbers on the arrows, sums in the boxes.",
        "Omitido para que quepa: en las flechas, todo menos los números; en las cajas, las sumas.",
    ),
    "scene.note.brief4": (
        "Left out to fit: all labels on the arrows, sums in the boxes.",
        "Omitido para que quepa: toda etiqueta en las flechas, sumas en las cajas.",
    ),
    "scene.pixels": (
        "the picture would have {width}x{height} pixels: expected at least 1x1, and at most {most} "
        "in all. Choose another --scale, or write .svg.",
        "la imagen tendría {width}x{height} píxeles: se esperaba al menos 1x1, y como mucho {most} "
        "en total. Elija otra --scale, o escriba .svg.",
    ),
    # ---- notation ----
    "scene.unknown_notation": (
        "there is no notation {got!r}: expected one of {known}. Choose one of them.",
        "no hay ninguna notación {got!r}: se esperaba una de {known}. Elija una de ellas.",
    ),
    "scene.note.kept": (
        "Kept their own names, since the symbol is taken: {names}.",
        "Conservan su nombre, porque el símbolo ya está ocupado: {names}.",
    ),
    # ---- options of render ----
    "render.word.names": ("NAMES", "NOMBRES"),
    "render.word.page": ("PAGE", "PÁGINA"),
    "render.word.folds": ("WHAT", "QUÉ"),
    "render.option.blank": (
        "numbers left out as numbered empty boxes, for a worksheet: values, adjoints, partials, "
        "contributions, separated by commas; what is given stays",
        "números que se dejan como recuadros vacíos numerados, para una hoja de ejercicios: "
        "values, adjoints, partials, contributions (valores, adjuntos, derivadas locales, "
        "contribuciones), separados por comas; los datos se quedan",
    ),
    "render.option.frames": (
        "write every step as well, one file each in FOLDER, in the format of the output file",
        "escribe además cada paso en un archivo de CARPETA, en el formato del archivo de salida",
    ),
    "render.option.path": (
        "names along one path, separated by commas; the rest is drawn grey",
        "nombres a lo largo de un camino, separados por comas; lo demás se dibuja en gris",
    ),
    "render.option.theme": (
        "the colours; print is in black and white, lectures as in the slides",
        "los colores; print es en blanco y negro, lectures como en las diapositivas",
    ),
    "render.option.style": (
        "formulas in boxes, operators in circles, or circles with numbers on the wires",
        "fórmulas en cajas, operadores en círculos, o círculos con los números en los cables",
    ),
    "render.option.notation": (
        "the letters of a course for weights, outputs and loss; otherwise the file's own names",
        "las letras de un curso para pesos, salidas y pérdida; si no, los nombres del archivo",
    ),
    "render.option.scale": (
        "pixels per pixel of the page in .png, .gif, .webp and .pptx files; otherwise what suits "
        "the format, 2 for .png",
        "píxeles por píxel de la página en archivos .png, .gif, .webp y .pptx; si no, lo que "
        "convenga al formato, 2 en .png",
    ),
    "render.option.legend": (
        "explain shapes, colours and lines below the graph",
        "explica formas, colores y líneas bajo el grafo",
    ),
    "render.option.direction": (
        "from left to right, from top to bottom, or what fills a slide better",
        "de izquierda a derecha, de arriba abajo, o lo que llene mejor una diapositiva",
    ),
    "render.option.collapse": (
        "what is folded: auto, none, repeats, depth:N, blocks:N or names of groups, separated by "
        "commas; otherwise auto, what could not be read",
        "qué se pliega: auto, none, repeats, depth:N, blocks:N o nombres de grupos, separados por "
        "comas; si no, auto, lo que no se podría leer",
    ),
    "render.option.fit": (
        "fit a page: beamer169, beamer43, pptx, a4-column, or a size in points such as 640x360; "
        "beamer169-body, beamer43-body, pptx-body and reveal-body leave room for title and caption",
        "ajusta a una página: beamer169, beamer43, pptx, a4-column, o un tamaño en puntos como "
        "640x360; beamer169-body, beamer43-body, pptx-body y reveal-body dejan sitio al título y "
        "al pie",
    ),
    "render.option.digits": ("significant digits; otherwise 4", "cifras significativas; si no, 4"),
    "render.option.decimal_comma": (
        "write numbers with a decimal comma",
        "escribe los números con coma decimal",
    ),
    "figure.not_in_dot": (
        "DOT source cannot show {got}: expected only {known}. Leave the rest out, or write "
        "another format.",
        "el código DOT no puede mostrar {got}: se esperaba solo {known}. Quite lo demás o escriba "
        "otro formato.",
    ),
    # ---- optional formats ----
    "scene.needs_extra": (
        "{format} needs a package that is not installed: it comes with the extra {extra!r}. "
        "Install it with: pip install 'graphgrad[{extra}]'.",
        "{format} necesita un paquete que no está instalado: viene con el extra {extra!r}. "
        "Instálelo con: pip install 'graphgrad[{extra}]'.",
    ),
}

MESSAGES |= {
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
