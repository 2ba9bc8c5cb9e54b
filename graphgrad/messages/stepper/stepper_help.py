"""Word the help page of every pane and screen of the terminal app."""

MESSAGES: dict[str, tuple[str, str]] = {
    "app.key.pane_help": ("Help here", "Ayuda aquí"),
    "app.help.pane_help": (
        "help of the pane in focus; tab goes from pane to pane",
        "ayuda del panel enfocado; tab va de panel en panel",
    ),
    "page.close": ("← → other pages, esc closes", "← → otras páginas, esc cierra"),
    "page.graph.title": ("the graph", "el grafo"),
    "page.graph.text": (
        "Every box is a line of the file: its name and formula, v its value, ∇ its adjoint.\n\n"
        "?   not computed yet          ·   has no gradient\n"
        "!   not a finite number       ▸ ◆ selected, breakpoint\n"
        "═   double frame: the step acts here; heavy lines: what it reads or gives\n\n"
        "↑ ↓ select a box, a click too; time stands still meanwhile. esc lets go.\n"
        "z Z larger and smaller boxes, = the size that fits.\n"
        "F draws only what is near the box, > < widen and narrow that.\n"
        "enter opens or closes a group, + opens all by one level, - closes.\n"
        "m M look deeper and less deep, a takes arrays apart into entries.\n"
        "A box cut by the edge ends in …; → z says where a wire leads; ▹ in a closed\n"
        "group is the step inside. Boxes of a step that are far apart are drawn alone,\n"
        "too many of them folded by name: … a2…a39 (38).\n"
        "e changes a value or a formula, u takes it back.\n"
        "o opens this step as a picture, E writes it to a file.",
        "Cada caja es una línea del archivo: su nombre y su fórmula, v su valor, ∇ su adjunto.\n\n"
        "?   aún no calculado          ·   no tiene gradiente\n"
        "!   no es un número finito    ▸ ◆ elegida, punto de pausa\n"
        "═   marco doble: el paso actúa aquí; líneas gruesas: lo que lee o da\n\n"
        "↑ ↓ eligen una caja, un clic también; el tiempo no avanza. esc la suelta.\n"
        "z Z cajas más grandes y más pequeñas, = el tamaño que quepa.\n"
        "F dibuja solo lo cercano a la caja, > < lo amplían y lo estrechan.\n"
        "intro abre o cierra un grupo, + abre un nivel de todos, - cierra.\n"
        "m M miran con más y con menos detalle, a separa los arreglos en entradas.\n"
        "Una caja cortada por el borde acaba en …; → z dice adónde lleva un cable; ▹ en\n"
        "un grupo cerrado es el paso dentro. Las cajas de un paso que están muy lejos se\n"
        "dibujan solas, y las que son demasiadas se pliegan por nombre: … a2…a39 (38).\n"
        "e cambia un valor o una fórmula, u lo deshace.\n"
        "o abre este paso como imagen, E lo escribe en un archivo.",
    ),
    "page.node.title": ("the node", "el nodo"),
    "page.node.text": (
        "All that is known about the selected box, else about the one the step acts on:\n"
        "its value, the chain rule with one line per consumer and the sum, the local "
        "derivatives in symbols and numbers, and the paths to the output.\n\n"
        "↑ ↓ here, J K anywhere: scroll.\n"
        "y copies it, Y copies it in LaTeX.\n"
        "W puts the node on the watch list.\n"
        ". , (shift and arrows, :W[2,3]) look at an entry of an array: its own chain\n"
        "rule, and its place in the grid of shades; - before a shade is its sign.\n"
        "N lists the layer, a row per neuron. F2 shows the text of the file.\n"
        "d shows the whole derivation in this place.",
        "Todo lo que se sabe de la caja elegida, o si no de aquella en que actúa el paso:\n"
        "su valor, la regla de la cadena con una línea por cada uso y la suma, las "
        "derivadas locales en símbolos y números, y los caminos a la salida.\n\n"
        "↑ ↓ aquí, J K en cualquier lugar: desplazan.\n"
        "y lo copia, Y lo copia en LaTeX.\n"
        "W pone el nodo en la lista de vigilados.\n"
        ". , (mayúsculas y flechas, :W[2,3]) miran una entrada de un arreglo: su propia\n"
        "regla de la cadena y su lugar entre las sombras; - ante una sombra es su signo.\n"
        "N lista la capa, una fila por neurona. F2 muestra el texto del archivo.\n"
        "d muestra en este lugar la deducción completa.",
    ),
    "page.derivation.title": ("the derivation", "la deducción"),
    "page.derivation.text": (
        "First every value, then every adjoint by the chain rule: in names, with the local "
        "derivatives written out, in numbers. What is not known yet is a question mark.\n"
        "▸ marks the lines that the present step is about.\n\n"
        "Select a box (↑ ↓) to derive that gradient alone; esc derives everything again.\n"
        "d shows the node again.",
        "Primero cada valor, después cada adjunto con la regla de la cadena: en nombres, con "
        "las derivadas locales escritas, en números. Lo que aún no se sabe es un "
        "interrogante. ▸ marca las líneas de que trata el paso presente.\n\n"
        "Elija una caja (↑ ↓) para deducir solo ese gradiente; esc deduce todo otra vez.\n"
        "d muestra el nodo de nuevo.",
    ),
    "page.watch.title": ("the watch list", "los vigilados"),
    "page.watch.text": (
        "Value and adjoint of the nodes you chose, at every step.\n\n"
        "W adds the selected node, or takes it off.",
        "Valor y adjunto de los nodos que eligió, en cada paso.\n\n"
        "W añade el nodo elegido, o lo quita.",
    ),
    "page.step.title": ("the step", "el paso"),
    "page.step.text": (
        "What the present step does: in a sentence, then in symbols and numbers, a\n"
        "contribution per line; → leads to an operand. ↑ ↓ here scroll.\n\n"
        "n space → next, p ← previous, 12n twelve steps, :42 step 42, g G start and end, "
        "f b start of the forward and of the backward pass.\n"
        "x asks you before a step is shown.",
        "Lo que hace el paso presente: en una frase, luego en símbolos y números, una\n"
        "aportación por línea; → lleva a un operando. ↑ ↓ aquí desplazan.\n\n"
        "n espacio → siguiente, p ← anterior, 12n doce pasos, :42 el paso 42, "
        "g G inicio y final, f b comienzo de la pasada hacia delante y hacia atrás.\n"
        "x pregunta antes de mostrar un paso.",
    ),
    "page.time.title": ("the time axis", "el eje del tiempo"),
    "page.time.text": (
        "Left of the cross runs the forward pass, right of it the backward pass.\n"
        "● is where we are, ◆ a breakpoint. A click goes there.\n\n"
        "t runs to the selected node: to its value, then to its adjoint.\n"
        "B sets a breakpoint, c C go on and back to the next one.",
        "A la izquierda de la cruz va la pasada hacia delante, a la derecha la otra.\n"
        "● es donde estamos, ◆ un punto de pausa. Un clic va allí.\n\n"
        "t corre al nodo elegido: a su valor, después a su adjunto.\n"
        "B pone un punto de pausa, c C van al siguiente y al anterior.",
    ),
    "page.predict.title": ("predicting", "predecir"),
    "page.predict.text": (
        "Before a step is shown you are asked: for a value, a local derivative as a formula, "
        "a contribution, an adjoint, a sign, or which line comes next. One step in three.\n\n"
        "Numbers (2/3, 0.5, 0,5) and formulas in the names of the graph (2*e*x) both count;\n"
        "rounded to the digits you write. A wrong answer is told its likely mistake;\n"
        "after the third the answer is shown.\n\n"
        "enter checks, H hint, r the answer, esc leaves the line, X asks at once, x ends.\n"
        "graphgrad step FILE --results answers.jsonl keeps every answer.",
        "Antes de mostrar un paso se le pregunta: por un valor, una derivada local como "
        "fórmula, una aportación, un adjunto, un signo, o qué línea sigue. Uno de cada tres.\n\n"
        "Valen números (2/3, 0.5, 0,5) y fórmulas en los nombres del grafo (2*e*x);\n"
        "redondeados a las cifras que escriba. A una respuesta incorrecta se le dice su error "
        "probable; tras la tercera se muestra la respuesta.\n\n"
        "intro revisa, H pista, r la respuesta, esc deja la línea, X pregunta ya, x termina.\n"
        "graphgrad step ARCHIVO --results respuestas.jsonl guarda cada respuesta.",
    ),
    "page.command.title": ("the command line", "la línea de órdenes"),
    "page.command.text": (
        ":42 goes to step 42, :w selects w, :to w runs to it, :break w sets a breakpoint.\n"
        "/exp searches names, operations and formulas; /v>1 and /|g|<1e-6 search numbers "
        "that are known so far. ] [ next and previous match. esc closes the line.",
        ":42 va al paso 42, :w elige w, :hasta w corre a él, :pausa w pone un punto de pausa.\n"
        "/exp busca en nombres, operaciones y fórmulas; /v>1 y /|g|<1e-6 buscan números ya "
        "conocidos. ] [ coincidencia siguiente y anterior. esc cierra la línea.",
    ),
    "page.check.title": ("gradient check", "comprobación de gradientes"),
    "page.check.text": (
        "The gradient of every leaf, found in four ways that share no code: backward, "
        "forward, by sympy, and by central differences. The error is the largest relative "
        "difference; at a kink such as relu(0) a difference is explained.",
        "El gradiente de cada hoja, hallado de cuatro maneras que no comparten código: hacia "
        "atrás, hacia delante, con sympy y por diferencias centrales. El error es la mayor "
        "diferencia relativa; en un pico como relu(0) la diferencia se explica.",
    ),
    "page.train.title": ("training", "entrenamiento"),
    "page.train.text": (
        "The parameters are trained as the file's `train` line says, else by plain gradient "
        "descent. The bars are the loss, each row of the table one step; above it stands the "
        "update that is made from the chosen row.\n\n"
        "enter steps through the chosen row, u takes that back. a takes its update apart: what "
        "each sample adds, the sum, the new values. m trains on, "
        "+ doubles the rate, - halves it. Without a rate one is taken with which the output goes "
        "down.",
        "Los parámetros se entrenan como dice la línea `train` del archivo o, si no hay, por "
        "descenso de gradiente simple. Las barras son la pérdida, cada fila de la tabla un paso; "
        "encima está la actualización hecha desde la fila elegida.\n\n"
        "intro recorre la fila elegida, u lo deshace. a desarma su actualización: lo que suma "
        "cada ejemplo, la suma, los valores nuevos. m sigue entrenando, "
        "+ duplica la tasa, - la reduce a la mitad. "
        "Sin tasa se toma una con la que la salida baja.",
    ),
    "page.open.title": ("opening a file", "abrir un archivo"),
    "page.open.text": (
        "Write a path; → takes the completion shown in grey. tab goes to the tree, where "
        "enter opens a folder or a file. What is wrong with a file is shown with its place;\n"
        "the present graph stays until another can be read.",
        "Escriba una ruta; → toma lo que se ve en gris. tab va al árbol, donde intro abre una "
        "carpeta o un archivo. Lo incorrecto de un archivo se muestra con su lugar;\n"
        "el grafo presente queda hasta que otro se pueda leer.",
    ),
    "page.samples.title": ("samples", "ejemplos"),
    "page.samples.text": (
        "↑ ↓ choose, enter steps through the sample. J K scroll its preview.\n"
        "`graphgrad samples --copy FOLDER` copies them, to be changed.",
        "↑ ↓ eligen, intro recorre el ejemplo. J K desplazan la vista previa.\n"
        "`graphgrad samples --copy CARPETA` los copia, para cambiarlos.",
    ),
}
