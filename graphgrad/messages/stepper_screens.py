"""Word the terminal app's screens for opening a graph, its derivation, and the app in a browser."""

MESSAGES: dict[str, tuple[str, str]] = {
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
}

MESSAGES |= {
    "worked.values": ("values", "valores"),
    "worked.narrow": (
        "The derivation needs 100 columns with --present: make the window wider.",
        "La derivación necesita 100 columnas con --present: ensanche la ventana.",
    ),
    "worked.loading": ("deriving …", "deduciendo …"),
    "app.key.derivation": ("Derivation", "Deducción"),
    "app.help.derivation": (
        "the worked derivation beside the graph, of the selected node or of everything",
        "la deducción completa junto al grafo, del nodo elegido o de todo",
    ),
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
}

MESSAGES |= {
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
