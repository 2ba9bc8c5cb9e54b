"""Word `graphgrad serve`: the stepper in a browser."""

MESSAGES: dict[str, tuple[str, str]] = {
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
