"""Word the terminal app's modes: watching, questions, edits, checks."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- watching and folding ----
    "app.watch": ("watched", "vigilados"),
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
    # ---- questions ----
    "predict.ask.value": ("What is the value of {asked}?", "¿Cuánto vale {asked}?"),
    "predict.ask.adjoint": ("What is {asked}?", "¿Cuánto vale {asked}?"),
    "predict.ask.partial": (
        "What is {asked}, as a formula?",
        "¿Qué fórmula tiene {asked}?",
    ),
    "predict.ask.contribution": (
        "What does {name} contribute here, {asked}?",
        "¿Cuánto aporta {name} aquí, {asked}?",
    ),
    "predict.ask.sign": (
        "Which sign has {asked}, + or -?",
        "¿Qué signo tiene {asked}, + o -?",
    ),
    "predict.ask.next": (
        "Which line comes next? Write its name.",
        "¿Qué línea sigue? Escriba su nombre.",
    ),
    "predict.right": ("✓ right.", "✓ correcto."),
    "predict.wrong": ("✗ not yet.", "✗ todavía no."),
    "predict.undecided": (
        "? this could not be decided; another form may help.",
        "? no se pudo decidir; otra forma puede ayudar.",
    ),
    "predict.empty": ("Write an answer.", "Escriba una respuesta."),
    "predict.formula_wanted": (
        "A formula is asked for, with names, not its number here.",
        "Se pide una fórmula, con nombres, no su valor aquí.",
    ),
    "predict.number_wanted": (
        "A number is asked for: put the values in and work it out, as in 2*3 + 1.",
        "Se pide un número: ponga los valores y calcule, como en 2*3 + 1.",
    ),
    "predict.asked_itself": (
        "{asked} is what is asked for: write what it comes to.",
        "{asked} es lo que se pide: escriba a qué es igual.",
    ),
    "predict.work_out": (
        "{name} is to be worked out here: write what it comes to.",
        "{name} es lo que hay que calcular aquí: escriba a qué es igual.",
    ),
    "predict.not_known": (
        "{name} is not known yet at this step: use what has been computed.",
        "{name} aún no se conoce en este paso: use lo que ya está calculado.",
    ),
    "predict.operator": (
        "Write the derivative out, without d/d...",
        "Escriba la derivada desarrollada, sin d/d...",
    ),
    "predict.other_asked": (
        "That answers {got}; {asked} is asked for.",
        "Eso responde a {got}; se pide {asked}.",
    ),
    "predict.unequal": (
        "{left} and {right} are not equal: write one answer.",
        "{left} y {right} no son iguales: escriba una sola respuesta.",
    ),
    "predict.no_line": (
        "No line is called {got}. Write the name of a line.",
        "Ninguna línea se llama {got}. Escriba el nombre de una línea.",
    ),
    "predict.sign_wanted": ("Write + or -.", "Escriba + o -."),
    "predict.next_too": (
        "✓ possible too; here the next one is {name}.",
        "✓ también es posible; aquí sigue {name}.",
    ),
    "predict.next_given": (
        "✗ {name} is given: it has its value from the start.",
        "✗ {name} está dado: tiene su valor desde el principio.",
    ),
    "predict.next_has_value": (
        "✗ {name} is already computed: it has its value.",
        "✗ {name} ya está calculado: tiene su valor.",
    ),
    "predict.next_has_adjoint": (
        "✗ {name} is already done: it has its adjoint.",
        "✗ {name} ya está hecho: tiene su adjunto.",
    ),
    "predict.next_waits": (
        "✗ {name} is not ready: it reads {other}, which has no value yet.",
        "✗ {name} aún no está listo: lee {other}, que aún no tiene valor.",
    ),
    "predict.next_awaits": (
        "✗ {name} is not ready: it is read by {other}, which has no adjoint yet.",
        "✗ {name} aún no está listo: lo lee {other}, que aún no tiene adjunto.",
    ),
    "predict.next_constant": (
        "✗ {name} gets no adjoint: it does not vary, or does not lead to the output.",
        "✗ {name} no recibe adjunto: no varía, o no lleva a la salida.",
    ),
    "predict.next_is": ("The next line is {name}.", "La línea siguiente es {name}."),
    "predict.mistake.sign": ("Check the sign.", "Revise el signo."),
    "predict.mistake.two": (
        "A factor 2 is missing or too many.",
        "Falta o sobra un factor 2.",
    ),
    "predict.mistake.factor": (
        "That is the upstream adjoint: the local derivative is missing as a factor.",
        "Eso es el adjunto que llega: falta el factor de la derivada local.",
    ),
    "predict.mistake.upstream": (
        "That is the local derivative: multiply by the upstream adjoint.",
        "Eso es la derivada local: multiplique por el adjunto que llega.",
    ),
    "predict.mistake.sum": (
        "That is one contribution: add those of all consumers.",
        "Eso es una sola aportación: sume las de todos los que lo usan.",
    ),
    "predict.mistake.value": (
        "That is the value: its derivative is asked for.",
        "Eso es el valor: se pide la derivada.",
    ),
    "predict.mistake.function": (
        "That is the function itself: its derivative is asked for.",
        "Eso es la función misma: se pide su derivada.",
    ),
    "predict.mistake.product": (
        "That is already multiplied by the upstream adjoint: the local derivative alone is asked "
        "for.",
        "Eso ya está multiplicado por el adjunto que llega: se pide solo la derivada local.",
    ),
    "predict.mistake.other_value": (
        "That is the value of {name}.",
        "Eso es el valor de {name}.",
    ),
    "predict.mistake.other_adjoint": ("That is {name}.", "Eso es {name}."),
    "predict.mistake.cut_off": (
        "The digits were cut off: round them.",
        "Las cifras se cortaron: redondéelas.",
    ),
    "predict.hint.value": (
        "Put the values of its operands into the formula of {name}.",
        "Ponga los valores de los operandos en la fórmula de {name}.",
    ),
    "predict.hint.adjoint": (
        "{name} is read by {targets} ({count}): sum adjoint times local derivative over them.",
        "Usan {name}: {targets} ({count}). Sume adjunto por derivada local sobre ellos.",
    ),
    "predict.hint.sign": (
        "{name} is read by {targets}: which sign has each product adjoint times local derivative?",
        "Usan {name}: {targets}. ¿Qué signo tiene cada producto de adjunto y derivada local?",
    ),
    "predict.hint.partial": (
        "Differentiate the formula of {name} and hold its other operands fixed.",
        "Derive la fórmula de {name} con los demás operandos fijos.",
    ),
    "predict.hint.contribution": (
        "Multiply {own} by the local derivative of {name}.",
        "Multiplique {own} por la derivada local de {name}.",
    ),
    "predict.hint.next": (
        "Whose operands, or on the way back whose consumers, are all done?",
        "¿De quién están listos todos los operandos o, hacia atrás, todos los que lo usan?",
    ),
    "predict.score": (
        "asked {asked} · right {right} · wrong tries {wrong}",
        "preguntas {asked} · bien {right} · fallos {wrong}",
    ),
    "predict.keys": (
        "Enter checks   H hint   r reveals   esc leaves the line, then x ends",
        "Intro revisa   H pista   r respuesta   esc deja la línea, luego x termina",
    ),
    "predict.keys_letters": (
        "Enter checks   esc leaves the line, then H hint, r reveals, x ends",
        "Intro revisa   esc deja la línea, luego H pista, r respuesta, x termina",
    ),
    "predict.next": (
        "n goes on; every third step is asked. X asks now. x ends.",
        "n sigue; se pregunta uno de cada tres pasos. X pregunta ya. x termina.",
    ),
    "predict.asked_once": (
        "n goes on. X asks about the next step, x about one in three.",
        "n sigue. X pregunta por el paso siguiente, x por uno de cada tres.",
    ),
    "predict.open": (
        "A question is open: answer it, r gives the answer, x ends.",
        "Hay una pregunta abierta: respóndala, r da la respuesta, x termina.",
    ),
    "predict.nothing": (
        "There is nothing left to ask from here.",
        "Desde aquí no queda qué preguntar.",
    ),
    "predict.none_open": ("No question is open. x asks.", "No hay pregunta abierta. x pregunta."),
    "predict.unwritable": (
        "The results cannot be written to {path}: {why}.",
        "Los resultados no se pueden escribir en {path}: {why}.",
    ),
    "app.key.predict": ("Predict", "Predecir"),
    "app.help.predict": (
        "ask before showing: predict the next steps; again to end",
        "pregunta antes de mostrar: prediga los pasos; otra vez para terminar",
    ),
    "app.key.ask": ("Ask now", "Preguntar ya"),
    "app.help.ask": ("ask about the very next step", "pregunta por el paso siguiente"),
    "app.key.reveal": ("Reveal", "Dar la respuesta"),
    "app.help.reveal": ("give the answer to the question away", "da la respuesta a la pregunta"),
    "app.key.hint": ("Hint", "Pista"),
    "app.help.hint": ("a hint for the question", "una pista para la pregunta"),
    # ---- edits ----
    "edit.hint": ("new right-hand side of {name}", "nuevo lado derecho de {name}"),
    "edit.no_value": (
        "'{got}' is no value for {name}: expected {wanted}. What is computed is written as a line "
        "of the file.",
        "«{got}» no es un valor para {name}: se esperaba {wanted}. Lo que se calcula se escribe "
        "como una línea del archivo.",
    ),
    "edit.bad_value": ("{name}: {why}", "{name}: {why}"),
    "edit.a_number": ("a number, as {like}, -3 or 1/3", "un número, como {like}, -3 o 1/3"),
    "edit.an_array": (
        "an array of shape {shape}, as {like}",
        "un arreglo de forma {shape}, como {like}",
    ),
    "edit.no_source": (
        "the formula of {name} cannot be edited: no line of a text states it alone. Values of "
        "leaves can.",
        "la fórmula de {name} no se puede editar: ninguna línea de un texto la enuncia sola. Los "
        "valores de las hojas sí.",
    ),
    "edit.for_all": (
        "{name} comes from line {row} of the file; what is changed there changes every line made "
        "from it",
        "{name} viene de la línea {row} del archivo; lo que se cambie allí cambia todas las líneas "
        "hechas con ella",
    ),
    "edit.one_line": (
        "write one formula on one line of at most {limit} characters.",
        "escriba una fórmula en una línea de a lo sumo {limit} caracteres.",
    ),
    "edit.nothing_to_undo": ("There is no edit to undo.", "No hay cambio que deshacer."),
    "edit.nothing_to_redo": ("There is no edit to redo.", "No hay cambio que rehacer."),
    "app.key.edit": ("Edit", "Editar"),
    "app.help.edit": (
        "change the value of the selected leaf, or the formula of the line",
        "cambia el valor de la hoja elegida, o la fórmula de la línea",
    ),
    "app.key.undo": ("Undo", "Deshacer"),
    "app.help.undo": ("undo the last edit", "deshace el último cambio"),
    "app.key.redo": ("Redo", "Rehacer"),
    "app.help.redo": ("do it again", "lo rehace"),
    # ---- options of step, and keys ----
    "step.option.present": (
        "for a projector: light colours, big boxes, Page Up and Page Down of a clicker",
        "para un proyector: colores claros, cajas grandes, Re Pág y Av Pág de un mando",
    ),
    "step.option.results": (
        "add the answers to questions to this file, one JSON object per line",
        "añade las respuestas a las preguntas a este archivo, un objeto JSON por línea",
    ),
    "step.option.keys": (
        "a TOML file with other keys; otherwise graphgrad/keys.toml in the configuration folder",
        "un archivo TOML con otras teclas; si no, graphgrad/keys.toml en la carpeta de "
        "configuración",
    ),
    "step.option.theme": (
        "colours: a theme of Textual, such as textual-light, gruvbox or ansi-dark",
        "colores: un tema de Textual, por ejemplo textual-light, gruvbox o ansi-dark",
    ),
    "step.option.ascii": (
        "only ASCII characters, as in a terminal that is not set to UTF-8",
        "solo caracteres ASCII, como en una terminal que no está en UTF-8",
    ),
    "app.failed": (
        "This failed inside graphgrad ({kind}: {why}). The app goes on; please report it.",
        "Esto ha fallado dentro de graphgrad ({kind}: {why}). La aplicación sigue; avisa, por "
        "favor.",
    ),
    "app.no_theme": (
        "There is no theme {name}.{near} ctrl+t in the app shows them all.",
        "No existe el tema {name}.{near} ctrl+t en la aplicación los muestra todos.",
    ),
    "keymap.toml": ("{path} is not valid TOML: {why}.", "{path} no es TOML válido: {why}."),
    "keymap.table": (
        'expected one table [keys] with texts, for instance next = "n,space"; got {name}.',
        'se esperaba una tabla [keys] con textos, por ejemplo next = "n,space"; hay {name}.',
    ),
    "keymap.text": (
        'expected a text with the keys of {name}, for instance {name} = "n,space".',
        'se esperaba un texto con las teclas de {name}, por ejemplo {name} = "n,space".',
    ),
    "keymap.unknown": (
        "there is no command {name}.{near} docs/stepper.md lists the names of the commands.",
        "no existe la orden {name}.{near} docs/recorrido.md lista los nombres de las órdenes.",
    ),
    "keymap.bad_key": (
        "{key} cannot be a key of {name}: expected names of keys such as n, space, ctrl+n, f5 or "
        "question_mark, separated by commas. Digits count repetitions.",
        "{key} no puede ser tecla de {name}: se esperaban nombres de teclas como n, space, ctrl+n, "
        "f5 o question_mark, separados por comas. Los dígitos cuentan repeticiones.",
    ),
    "keymap.twice": (
        "the key {key} is given to {first} and to {second}; give each its own.",
        "la tecla {key} está en {first} y en {second}; dé a cada una la suya.",
    ),
    # ---- checks and training on the screen ----
    "check.title": ("gradient check", "comprobación de gradientes"),
    "check.running": ("comparing four derivatives …", "comparando cuatro derivadas …"),
    "check.close": ("esc closes", "esc cierra"),
    "app.key.check": ("Gradient check", "Comprobar gradientes"),
    "app.help.check": (
        "compare backward, forward, symbolic and numeric derivatives",
        "compara derivadas hacia atrás, hacia delante, simbólicas y numéricas",
    ),
    "app.key.train": ("Train", "Entrenar"),
    "app.help.train": (
        "gradient descent; every step can be entered and stepped through",
        "descenso de gradiente; se puede entrar en cada paso y recorrerlo",
    ),
    # ---- copies and pictures ----
    "take.copied": ("Copied ({lines} lines): {what}", "Copiado ({lines} líneas): {what}"),
    "take.written": ("Written: {path}", "Escrito: {path}"),
    "take.export_hint": (
        "a file: {known}",
        "un archivo: {known}",
    ),
    "app.key.copy": ("Copy node", "Copiar nodo"),
    "app.help.copy": (
        "copy what is known about the node",
        "copia lo que se sabe del nodo",
    ),
    "app.key.copy_latex": ("Copy LaTeX", "Copiar LaTeX"),
    "app.help.copy_latex": (
        "copy derivatives and chain rule of the node in LaTeX",
        "copia derivadas y regla de la cadena del nodo en LaTeX",
    ),
    "app.key.copy_dot": ("Copy DOT", "Copiar DOT"),
    "app.help.copy_dot": ("copy the graph at this step as DOT", "copia el grafo en DOT"),
    "app.key.screenshot": ("Screenshot", "Captura"),
    "app.help.screenshot": (
        "write the screen as SVG and as text",
        "escribe la pantalla como SVG y como texto",
    ),
    "app.key.export": ("Export figure", "Exportar figura"),
    "app.help.export": (
        "write this step as a figure (SVG, PNG, HTML, TeX, PDF, DOT)",
        "escribe este paso como figura (SVG, PNG, HTML, TeX, PDF, DOT)",
    ),
}
