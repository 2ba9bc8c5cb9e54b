"""Word the command line: help pages and wrong calls."""

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
    "word.text": ("TEXT", "TEXTO"),
    "word.name": ("NAME", "NOMBRE"),
    "word.setting": ("NAME=VALUE", "NOMBRE=VALOR"),
    "word.value": ("VALUE", "VALOR"),
    "word.number": ("NUMBER", "NÚMERO"),
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
        "{option} recibió {got!r}, que no es un número ni un arreglo ({why}). Escriba por ejemplo "
        "{example}.",
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
        "an expression file (.gg), or - for standard input",
        "un archivo de expresiones (.gg), o - para la entrada estándar",
    ),
    "option.lang": (
        "the language of all texts; otherwise the system's",
        "el idioma de todos los textos; si no, el del sistema",
    ),
    "option.help": ("show this help and exit", "muestra esta ayuda y termina"),
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
    "option.exact": (
        "keep rational numbers exact, as 1/3",
        "conserva exactos los números racionales, como 1/3",
    ),
    "option.seed": (
        "the adjoint the backward pass starts from, such as 1 or [1, 0]; otherwise 1 for a number",
        "el adjunto del que parte la pasada hacia atrás, como 1 o [1, 0]; si no, 1 si es un número",
    ),
    # ---- run ----
    "command.run.short": (
        "values, partials, adjoints and gradients",
        "valores, derivadas locales, adjuntos y gradientes",
    ),
    "command.run.help": (
        "Runs the graph forward and backward. Shows every line with its value and adjoint, then "
        "every local derivative in symbols and numbers with what it contributes, then the "
        "gradients. A file with data rows shows each row's loss, the mean loss and the mean "
        "gradients, unless --row chooses one row.",
        "Recorre el grafo hacia delante y hacia atrás. Muestra cada línea con su valor y su "
        "adjunto, después cada derivada local en símbolos y números con lo que aporta, y después "
        "los gradientes. Un archivo con filas de datos muestra la pérdida de cada fila, la "
        "pérdida media y los gradientes medios, salvo que --row elija una fila.",
    ),
    "run.option.jacobian": (
        "also the Jacobian of the output in every input and parameter (or in --wrt)",
        "también el jacobiano de la salida en cada entrada y parámetro (o en --wrt)",
    ),
    # ---- explain ----
    "command.explain.short": (
        "the chain rule for one gradient: symbols, numbers, paths",
        "la regla de la cadena de un gradiente: símbolos, números, caminos",
    ),
    "command.explain.help": (
        "Derives one gradient by the chain rule: in symbols, then in numbers, then as the sum "
        "over all paths from the name to the loss. At most 50 paths are listed; all are counted.",
        "Deduce un gradiente con la regla de la cadena: en símbolos, después en números y después "
        "como suma sobre todos los caminos del nombre a la pérdida. Se listan como mucho 50 "
        "caminos; se cuentan todos.",
    ),
    "explain.argument.name": (
        "the input, parameter or line to derive with respect to",
        "la entrada, el parámetro o la línea respecto a la que se deriva",
    ),
    "explain.constant": (
        "{name} depends on no input or parameter, so there is nothing to derive. Name an input, a "
        "parameter or a line that depends on one.",
        "{name} no depende de ninguna entrada ni parámetro, así que no hay nada que derivar. "
        "Nombre una entrada, un parámetro o una línea que dependa de alguno.",
    ),
    "explain.no_backward": (
        "{output} has several entries, so there is no gradient to explain. Give --seed, or "
        "declare a loss with sum(...) or mean(...).",
        "{output} tiene varios elementos, así que no hay gradiente que explicar. Use --seed o "
        "declare una pérdida con sum(...) o mean(...).",
    ),
    # ---- the others' lines in the overview ----
    "command.render.short": ("the figure: SVG, PNG, DOT", "la figura: SVG, PNG, DOT"),
    "command.show.short": (
        "the graph drawn in the terminal",
        "el grafo dibujado en la terminal",
    ),
    "command.step.short": (
        "steps through both passes in the terminal",
        "recorre paso a paso ambas pasadas en la terminal",
    ),
    "command.check.short": (
        "marks a hand exercise: the first wrong step, and why",
        "corrige un ejercicio a mano: el primer paso incorrecto y por qué",
    ),
    "command.gradcheck.short": (
        "four ways to the same gradients, side by side",
        "cuatro caminos a los mismos gradientes, lado a lado",
    ),
    "command.samples.short": (
        "lists, shows and copies the samples",
        "lista, muestra y copia los ejemplos",
    ),
    "command.doctor.short": (
        "versions, layout engine, fonts, terminal",
        "versiones, motor de trazado, fuentes, terminal",
    ),
    # ---- samples ----
    "command.samples.help": (
        "Lists the samples; with NAME prints one; with --copy copies them, or that one, to a "
        "folder. Files of yours are never overwritten.",
        "Lista los ejemplos; con NOMBRE imprime uno; con --copy los copia, o solo ese, a una "
        "carpeta. Nunca sobrescribe archivos suyos.",
    ),
    "samples.argument.name": ("the sample to print or copy", "el ejemplo que se imprime o copia"),
    "samples.option.copy": (
        "copy to this folder, which is made where it is missing",
        "copia a esta carpeta, que se crea si falta",
    ),
    "samples.heading": ("{count} samples", "{count} ejemplos"),
    "samples.hint": (
        "`graphgrad samples {name}` prints one, `graphgrad samples --copy FOLDER` copies all, "
        "`graphgrad --help` lists the commands.",
        "`graphgrad samples {name}` imprime uno, `graphgrad samples --copy CARPETA` los copia, "
        "`graphgrad --help` lista las órdenes.",
    ),
    "samples.unknown": (
        "there is no sample {name}.{near} `graphgrad samples` lists them.",
        "no existe el ejemplo {name}.{near} `graphgrad samples` los lista.",
    ),
    "samples.missing": (
        "the samples are not where they were installed: expected {path}. Install graphgrad again.",
        "los ejemplos no están donde se instalaron: se esperaban en {path}. Reinstale graphgrad.",
    ),
    "samples.exists": (
        "{path} exists already with other content. Nothing was written; choose another folder.",
        "{path} ya existe con otro contenido. No se escribió nada; elija otra carpeta.",
    ),
    # ---- doctor ----
    "command.doctor.help": (
        "Reports versions, the layout engine that figures use, the samples and the terminal. "
        "Exits with 1 if something that is needed is missing; an arrow marks it.",
        "Informa de versiones, del motor de trazado que usan las figuras, de los ejemplos y de la "
        "terminal. Termina con 1 si falta algo necesario; una flecha lo marca.",
    ),
    "doctor.versions": ("Versions", "Versiones"),
    "doctor.layout": ("Layout engine", "Motor de trazado"),
    "doctor.samples": ("Samples", "Ejemplos"),
    "doctor.terminal": ("Terminal", "Terminal"),
    "doctor.missing": (
        "missing: run `python -m pip install {package}`",
        "falta: ejecute `python -m pip install {package}`",
    ),
    "doctor.optional": ("not installed, not needed", "no instalado, no hace falta"),
    "doctor.size": ("size", "tamaño"),
    "doctor.encoding_word": ("encoding", "codificación"),
    "doctor.encoding": (
        "{encoding}: graphgrad writes UTF-8 all the same; if letters look wrong, set the terminal "
        "to UTF-8",
        "{encoding}: graphgrad escribe UTF-8 de todos modos; si las letras se ven mal, ponga la "
        "terminal en UTF-8",
    ),
    "doctor.language": ("language", "idioma"),
    "doctor.fine": ("All that is needed is there.", "Está todo lo necesario."),
    "doctor.not_fine": (
        "Something that is needed is missing: see the lines marked <--.",
        "Falta algo necesario: vea las líneas marcadas con <--.",
    ),
    # ---- show ----
    "command.show.help": (
        "Draws the graph in the terminal, data flowing from left to right: a box per line with its "
        "value v and its adjoint ∇. What is wider than the terminal scrolls in `less -S`.",
        "Dibuja el grafo en la terminal, los datos van de izquierda a derecha: una caja por línea "
        "con su valor v y su adjunto ∇. Lo que es más ancho que la terminal se recorre con "
        "`less -S`.",
    ),
    "show.option.ascii": ("draw with ASCII characters", "dibuja con caracteres ASCII"),
    "show.option.collapse": ("one box per group", "una caja por grupo"),
    "show.too_many": (
        "the picture would have {got} boxes, the limit is {limit}. Use --collapse or --detail "
        "line.",
        "el dibujo tendría {got} cajas y el límite es {limit}. Use --collapse o --detail line.",
    ),
    # ---- gradcheck ----
    "command.gradcheck.help": (
        "Computes every gradient in four ways: reverse mode, forward mode, symbolically with "
        "sympy, and by central differences. Exits with 1 if they disagree. An output with "
        "several entries is weighted with fixed numbers first.",
        "Calcula cada gradiente de cuatro maneras: modo inverso, modo directo, simbólicamente con "
        "sympy y por diferencias centrales. Termina con 1 si discrepan. Una salida con varios "
        "elementos se pondera antes con números fijos.",
    ),
    "gradcheck.option.tolerance": (
        "largest relative error that passes; otherwise 1e-6",
        "el mayor error relativo que se acepta; si no, 1e-6",
    ),
}
