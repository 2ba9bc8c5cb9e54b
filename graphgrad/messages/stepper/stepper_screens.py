"""Word the terminal app: its frame and keys, its screens, and the commands that open it."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- the frame and its keys ----
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
    # ---- opening a file, samples, the start ----
    "app.key.open_file": ("Open file", "Abrir archivo"),
    "app.help.open_file": (
        "open another file; the present graph stays if it cannot be read",
        "abre otro archivo; el grafo presente queda si no se puede leer",
    ),
    "open.title": ("open a file", "abrir un archivo"),
    "open.close": (
        "enter opens, → completes, tab goes to the tree, esc closes",
        "intro abre, → completa, tab va al árbol, esc cierra",
    ),
    "open.hint": ("path of a .gg file", "ruta de un archivo .gg"),
    "open.reading": ("reading {path} …", "leyendo {path} …"),
    "app.key.samples": ("Samples", "Ejemplos"),
    "app.help.samples": (
        "browse the samples that come with graphgrad",
        "recorre los ejemplos que trae graphgrad",
    ),
    "samples.title": ("samples", "ejemplos"),
    "samples.close": (
        "enter steps through it, J K scroll, esc closes",
        "intro lo recorre, J K desplazan, esc cierra",
    ),
    "samples.lines": ("{count} lines", "{count} líneas"),
    "start.greeting": (
        "See a computation run forward and backward, step by step.",
        "Vea un cálculo hacia delante y hacia atrás, paso a paso.",
    ),
    "start.example.linear_regression": (
        "linear regression with one neuron",
        "regresión lineal con una neurona",
    ),
    "start.example.xor_sigmoid": (
        "a network 2-2-1 with sigmoids for XOR",
        "una red 2-2-1 con sigmoides para XOR",
    ),
    "start.example.shared_weights": (
        "a shared weight: one adjoint, several contributions",
        "un peso compartido: un adjunto, varias aportaciones",
    ),
    "start.samples": ("all samples, with a preview", "todos los ejemplos, con vista previa"),
    "start.open": ("open a file of your own", "abrir un archivo propio"),
    "start.help": ("all keys", "todas las teclas"),
    "start.quit": ("quit", "salir"),
    # ---- worked rows ----
    "worked.values": ("values", "valores"),
    "worked.narrow": (
        "The derivation needs 100 columns with --present: make the window wider.",
        "La derivación necesita 100 columnas con --present: ensanche la ventana.",
    ),
    "worked.loading": ("deriving …", "deduciendo …"),
    # ---- derivation ----
    "app.key.derivation": ("Derivation", "Deducción"),
    "app.help.derivation": (
        "the worked derivation beside the graph, of the selected node or of everything",
        "la deducción completa junto al grafo, del nodo elegido o de todo",
    ),
    # ---- zoom and focus ----
    "app.key.larger": ("Larger boxes", "Cajas más grandes"),
    "app.help.larger": ("draw larger boxes", "dibuja cajas más grandes"),
    "app.key.smaller": ("Smaller boxes", "Cajas más pequeñas"),
    "app.help.smaller": (
        "draw smaller boxes, down to a map",
        "dibuja cajas más pequeñas, hasta un mapa",
    ),
    "app.key.fit": ("Fit", "Ajustar"),
    "app.help.fit": (
        "the whole graph in the size that fits",
        "el grafo entero en el tamaño que quepa",
    ),
    "app.key.focus": ("Neighbourhood", "Entorno"),
    "app.help.focus": (
        "draw only what is near the node, or everything again",
        "dibuja solo lo cercano al nodo, o todo otra vez",
    ),
    "app.key.more_hops": ("Wider", "Más lejos"),
    "app.help.more_hops": ("a wider neighbourhood", "un entorno más amplio"),
    "app.key.fewer_hops": ("Narrower", "Más cerca"),
    "app.help.fewer_hops": ("a narrower neighbourhood", "un entorno más estrecho"),
    "zoom.largest": ("These are the largest boxes.", "Son las cajas más grandes."),
    "zoom.smallest": ("These are the smallest boxes.", "Son las cajas más pequeñas."),
    "zoom.not_focused": (
        "The whole graph is drawn. F draws what is near the node.",
        "Está dibujado todo el grafo. F dibuja lo cercano al nodo.",
    ),
    "zoom.hops": (
        "Up to {count} edges from {name}. > wider, < narrower, F everything.",
        "Hasta {count} aristas desde {name}. > más, < menos, F todo.",
    ),
    # ---- the picture ----
    "app.key.picture": ("Open picture", "Abrir imagen"),
    "app.help.picture": (
        "draw this step as a figure and open it in a viewer",
        "dibuja este paso como figura y la abre en un visor",
    ),
    "picture.drawing": ("drawing …", "dibujando …"),
    "picture.opened": ("Opened: {path}", "Abierto: {path}"),
    "picture.lies": (
        "No viewer can be opened here. The picture is {path}",
        "Aquí no se puede abrir un visor. La imagen es {path}",
    ),
    # ---- step ----
    "command.step.help": (
        "Steps through the forward and the backward pass in the terminal: the graph with every "
        "value and adjoint, the chain rule of the chosen node, and a sentence for the step. ? "
        "lists the keys. Without FILE the samples are offered. --plain writes lines of text "
        "instead, for screen readers, pipes and narrow terminals.",
        "Recorre paso a paso la pasada hacia delante y la pasada hacia atrás en la terminal: el "
        "grafo con cada valor y adjunto, la regla de la cadena del nodo elegido y una frase para "
        "el paso. ? lista las teclas. Sin ARCHIVO se ofrecen los ejemplos. --plain escribe líneas "
        "de texto, para lectores de pantalla, tuberías y terminales estrechas.",
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
    # ---- serve ----
    "command.serve.short": (
        "the terminal app in a browser, on this machine only",
        "la aplicación de terminal en un navegador, solo en esta máquina",
    ),
    "command.serve.help": (
        "Serves the app of `graphgrad step` as a web page and prints its address. Only this "
        "machine can open it: the server listens on the loopback address and the page loads "
        "nothing from the net. Every tab is a run of its own; closing the tab ends it. Ctrl-C "
        "ends the server and every run. Without FILE the app opens with its examples.",
        "Sirve la aplicación de `graphgrad step` como página web y escribe su dirección. Solo "
        "esta máquina puede abrirla: el servidor escucha en la dirección de bucle local y la "
        "página no carga nada de la red. Cada pestaña es un recorrido propio; al cerrarla, "
        "termina. Ctrl-C termina el servidor y todos los recorridos. Sin ARCHIVO la aplicación se "
        "abre con sus ejemplos.",
    ),
    "serve.option.port": (
        "the port to listen on; 0 takes any free one; otherwise 8000",
        "el puerto en que escucha; 0 toma uno libre; si no, 8000",
    ),
    "serve.option.host": (
        "a loopback address: 127.0.0.1, localhost or ::1",
        "una dirección de bucle local: 127.0.0.1, localhost o ::1",
    ),
    "serve.ready": (
        "Open {url} in a browser of this machine. Ctrl-C ends it.",
        "Abra {url} en un navegador de esta máquina. Ctrl-C lo termina.",
    ),
    "serve.option.sessions": (
        "how many tabs are served at once; otherwise 8",
        "cuántas pestañas se atienden a la vez; si no, 8",
    ),
    "serve.option.idle": (
        "minutes after which a tab in which nothing is typed is closed; otherwise 60",
        "minutos tras los que se cierra una pestaña en la que no se escribe nada; si no, 60",
    ),
    "serve.no_token": (
        "this page belongs to the user who started it: open the address that graphgrad serve "
        "printed, with its token",
        "esta página es de quien la inició: abra la dirección que escribió graphgrad serve, con "
        "su token",
    ),
    "serve.full": (
        "{limit} tabs are open already, as many as are served at once: close one, or start the "
        "server with --sessions",
        "ya hay {limit} pestañas abiertas, tantas como se atienden a la vez: cierre una, o inicie "
        "el servidor con --sessions",
    ),
    "serve.unexpected": (
        "tab {number}: a message that the page does not send ({what}); the tab was closed.",
        "pestaña {number}: un mensaje que la página no envía ({what}); se cerró la pestaña.",
    ),
    "serve.idle": (
        "tab {number}: nothing was typed for too long; it was closed.",
        "pestaña {number}: no se escribió nada durante demasiado tiempo; se cerró.",
    ),
    "serve.fault": (
        "a request could not be answered ({kind}); the others go on.",
        "no se pudo responder a una petición ({kind}); las demás siguen.",
    ),
    "serve.ended": ("Ended.", "Terminado."),
    "serve.not_loopback": (
        "{host} is not a loopback address. Whoever reaches the page can read and write your "
        "files, so only this machine may: use 127.0.0.1, localhost or ::1.",
        "{host} no es una dirección de bucle local. Quien llega a la página puede leer y escribir "
        "sus archivos, así que solo esta máquina debe hacerlo: use 127.0.0.1, localhost o ::1.",
    ),
    "serve.taken": (
        "port {port} of {host} cannot be used: {why}. Choose another with --port; --port 0 takes "
        "any free one.",
        "el puerto {port} de {host} no se puede usar: {why}. Elija otro con --port; --port 0 toma "
        "uno libre.",
    ),
    "serve.needs_extra": (
        "the browser needs a package that is not installed: it comes with the extra serve. "
        "Install it with: pip install 'graphgrad[serve]'.",
        "el navegador necesita un paquete que no está instalado: viene con el extra serve. "
        "Instálelo con: pip install 'graphgrad[serve]'.",
    ),
    "serve.piped": (
        "standard input cannot be served: every tab would need it. Name a file, or give -e.",
        "la entrada estándar no se puede servir: cada pestaña la necesitaría. Nombre un archivo, "
        "o use -e.",
    ),
    "serve.loading": ("starting …", "iniciando …"),
    "serve.closed": ("The session has ended.", "La sesión ha terminado."),
    "serve.again": ("start again", "empezar de nuevo"),
    "serve.foreign": (
        "this page may only be used from its own address",
        "esta página solo se puede usar desde su propia dirección",
    ),
}
