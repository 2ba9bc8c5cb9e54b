"""Word the line-oriented stepper: stepping, questions, edits, training."""

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
    "stepper.term": ("from {giver}: {told}", "de {giver}: {told}"),
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
    # ---- commands beyond stepping ----
    "stepper.word.derivation": ("derive NAME", "deducir NOMBRE"),
    "stepper.help.derivation": (
        "the derivation so far, > at this step",
        "la deducción hasta aquí, > en este paso",
    ),
    "stepper.word.predict": ("predict", "predecir"),
    "stepper.help.predict": (
        "be asked before steps are shown; again to end",
        "preguntas antes de cada paso; otra vez, fin",
    ),
    "stepper.word.ask": ("ask", "preguntar"),
    "stepper.help.ask": ("ask about the very next step", "pregunta por el paso siguiente"),
    "stepper.word.hint": ("hint", "pista"),
    "stepper.help.hint": ("a hint for the open question", "una pista para la pregunta"),
    "stepper.word.reveal": ("reveal", "respuesta"),
    "stepper.help.reveal": ("the answer to the open question", "la respuesta a la pregunta"),
    "stepper.word.edit": ("edit w = 3", "editar w = 3"),
    "stepper.help.edit": ("change a value or a formula", "cambia un valor o una fórmula"),
    "stepper.word.undo": ("undo", "deshacer"),
    "stepper.help.undo": ("undo the last edit", "deshace el último cambio"),
    "stepper.word.redo": ("redo", "rehacer"),
    "stepper.help.redo": ("do it again", "lo rehace"),
    "stepper.word.train": ("train 50 0.1", "entrenar 50 0.1"),
    "stepper.help.train": ("gradient descent: steps, rate", "descenso de gradiente: pasos, tasa"),
    "stepper.word.iterate": ("iterate 7", "iterado 7"),
    "stepper.help.iterate": (
        "step through step 7 of the training",
        "recorre el paso 7 del entrenamiento",
    ),
    "stepper.word.check": ("check", "comprobar"),
    "stepper.help.check": (
        "compare four ways to the gradients",
        "compara cuatro caminos a los gradientes",
    ),
    "stepper.word.copy_latex": ("latex NAME", "latex NOMBRE"),
    "stepper.help.copy_latex": ("derivatives of NAME in LaTeX", "derivadas de NOMBRE en LaTeX"),
    "stepper.word.copy_dot": ("dot", "dot"),
    "stepper.help.copy_dot": ("the graph at this step as DOT", "el grafo en este paso como DOT"),
    "stepper.word.export": ("export FILE", "exportar ARCHIVO"),
    "stepper.help.export": (
        "this step as a figure: .svg, .png, .pdf",
        "este paso como figura: .svg, .png, .pdf",
    ),
    "cause.backward": (
        "It comes back from {name} with the adjoints.",
        "Vuelve desde {name} con los adjuntos.",
    ),
    "plain.answering": (
        "Write the answer; :H hint, :r answer, :x end.",
        "Escriba la respuesta; :H pista, :r respuesta, :x fin.",
    ),
    "plain.open": (
        "A question is open. Answer it; :r gives the answer, :x ends the questions.",
        "Hay una pregunta abierta. Respóndala; :r da la respuesta, :x termina las preguntas.",
    ),
    "plain.matches": ("Known so far and so: {names}.", "Conocidos hasta aquí y así: {names}."),
    "plain.edit_how": (
        "Write for instance: e {name} = 3",
        "Escriba por ejemplo: e {name} = 3",
    ),
    "plain.changed": ("{name}: {old} → {new}", "{name}: {old} → {new}"),
    "plain.train_how": (
        "Write how many steps (at most 100000) and the rate, for instance: T 50 0.01, or an "
        "optimizer: T adam(rate=0.1), epochs=20",
        "Escriba cuántos pasos (a lo sumo 100000) y la tasa, por ejemplo: T 50 0.01, o un "
        "optimizador: T adam(tasa=0.1), épocas=20",
    ),
    "plain.train_trouble": (
        "At step {step}: {what} Choose a smaller rate.",
        "En el paso {step}: {what} Elija una tasa menor.",
    ),
    "plain.iterate_how": (
        "I and a number from 0 to {count} steps through that step of the training; u leaves it.",
        "I y un número de 0 a {count} recorre ese paso del entrenamiento; u lo deja.",
    ),
    "plain.not_trained": (
        "Nothing has been trained yet. T trains.",
        "Aún no se ha entrenado nada. T entrena.",
    ),
    "plain.export_how": (
        "Write a file name, for instance: E step.svg",
        "Escriba un nombre de archivo, por ejemplo: E paso.svg",
    ),
}
