"""Word what the line-oriented stepper does besides stepping: questions, edits, training."""

MESSAGES: dict[str, tuple[str, str]] = {
    "stepper.word.derive": ("derive NAME", "deducir NOMBRE"),
    "stepper.help.derive": (
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
    "stepper.word.latex": ("latex NAME", "latex NOMBRE"),
    "stepper.help.latex": ("derivatives of NAME in LaTeX", "derivadas de NOMBRE en LaTeX"),
    "stepper.word.dot": ("dot", "dot"),
    "stepper.help.dot": ("the graph at this step as DOT", "el grafo en este paso como DOT"),
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
        "Write how many steps (at most 100000) and the rate, for instance: T 50 0.01",
        "Escriba cuántos pasos (a lo sumo 100000) y la tasa, por ejemplo: T 50 0.01",
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
