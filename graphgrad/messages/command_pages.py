"""Word the help pages of the commands and what only they say."""

MESSAGES: dict[str, tuple[str, str]] = {
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
    "command.render.short": (
        "the figure: SVG, PDF, TeX, Beamer, PPTX, HTML, GIF",
        "la figura: SVG, PDF, TeX, Beamer, PPTX, HTML, GIF",
    ),
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
    "command.compile.short": (
        "the graph as a program of NumPy: shown, written, checked",
        "el grafo como programa de NumPy: se muestra, se escribe, se comprueba",
    ),
    "command.samples.short": (
        "lists, shows and copies the samples",
        "lista, muestra y copia los ejemplos",
    ),
    "command.lsp.short": (
        "answer an editor while a file is typed",
        "responde a un editor mientras se escribe un archivo",
    ),
    "command.lsp.help": (
        "Answer an editor that speaks the Language Server Protocol, over standard input and "
        "output: mistakes while typing, values and adjoints under the pointer, definitions, words, "
        "layout. An editor starts it; editors/vscode is the extension for Visual Studio Code.",
        "Responde a un editor que habla el Language Server Protocol, por la entrada y la salida "
        "estándar: errores al escribir, valores y adjuntos bajo el puntero, definiciones, "
        "palabras, formato. Lo inicia el editor; editors/vscode es la extensión para Visual "
        "Studio Code.",
    ),
    "editors.needs_extra": (
        "an editor's server needs a package that is not installed: it comes with the extra lsp. "
        "Install it with: pip install 'graphgrad[lsp]'.",
        "el servidor para editores necesita un paquete que no está instalado: viene con el extra "
        "lsp. Instálelo con: pip install 'graphgrad[lsp]'.",
    ),
    "editors.value": ("value {value}", "valor {value}"),
    "editors.replace": ("Replace by {word}", "Cambiar por {word}"),
    "command.doctor.short": (
        "versions, layout engine, fonts, terminal",
        "versiones, motor de trazado, fuentes, terminal",
    ),
    # ---- fmt ----
    "command.fmt.short": (
        "lays expression files out: blanks, aligned equals signs",
        "da formato a archivos de expresiones: espacios, signos igual alineados",
    ),
    "command.fmt.help": (
        "Rewrites expression files in the layout of the samples. Only blanks, blank lines and "
        "indentation change; comments, order and meaning stay, and so do the line ends and the "
        "encoding of a file. Neighbouring lines of a kind have their = in one column where one of "
        "them stands apart from it. With - standard input is written to standard output. A file "
        "that cannot be read is reported and left alone.",
        "Reescribe archivos de expresiones con el formato de los ejemplos. Solo cambian los "
        "espacios, las líneas en blanco y el sangrado; se conservan comentarios, orden y "
        "significado, y también los finales de línea y la codificación del archivo. Las líneas "
        "vecinas de una misma clase llevan el = en una columna si alguna está separada de él. Con "
        "- la entrada estándar se escribe en la salida estándar. Un archivo que no se puede leer "
        "se indica y se deja como está.",
    ),
    "fmt.option.check": (
        "write nothing; print the names of the files that would change and exit with 1 if any",
        "no escribe nada; imprime los nombres de los archivos que cambiarían y termina con 1 si "
        "hay alguno",
    ),
    "fmt.option.diff": (
        "write nothing; print the lines that would change and exit with 1 if any",
        "no escribe nada; imprime las líneas que cambiarían y termina con 1 si hay alguna",
    ),
    "fmt.rewritten": ("rewritten: {path}", "reescrito: {path}"),
    # ---- samples ----
    "command.samples.help": (
        "Lists the samples; with NAME prints one; with --copy copies them, or that one, to a "
        "folder, where files of yours are never overwritten; with --gallery draws them all.",
        "Lista los ejemplos; con NOMBRE imprime uno; con --copy los copia, o solo ese, a una "
        "carpeta, donde nunca sobrescribe archivos suyos; con --gallery los dibuja todos.",
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
    # ---- doctor ----
    "command.doctor.help": (
        "Reports versions, extras, the layout engine that figures use, the samples, programs of "
        "the system and the terminal. "
        "Exits with 1 if something that is needed is missing; an arrow marks it.",
        "Informa de versiones, de los extras, del motor de trazado que usan las figuras, de los "
        "ejemplos, de programas del sistema y de la terminal. Termina con 1 si falta algo "
        "necesario; una flecha lo marca.",
    ),
    "doctor.versions": ("Versions", "Versiones"),
    "doctor.layout": ("Layout engine", "Motor de trazado"),
    "doctor.fonts": ("Fonts for formulas", "Fuentes para fórmulas"),
    "doctor.none": ("none, not needed", "ninguna, no hacen falta"),
    "doctor.samples": ("Samples", "Ejemplos"),
    "doctor.terminal": ("Terminal", "Terminal"),
    "doctor.missing": (
        "missing: run `python -m pip install {package}`",
        "falta: ejecute `python -m pip install {package}`",
    ),
    "doctor.extras": ("Extras", "Extras"),
    "doctor.extra": (
        "not installed; `pip install 'graphgrad[{extra}]'` brings it",
        "no instalado; lo trae `pip install 'graphgrad[{extra}]'`",
    ),
    "doctor.tools": (
        "Programs of the system, for what is written",
        "Programas del sistema, para lo que se escribe",
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
    "show.option.collapse": (
        "one box for this group, or none where --detail has one; alone, one box per group",
        "una caja para este grupo, o ninguna donde --detail la tiene; sola, una caja por grupo",
    ),
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
    # ---- compile ----
    "command.compile.help": (
        "Compiles the graph and its gradients to a program of NumPy, one statement per operation, "
        "each with the formula or the chain rule that it is. Runs it and exits with 1 if its "
        "numbers are not those of the interpreter. The program that --show prints and -o writes "
        "runs by itself: python FILE.py.",
        "Compila el grafo y sus gradientes a un programa de NumPy, una instrucción por operación, "
        "cada una con la fórmula o la regla de la cadena que es. Lo ejecuta y termina con 1 si sus "
        "números no son los del intérprete. El programa que --show muestra y -o escribe funciona "
        "por sí solo: python ARCHIVO.py.",
    ),
    "compile.option.show": (
        "print the program",
        "muestra el programa",
    ),
    "compile.option.output": (
        "the file to write the program to, such as program.py",
        "el archivo en que se escribe el programa, por ejemplo programa.py",
    ),
    "compile.counts": (
        "{name} and its gradients: {operations} operations of the graph, {statements} statements "
        "of NumPy.",
        "{name} y sus gradientes: {operations} operaciones del grafo, {statements} instrucciones "
        "de NumPy.",
    ),
    "compile.agrees": (
        "The program gives the value and the gradients ({gradients}) of the interpreter, to "
        "rounding.",
        "El programa da el valor y los gradientes ({gradients}) del intérprete, salvo redondeo.",
    ),
    "compile.option.native": (
        "check the machine code (extra jit) instead of the NumPy",
        "comprueba el código máquina (extra jit) en lugar del de NumPy",
    ),
    "compile.long_text": (
        "the program's text would hold {got} numbers: the limit is {limit}. Run the compiled "
        "graph without its text, or write the text with smaller arrays.",
        "el texto del programa tendría {got} números: el límite es {limit}. Ejecute el grafo "
        "compilado sin su texto, o escriba el texto con arrays menores.",
    ),
    "compile.long_export": (
        "the file would hold {got} numbers: the limit is {limit}. Export a graph with smaller "
        "arrays, or with fewer rows of data.",
        "el archivo tendría {got} números: el límite es {limit}. Exporte un grafo con arrays "
        "menores, o con menos filas de datos.",
    ),
    "compile.needs_extra": (
        "machine code needs the package llvmlite, which is not installed: it comes with the extra "
        "jit. Install it with: pip install 'graphgrad[jit]', or compile without it.",
        "el código máquina necesita el paquete llvmlite, que no está instalado: viene con el extra "
        "jit. Instálelo con: pip install 'graphgrad[jit]', o compile sin él.",
    ),
    "compile.machine": (
        "Machine code (LLVM) ran.",
        "Ejecutado como código máquina (LLVM).",
    ),
    "compile.no_machine": (
        "NumPy ran: machine code would be slower here, or an operation has none.",
        "Ejecutado por NumPy: el código máquina sería aquí más lento, o alguna operación no lo "
        "tiene.",
    ),
    "compile.packed_array": (
        "packed() needs a graph whose output is one number; this one has shape {shape}",
        "packed() necesita un grafo cuya salida sea un número; la de este tiene forma {shape}",
    ),
    "compile.no_handle": (
        "the function to compile returned {got}: expected what it computes from its arguments. "
        "Return the loss.",
        "la función que se compila devolvió {got}: se esperaba lo que calcula con sus argumentos. "
        "Devuelva la función objetivo.",
    ),
    "compile.differs": (
        "The program gives other numbers than the interpreter: {names}. This is a fault of "
        "graphgrad; please report the file.",
        "El programa da números distintos de los del intérprete: {names}. Es un fallo de "
        "graphgrad; comunique el archivo, por favor.",
    ),
}
