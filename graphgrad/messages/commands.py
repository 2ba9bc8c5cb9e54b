"""Word the command line: its frame, shared options, and wrong calls."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- the program ----
    "program.error": ("error", "error"),
    "program.interrupted": ("interrupted", "interrumpido"),
    "program.memory": (
        "the task needs more memory than there is ({kind}). Use a smaller graph or fewer rows.",
        "la tarea necesita más memoria de la que hay ({kind}). Use un grafo menor o menos filas.",
    ),
    "program.system": (
        "the system refused to read or write {name}: {why}. Check the disk and the permissions.",
        "el sistema se negó a leer o escribir {name}: {why}. Revise el disco y los permisos.",
    ),
    "program.own_mistake": (
        "graphgrad made a mistake of its own, your input is not to blame: {kind}: {what} (at "
        "{where}). Please report it; with GRAPHGRAD_TRACEBACK=1 in the environment the whole "
        "trace is shown.",
        "graphgrad cometió un error propio, su entrada no tiene la culpa: {kind}: {what} (en "
        "{where}). Comuníquelo, por favor; con GRAPHGRAD_TRACEBACK=1 en el entorno se muestra la "
        "traza completa.",
    ),
    "output.unwritable": (
        "the output cannot be written ({why}). Free some space or choose another place.",
        "no se puede escribir la salida ({why}). Libere espacio o elija otro lugar.",
    ),
    # ---- the frame of a help page ----
    "help.usage": ("Usage", "Uso"),
    "help.arguments": ("Arguments", "Argumentos"),
    "help.options": ("Options", "Opciones"),
    "help.commands": ("Commands", "Órdenes"),
    "help.example": ("Example", "Ejemplo"),
    "help.examples": ("Examples", "Ejemplos"),
    "help.statuses": ("Exit status", "Estado de salida"),
    "help.program": (
        "Computational graphs that explain themselves: values, adjoints and symbolic partials, "
        "step by step. `graphgrad COMMAND --help` explains a command; `graphgrad` alone lists the "
        "samples.",
        "Grafos computacionales que se explican solos: valores, adjuntos y derivadas locales "
        "simbólicas, paso a paso. `graphgrad ORDEN --help` explica una orden; `graphgrad` a solas "
        "lista los ejemplos.",
    ),
    "help.status.0": ("fine", "bien"),
    "help.status.1": (
        "a negative result: a wrong answer, a failed check, a value that is not finite",
        "resultado negativo: una respuesta incorrecta, una comprobación fallida, un valor no "
        "finito",
    ),
    "help.status.2": ("wrong usage", "uso incorrecto"),
    "help.status.3": ("invalid source", "fuente no válida"),
    "help.status.4": (
        "a file that cannot be read or written",
        "un archivo que no se puede leer o escribir",
    ),
    "help.status.5": ("undecided", "sin decidir"),
    "help.status.6": ("a limit was hit", "se alcanzó un límite"),
    # ---- words for values ----
    "word.command": ("COMMAND", "ORDEN"),
    "word.options": ("OPTIONS", "OPCIONES"),
    "word.file": ("FILE", "ARCHIVO"),
    "word.folder": ("FOLDER", "CARPETA"),
    "word.address": ("ADDRESS", "DIRECCIÓN"),
    "word.text": ("TEXT", "TEXTO"),
    "word.name": ("NAME", "NOMBRE"),
    "word.setting": ("NAME=VALUE", "NOMBRE=VALOR"),
    "word.value": ("VALUE", "VALOR"),
    "word.number": ("NUMBER", "NÚMERO"),
    "word.rows": ("ROWS", "FILAS"),
    "word.choice": ("NAME(SETTINGS)", "NOMBRE(AJUSTES)"),
    "word.whole": ("N", "N"),
    # ---- wrong calls ----
    "usage.unknown_command": (
        "there is no command {name}.{near} The commands are: {known}. `graphgrad --help` explains "
        "them.",
        "no existe la orden {name}.{near} Las órdenes son: {known}. `graphgrad --help` las "
        "explica.",
    ),
    "usage.command_is_file": (
        "{name} is a file where a command was expected. Did you mean `graphgrad run {name}`?",
        "{name} es un archivo y se esperaba una orden. ¿Quería decir `graphgrad run {name}`?",
    ),
    "usage.unknown_option": (
        "there is no option {name}.{near} `{help}` lists the options.",
        "no existe la opción {name}.{near} `{help}` lista las opciones.",
    ),
    "usage.missing_argument": (
        "{name} is missing: expected it on the command line. `{help}` shows an example.",
        "falta {name}: se esperaba en la línea de órdenes. `{help}` muestra un ejemplo.",
    ),
    "usage.missing_option": (
        "the option {name} is missing: this command needs it. `{help}` shows an example.",
        "falta la opción {name}: esta orden la necesita. `{help}` muestra un ejemplo.",
    ),
    "usage.extra_argument": (
        "got {got}, but the command takes no more arguments. Remove it, or put a text with spaces "
        "in quotation marks.",
        "hay {got}, pero la orden no toma más argumentos. Quítelo o ponga entre comillas un texto "
        "con espacios.",
    ),
    "usage.option_without_value": (
        "the option {name} needs a value: got none. `{help}` shows an example.",
        "la opción {name} necesita un valor: no hay ninguno. `{help}` muestra un ejemplo.",
    ),
    "usage.flag_with_value": (
        "the option {name} takes no value. Write {name} alone.",
        "la opción {name} no toma valor. Escriba {name} sin más.",
    ),
    "usage.bad_word": (
        "{option} got {got!r}: expected one of {known}.{near} Choose one of them.",
        "{option} recibió {got!r}: se esperaba uno de {known}.{near} Elija uno de ellos.",
    ),
    "usage.no_name": (
        "{option} got an empty text: expected the name of a file or folder. A variable of the "
        "shell may be empty: write the name.",
        "{option} recibió un texto vacío: se esperaba el nombre de un archivo o una carpeta. Quizá "
        "una variable de la consola está vacía: escriba el nombre.",
    ),
    "usage.bad_whole": (
        "{option} got {got!r}: expected a whole number{bounds}. Correct it.",
        "{option} recibió {got!r}: se esperaba un entero{bounds}. Corríjalo.",
    ),
    "usage.at_least": (" from {least} on", " desde {least}"),
    "usage.between": (" from {least} to {most}", " de {least} a {most}"),
    "usage.bad_number": (
        "{option} got {got!r}: expected a finite number. Correct it.",
        "{option} recibió {got!r}: se esperaba un número finito. Corríjalo.",
    ),
    "usage.bad_positive": (
        "{option} got {got!r}: expected a positive number. Correct it.",
        "{option} recibió {got!r}: se esperaba un número positivo. Corríjalo.",
    ),
    "usage.other": ("{what} `{help}` explains the call.", "{what} `{help}` explica el uso."),
    "usage.no_source": (
        "got no formula: expected a FILE or -e TEXT. `graphgrad samples` lists samples to try.",
        "no hay fórmula: se esperaba un ARCHIVO o -e TEXTO. `graphgrad samples` lista ejemplos "
        "para probar.",
    ),
    "usage.two_sources": (
        "got both the file {file} and -e: expected one of them. Remove one.",
        "hay a la vez el archivo {file} y -e: se esperaba uno de los dos. Quite uno.",
    ),
    "usage.set_shape": (
        "--set {name} got a value of the shape {got}: in the file {name} has the shape {expected} "
        "(a vector's shape is how many entries it has). Give a value of that shape.",
        "--set {name} recibió un valor de forma {got}: en el archivo {name} tiene la forma "
        "{expected} (la de un vector es cuántas entradas tiene). Dé un valor de esa forma.",
    ),
    "usage.seed_shape": (
        "--seed got a value of the shape {got}: the output {output} has the shape {expected} (a "
        "vector's shape is how many entries it has). Give a value of that shape.",
        "--seed recibió un valor de forma {got}: la salida {output} tiene la forma {expected} (la "
        "de un vector es cuántas entradas tiene). Dé un valor de esa forma.",
    ),
    "usage.setting": (
        "--set got {got!r}: expected NAME=VALUE. Write for instance --set w=2.",
        "--set recibió {got!r}: se esperaba NOMBRE=VALOR. Escriba por ejemplo --set w=2.",
    ),
    "usage.setting_twice": (
        "--set gives {name} two values. Keep one.",
        "--set da dos valores a {name}. Deje uno.",
    ),
    "usage.setting_unknown": (
        "--set {name}=...: there is no input or parameter {name}.{near} The file has: {known}. "
        "Correct the name.",
        "--set {name}=...: no hay entrada ni parámetro {name}.{near} El archivo tiene: {known}. "
        "Corrija el nombre.",
    ),
    "usage.setting_computed": (
        "--set {name}=...: {name} is computed, so it takes no value. Set one of: {known}.",
        "--set {name}=...: {name} se calcula, así que no toma valor. Dé valor a uno de: {known}.",
    ),
    "usage.value": (
        "{option} got {got!r}, which is no number or array ({why}). Write for instance {example}.",
        "{option} recibió {got!r}, que no es un número ni un array ({why}). Escriba por ejemplo "
        "{example}.",
    ),
    "usage.value.plain": (
        "a value is written out: 2, -0.5, 1/3 or [1, 2]; names and formulas belong in the file",
        "un valor se escribe con cifras: 2, -0.5, 1/3 o [1, 2]; los nombres y las fórmulas van en "
        "el archivo",
    ),
    "usage.no_rows": (
        "--row {got}: the file has no data rows to choose from. Remove --row.",
        "--row {got}: el archivo no tiene filas de datos para elegir. Quite --row.",
    ),
    "usage.no_such_row": (
        "--row {got}: the data has rows 1 to {limit}. Choose one of them.",
        "--row {got}: los datos tienen las filas 1 a {limit}. Elija una.",
    ),
    # ---- shared arguments and options ----
    "argument.file": (
        "an expression file (.gg), a model (.pt2, .onnx), or - for standard input",
        "un archivo de expresiones (.gg), un modelo (.pt2, .onnx), o - para la entrada estándar",
    ),
    "argument.gg_file": (
        "an expression file (.gg), or - for standard input",
        "un archivo de expresiones (.gg), o - para la entrada estándar",
    ),
    "option.lang": (
        "the language of all texts; otherwise the system's",
        "el idioma de todos los textos; si no, el del sistema",
    ),
    "option.help": ("show this help and exit", "muestra esta ayuda y termina"),
    "option.no_cache": (
        "work every derivative out anew instead of taking what earlier runs have kept",
        "deduce de nuevo cada derivada, sin usar lo que guardaron ejecuciones anteriores",
    ),
    "option.version": ("show the version and exit", "muestra la versión y termina"),
    "option.expression": (
        "a formula instead of a file; `;` separates lines, unknown names are inputs",
        "una fórmula en vez de un archivo; `;` separa líneas, los nombres desconocidos son "
        "entradas",
    ),
    "option.set": (
        "give an input or parameter another value, such as w=2 or W=[[1, 2], [3, 4]]; may be "
        "repeated",
        "da otro valor a una entrada o un parámetro, como w=2 o W=[[1, 2], [3, 4]]; puede "
        "repetirse",
    ),
    "option.wrt": (
        "only what concerns the derivative with respect to this name; may be repeated",
        "solo lo que concierne a la derivada respecto a este nombre; puede repetirse",
    ),
    "option.detail": (
        "one entry per line of the file (line) or per operation (op); otherwise line",
        "una entrada por línea del archivo (line) o por operación (op); si no, line",
    ),
    "option.row": (
        "use row N of the file's data, counted from 1",
        "usa la fila N de los datos del archivo, contada desde 1",
    ),
    "option.json": (
        "print one JSON object instead of tables",
        "imprime un objeto JSON en vez de tablas",
    ),
    "option.scheduler": (
        "let the workers of a Dask scheduler do it, as tcp://10.0.0.1:8786",
        "que lo hagan los trabajadores de un planificador de Dask, como tcp://10.0.0.1:8786",
    ),
    "cluster.needs_extra": (
        "--scheduler needs a package that is not installed: it comes with the extra cluster. "
        "Install it with: pip install 'graphgrad[cluster]'.",
        "--scheduler necesita un paquete que no está instalado: viene con el extra cluster. "
        "Instálelo con: pip install 'graphgrad[cluster]'.",
    ),
    "cluster.unreachable": (
        "no scheduler answers at {address!r} ({what}). Start one with `dask scheduler`, which "
        "prints its address, as tcp://10.0.0.1:8786.",
        "ningún planificador responde en {address!r} ({what}). Inicie uno con `dask scheduler`, "
        "que escribe su dirección, como tcp://10.0.0.1:8786.",
    ),
    "cluster.no_workers": (
        "the scheduler at {address!r} has no workers. Start some with `dask worker {address}`, in "
        "an environment with graphgrad.",
        "el planificador de {address!r} no tiene trabajadores. Inicie algunos con `dask worker "
        "{address}`, en un entorno con graphgrad.",
    ),
    "cluster.version": (
        "a worker has graphgrad {there} and this machine {here}: the results could differ. "
        "Install the same version on both.",
        "un trabajador tiene graphgrad {there} y esta máquina {here}: los resultados podrían "
        "diferir. Instale la misma versión en los dos.",
    ),
    "cluster.worker": (
        "a worker of the cluster cannot do the jobs ({what}). Start the workers in an environment "
        "with the same graphgrad.",
        "un trabajador del clúster no puede hacer las tareas ({what}). Inicie los trabajadores en "
        "un entorno con el mismo graphgrad.",
    ),
    "cluster.lost": (
        "the scheduler at {address!r} went away before all was done. Nothing was written; start "
        "it again, or leave --scheduler out.",
        "el planificador de {address!r} desapareció antes de terminar. No se escribió nada; "
        "inícielo otra vez, o quite --scheduler.",
    ),
    "cluster.workers": (
        "--workers counts processes of this machine and --scheduler uses those of a cluster. Give "
        "one of the two.",
        "--workers cuenta procesos de esta máquina y --scheduler usa los de un clúster. Dé uno de "
        "los dos.",
    ),
    "option.exact": (
        "keep rational numbers exact, as 1/3",
        "conserva exactos los números racionales, como 1/3",
    ),
    "option.stable": (
        "rewrite lines into stable forms first: softplus, logsumexp, log_softmax, ...",
        "reescribe antes las líneas en formas estables: softplus, logsumexp, log_softmax, ...",
    ),
    "option.seed": (
        "the adjoint the backward pass starts from, such as 1 or [1, 0]; otherwise 1 for a number",
        "el adjunto del que parte la pasada hacia atrás, como 1 o [1, 0]; si no, 1 si es un número",
    ),
}
