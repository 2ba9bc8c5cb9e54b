"""Word the pages: the stepper in one HTML file, its questions, and the gallery."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- stepper ----
    "stepper_page.count": ("Step {step} of {last}", "Paso {step} de {last}"),
    "stepper_page.back": ("Previous step", "Paso anterior"),
    "stepper_page.next": ("Next step", "Paso siguiente"),
    "stepper_page.slider": ("Step", "Paso"),
    "stepper_page.play": ("Play", "Reproducir"),
    "stepper_page.pause": ("Pause", "Pausa"),
    "stepper_page.whole": ("Full screen", "Pantalla completa"),
    "stepper_page.predict": ("Predict", "Predecir"),
    "stepper_page.keys": (
        "Keys: → Space PageDown forward, ← PageUp back, Home first, End last.",
        "Teclas: → Espacio AvPág avanza, ← RePág retrocede, Inicio primero, Fin último.",
    ),
    "stepper_page.no_script": (
        "This page steps with JavaScript, which is switched off: it stays at its first step.",
        "Esta página avanza con JavaScript, que está desactivado: se queda en su primer paso.",
    ),
    "stepper_page.table": ("Values and adjoints", "Valores y adjuntos"),
    "stepper_page.table.name": ("Name", "Nombre"),
    "stepper_page.table.role": ("Role", "Papel"),
    "stepper_page.table.value": ("Value", "Valor"),
    "stepper_page.table.adjoint": ("Adjoint", "Adjunto"),
    "stepper_page.derivatives": ("Local derivatives", "Derivadas locales"),
    "stepper_page.derivatives.edge": ("Arrow", "Flecha"),
    "stepper_page.derivatives.formula": ("Symbols", "Símbolos"),
    "stepper_page.derivatives.partial": ("Number", "Número"),
    "stepper_page.derivatives.contribution": ("Contribution", "Contribución"),
    # ---- a live session ----
    "live.nothing_asked": (
        "Nothing is asked while numbers are not finite: correct that, and Predict is back.",
        "No se pregunta nada mientras haya números no finitos: corríjalos y vuelve Predecir.",
    ),
    "live.no_deed": (
        'A message asks to do {got}: expected one of {known}.{near} Correct the field "do".',
        'Un mensaje pide hacer {got}: se esperaba uno de {known}.{near} Corrija el campo "do".',
    ),
    "live.no_text": (
        'The field "{name}" of a message is of type {got}: expected a text, not longer than a '
        "file may be. Give it.",
        'El campo "{name}" de un mensaje es de tipo {got}: se esperaba un texto, no más largo '
        "que un archivo. Escríbalo.",
    ),
    "live.no_choice": (
        "The view has no choice {got}: expected one of {known}.{near} Correct the name.",
        "La vista no tiene la opción {got}: se esperaba una de {known}.{near} Corrija el nombre.",
    ),
    "live.choice": (
        "{name} cannot be {got}: expected one of {known}.{near} Choose one of them.",
        "{name} no puede ser {got}: se esperaba uno de {known}.{near} Elija uno de ellos.",
    ),
    "live.no_leaf": (
        "There is no leaf {name} in the graph: it has {known}.{near} Correct the name.",
        "No hay ninguna hoja {name} en el grafo: tiene {known}.{near} Corrija el nombre.",
    ),
    "live.no_value": (
        "{name} has no value, so there are no steps yet: type one below, or give it in the text.",
        "{name} no tiene valor y aún no hay pasos: escriba uno abajo, o délo en el texto.",
    ),
    # ---- what the command line words with its options, as a page or a notebook has it ----
    "live.instead.figure.too_many": (
        "the figure would have {got} boxes: expected at most {limit}. Choose layers or blocks "
        "under Depth, leave Entry by entry off, or show a smaller graph.",
        "la figura tendría {got} cajas: se esperaban como mucho {limit}. Elija capas o bloques en "
        "Profundidad, quite Entrada a entrada o muestre un grafo más pequeño.",
    ),
    "live.instead.figure.too_many_neurons": (
        "{got} neurons and lines are more than a figure shows: expected {limit} at most. Choose "
        "layers under Style.",
        "{got} neuronas y líneas son más de las que muestra una figura: se esperaban {limit} como "
        "mucho. Elija capas en Estilo.",
    ),
    "live.instead.entries.too_many": (
        "entry by entry, the graph would have {got} nodes; the limit is {limit}. Leave Entry by "
        "entry off, or make the layers smaller.",
        "entrada a entrada, el grafo tendría {got} nodos y el límite es {limit}. Quite Entrada a "
        "entrada o haga las capas más pequeñas.",
    ),
    "live.instead.entries.too_many_to_count": (
        "entry by entry, the graph would have more than {got} nodes; the limit is {limit}. Leave "
        "Entry by entry off, or make the layers smaller.",
        "entrada a entrada, el grafo tendría más de {got} nodos y el límite es {limit}. Quite "
        "Entrada a entrada o haga las capas más pequeñas.",
    ),
    "live.instead.format.too_many_steps": (
        "the figure has {got} steps: expected at most {limit} in a page of its own. Choose lines "
        "under Depth, or keep this step as a picture.",
        "la figura tiene {got} pasos: se esperaban como mucho {limit} en una página propia. Elija "
        "líneas en Profundidad o guarde este paso como imagen.",
    ),
    "live.instead.usage.no_rows": (
        "got row {got}: there are no data rows to choose from. Leave the row out.",
        "se pidió la fila {got}: no hay filas de datos para elegir. No indique ninguna fila.",
    ),
    "live.instead.leaf.no_value": (
        "{name} has no value: expected a number. Give it under Values, or in the text.",
        "{name} no tiene valor: se esperaba un número. Delo en Valores o en el texto.",
    ),
    "live.instead.shape.loss": (
        "the loss {name} has shape {shape}: expected one number. Wrap it in sum(...) or mean(...).",
        "la pérdida {name} tiene forma {shape}: se esperaba un número. Envuélvala en sum(...) o "
        "mean(...).",
    ),
    "live.instead.explain.no_backward": (
        "{output} has several entries, so there is no gradient. Declare a loss with sum(...) or "
        "mean(...).",
        "{output} tiene varios elementos, así que no hay gradiente. Declare una pérdida con "
        "sum(...) o mean(...).",
    ),
    "live.instead.figure.engine_failed": (
        "the layout engine {engine} failed ({why}). Choose another depth or style.",
        "el motor de trazado {engine} falló ({why}). Elija otra profundidad u otro estilo.",
    ),
    "live.instead.trouble.stable": (
        " The stable form is {line} = {after}: write it so.",
        " La forma estable es {line} = {after}: escríbala así.",
    ),
    "live.word.leaves": ("Values", "Valores"),
    "live.word.style": ("Style", "Estilo"),
    "live.word.detail": ("Depth", "Profundidad"),
    "live.word.row": ("Row", "Fila"),
    "live.word.entries": ("Entry by entry", "Entrada a entrada"),
    "live.word.larger": ("Larger", "Mayor"),
    "live.word.smaller": ("Smaller", "Menor"),
    "live.word.undo": ("Undo", "Deshacer"),
    "live.word.redo": ("Redo", "Rehacer"),
    "live.word.keys": (
        "As in the terminal: n p forward and back, g G first and last, b backward pass, "
        "x predict, e values, u U undo and redo, m M deeper and less deep, a entry by entry, "
        "z Z larger and smaller, = fit.",
        "Como en la terminal: n p avanza y retrocede, g G primero y último, b pase hacia atrás, "
        "x predecir, e valores, u U deshacer y rehacer, m M más y menos detalle, a por entradas, "
        "z Z mayor y menor, = ajustar.",
    ),
    "live.word.alone": (
        "Nothing answers: Python is busy, or it is not there and the cell must be run again. The "
        "steps work all the same.",
        "Nada responde: Python está ocupado, o no está y hay que ejecutar la celda otra vez. Los "
        "pasos sí funcionan.",
    ),
    "live.no_widgets": (
        "Only the figure can be shown: to step here, install graphgrad[notebook].",
        "Solo se puede mostrar la figura: para avanzar aquí, instale graphgrad[notebook].",
    ),
    "live.cell_name": (
        "%%gg got the word {got} after {before}: expected one name for the graph, then options "
        "such as --style wire.",
        "%%gg recibió la palabra {got} tras {before}: se esperaba un nombre para el grafo, y "
        "luego opciones como --style wire.",
    ),
    "live.style.formula": ("formulas", "fórmulas"),
    "live.style.operator": ("operators", "operadores"),
    "live.style.wire": ("wires", "cables"),
    "live.style.layers": ("layers", "capas"),
    "live.style.neurons": ("neurons", "neuronas"),
    "live.detail.auto": ("as usual", "la habitual"),
    "live.detail.block": ("blocks", "bloques"),
    "live.detail.layer": ("layers", "capas"),
    "live.detail.line": ("lines", "líneas"),
    "live.detail.op": ("operations", "operaciones"),
    # ---- gallery ----
    "gallery.title": ("Gallery", "Galería"),
    "gallery.about": (
        "{count} samples in {themes} themes, each an SVG file beside this page.",
        "{count} ejemplos en {themes} temas, cada uno un archivo SVG junto a esta página.",
    ),
    "gallery.about_one": (
        "1 sample in {themes} themes, each an SVG file beside this page.",
        "1 ejemplo en {themes} temas, cada uno un archivo SVG junto a esta página.",
    ),
    "gallery.size": (
        "{boxes} boxes, {edges} arrows, {steps} steps, {width} × {height} pt",
        "{boxes} cajas, {edges} flechas, {steps} pasos, {width} × {height} pt",
    ),
    "gallery.theme": ("theme {theme}", "tema {theme}"),
    "samples.option.gallery": (
        "draw every sample in every theme into this folder, with a page gallery.html that shows "
        "them all",
        "dibuja cada ejemplo en cada tema en esta carpeta, con una página gallery.html que los "
        "muestra todos",
    ),
    # ---- questions ----
    "page.heading": ("Predict before it is shown", "Predecir antes de que se muestre"),
    "page.words.value": ("the value of {name}", "el valor de {name}"),
    "page.words.adjoint": (
        "the adjoint of {name}: the derivative of the output with respect to {name}",
        "el adjunto de {name}: la derivada de la salida respecto de {name}",
    ),
    "page.check": ("Check", "Comprobar"),
    "page.reveal": ("Reveal", "Mostrar"),
    "page.skip": ("Skip", "Saltar"),
    "page.resume": ("Back to what was skipped", "Volver a lo saltado"),
    "page.empty": ("Write a number first.", "Escriba primero un número."),
    "page.unreadable": (
        "This cannot be read as a number. Write it as 0.5 or 0,5, -4, 1/3 or 2e-3.",
        "Esto no se puede leer como número. Escríbalo como 0,5 o 0.5, -4, 1/3 o 2e-3.",
    ),
    "page.revealed": ("Shown:", "Mostrado:"),
    "page.skipped": (
        "Skipped: the figure shows it now. You may come back to it.",
        "Saltado: la figura ya lo muestra. Puede volver a esta pregunta.",
    ),
    "page.first_answer": (
        "A question is open: answer it, reveal it, or skip it.",
        "Hay una pregunta abierta: respóndala, muéstrela o sáltela.",
    ),
    "page.go_on": ("Nothing to predict here: go on.", "Aquí no hay nada que predecir: avance."),
    "page.finished": ("That was the last question.", "Esa era la última pregunta."),
    "page.changed": (
        "The numbers have changed: what depends on them is asked again.",
        "Los números han cambiado: se pregunta de nuevo lo que depende de ellos.",
    ),
    "page.typed_instead": ("{answer} (you: {typed})", "{answer} (usted: {typed})"),
    "page.score": (
        "Right: {right} of {asked} · revealed: {revealed} · skipped: {skipped}",
        "Bien: {right} de {asked} · mostradas: {revealed} · saltadas: {skipped}",
    ),
    "page.given": ("Your answers", "Sus respuestas"),
    "page.given.asked": ("Asked", "Pregunta"),
    "page.given.typed": ("Typed", "Escrito"),
    "page.given.verdict": ("Verdict", "Veredicto"),
    "page.status_right": ("✓ right", "✓ bien"),
    "page.status_rounded": ("✓ rounded", "✓ redondeado"),
    "page.status_wrong": ("✗ not yet", "✗ todavía no"),
    "page.status_revealed": ("revealed", "mostrado"),
    "page.status_skipped": ("skipped", "saltado"),
    "page.tries": ("tries: {count}", "intentos: {count}"),
    "page.name": ("Your name, for the file", "Su nombre, para el archivo"),
    "page.student": ("student", "alumno"),
    "page.download": ("Download the answers", "Descargar las respuestas"),
    "page.file": ("answers.txt", "respuestas.txt"),
    "page.honest": (
        "The file holds what you typed last for each question, as graphgrad check reads it. This "
        "page is for practice: whoever looks into its source finds the numbers.",
        "El archivo guarda lo último que escribió en cada pregunta, tal como lo lee graphgrad "
        "check. Esta página es para practicar: quien mire su código fuente encuentra los números.",
    ),
}
