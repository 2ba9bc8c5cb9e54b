"""Word the terminal app's screens for opening a graph, and the pane with a derivation."""

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
