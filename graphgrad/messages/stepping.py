"""Word the line-oriented stepper."""

MESSAGES: dict[str, tuple[str, str]] = {
    "stepper.greeting": (
        "{count} steps. Enter or n: next, p: previous, ?: all commands, q: quit.",
        "{count} pasos. Intro o n: siguiente, p: anterior, ?: todas las órdenes, q: salir.",
    ),
    "stepper.unknown": (
        "There is no command {word}. ? lists the commands.",
        "No existe la orden {word}. ? lista las órdenes.",
    ),
    "stepper.at_end": (
        "This is the last step. g goes to the start.",
        "Es el último paso. g va al inicio.",
    ),
    "stepper.at_start": (
        "This is the start. n goes to the next step.",
        "Es el inicio. n va al paso siguiente.",
    ),
    "stepper.no_step": (
        "There is no step {got}: expected 0 to {count}. Write for instance :3.",
        "No existe el paso {got}: se esperaba de 0 a {count}. Escriba por ejemplo :3.",
    ),
    "stepper.no_backward": (
        "There is no backward pass: the output has several entries and no seed is given.",
        "No hay pasada hacia atrás: la salida tiene varios elementos y no se dio semilla.",
    ),
    "stepper.no_name": (
        "There is nothing named {name}.{near} s lists the names.",
        "No hay nada llamado {name}.{near} s lista los nombres.",
    ),
    "stepper.give_name": (
        "A name is missing. Write for instance t L; s lists the names.",
        "Falta un nombre. Escriba por ejemplo t L; s lista los nombres.",
    ),
    "stepper.breakpoints": ("Breakpoints: {names}.", "Puntos de pausa: {names}."),
    "stepper.watches": ("Watched: {names}.", "Vigilados: {names}."),
    "stepper.watched": ("watch: {what}", "vigilados: {what}"),
    "stepper.none": ("none", "ninguno"),
    "stepper.no_break": (
        "No breakpoint on the way. B NAME sets one.",
        "Ningún punto de pausa en el camino. B NOMBRE pone uno.",
    ),
    "stepper.search_nothing": (
        "Nothing to search for. Write for instance /exp.",
        "No hay qué buscar. Escriba por ejemplo /exp.",
    ),
    "stepper.not_found": (
        "{what} occurs in no name, operation or formula. s lists the names.",
        "{what} no aparece en ningún nombre, operación ni fórmula. s lista los nombres.",
    ),
    "stepper.more": (
        "  ... and {count} more; i NAME shows one.",
        "  ... y {count} más; i NOMBRE muestra uno.",
    ),
    "stepper.group": ("group {group}", "grupo {group}"),
    "stepper.unreached": (
        "{name} = 0: the output does not depend on it.",
        "{name} = 0: la salida no depende de él.",
    ),
    "stepper.term": ("from {giver}: {symbol} = {value}", "de {giver}: {symbol} = {value}"),
    "stepper.help.next": (
        "next step; a number in front repeats it",
        "paso siguiente; un número delante lo repite",
    ),
    "stepper.help.previous": ("previous step", "paso anterior"),
    "stepper.help.goto": ("go to that step; 0 is the start", "va a ese paso; 0 es el inicio"),
    "stepper.help.start": ("go to the start", "va al inicio"),
    "stepper.help.end": ("go to the end", "va al final"),
    "stepper.help.forward": ("start of the forward pass", "comienzo de la pasada hacia delante"),
    "stepper.help.backward": ("start of the backward pass", "comienzo de la pasada hacia atrás"),
    "stepper.help.to": (
        "run to the value of NAME; again, to its adjoint",
        "corre al valor de NOMBRE; otra vez, a su adjunto",
    ),
    "stepper.help.break": (
        "set or clear a breakpoint at NAME",
        "pone o quita un punto de pausa en NOMBRE",
    ),
    "stepper.help.continue": (
        "continue to the next breakpoint",
        "continúa hasta el siguiente punto de pausa",
    ),
    "stepper.help.back": ("back to the previous breakpoint", "vuelve al punto de pausa anterior"),
    "stepper.help.watch": (
        "show NAME after every step, or stop that",
        "muestra NOMBRE tras cada paso, o ya no",
    ),
    "stepper.help.inspect": (
        "all that is known about NAME, or this step",
        "todo lo sabido de NOMBRE, o de este paso",
    ),
    "stepper.help.search": (
        "next step whose name, op or formula has TEXT",
        "siguiente paso cuyo nombre o fórmula tiene TEXTO",
    ),
    "stepper.help.state": (
        "table of all values and adjoints known so far",
        "tabla de valores y adjuntos conocidos",
    ),
    "stepper.help.copy": (
        "this step's text alone, to copy",
        "el texto de este paso a solas, para copiarlo",
    ),
    "stepper.help.help": ("this list", "esta lista"),
    "stepper.help.quit": ("quit", "salir"),
    "stepper.word.next": ("next", "siguiente"),
    "stepper.word.previous": ("prev", "anterior"),
    "stepper.word.goto": ("goto 42", "ir 42"),
    "stepper.word.start": ("start", "inicio"),
    "stepper.word.end": ("end", "final"),
    "stepper.word.forward": ("forward", "adelante"),
    "stepper.word.backward": ("backward", "atrás"),
    "stepper.word.to": ("to NAME", "hasta NOMBRE"),
    "stepper.word.break": ("break NAME", "pausa NOMBRE"),
    "stepper.word.continue": ("continue", "continuar"),
    "stepper.word.back": ("back", "volver"),
    "stepper.word.watch": ("watch NAME", "vigilar NOMBRE"),
    "stepper.word.inspect": ("inspect NAME", "inspeccionar NOMBRE"),
    "stepper.word.search": ("search TEXT", "buscar TEXTO"),
    "stepper.word.state": ("state", "estado"),
    "stepper.word.copy": ("copy", "copiar"),
    "stepper.word.help": ("help", "ayuda"),
    "stepper.word.quit": ("quit", "salir"),
}
