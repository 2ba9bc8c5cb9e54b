"""Word what layers, losses and initial values can complain about."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- settings ----
    "layer.unknown_setting": (
        "{layer} has no setting {got}: expected one of {known}.{near} Remove it or correct its "
        "name.",
        "{layer} no tiene el ajuste {got}: se esperaba uno de {known}.{near} Quítelo o corrija su "
        "nombre.",
    ),
    "layer.missing_setting": (
        "{layer} needs the setting {setting}: got none. Write {setting}=...",
        "{layer} necesita el ajuste {setting}: no hay ninguno. Escriba {setting}=...",
    ),
    "layer.setting_number": (
        "{setting} of {layer} is a number: got {got}. Write for instance {setting}=0.1.",
        "{setting} de {layer} es un número: se recibió {got}. Escriba por ejemplo {setting}=0.1.",
    ),
    "layer.setting_integer": (
        "{setting} of {layer} is a whole number from 0: got {got}. Write for instance {setting}=1.",
        "{setting} de {layer} es un número entero desde 0: se recibió {got}. Escriba por ejemplo "
        "{setting}=1.",
    ),
    "layer.setting_count": (
        "{setting} of {layer} is a whole number from 1: got {got}. Write for instance {setting}=2.",
        "{setting} de {layer} es un número entero desde 1: se recibió {got}. Escriba por ejemplo "
        "{setting}=2.",
    ),
    "layer.setting_lengths": (
        "{setting} of {layer} is a whole number from 1 or a list of them: got {got}. Write for "
        "instance {setting}=[4, 2].",
        "{setting} de {layer} es un número entero desde 1 o una lista de ellos: se recibió {got}. "
        "Escriba por ejemplo {setting}=[4, 2].",
    ),
    "layer.setting_flag": (
        "{setting} of {layer} is true or false: got {got}. Write {setting}=true.",
        "{setting} de {layer} es true o false: se recibió {got}. Escriba {setting}=true.",
    ),
    "layer.setting_word": (
        "{setting} of {layer} is one of {known}: got {got}. Write one of them.",
        "{setting} de {layer} es uno de {known}: se recibió {got}. Escriba uno de ellos.",
    ),
    "layer.setting_row": (
        "{setting} of {layer} is the name of a function of one argument, as {known}: got {got}. "
        "Write one of them.",
        "{setting} de {layer} es el nombre de una función de un argumento, como {known}: se "
        "recibió {got}. Escriba una de ellas.",
    ),
    "layer.setting_rows": (
        "{setting} of {layer} is the name of a function of one argument, or a list of them, as "
        "{known}: got {got}. Write them.",
        "{setting} de {layer} es el nombre de una función de un argumento, o una lista de ellos, "
        "como {known}: se recibió {got}. Escríbalos.",
    ),
    "layer.setting_initialiser": (
        "{setting} of {layer} says how values start, as {known}: got {got}. Write one of them.",
        "{setting} de {layer} dice cómo empiezan los valores, como {known}: se recibió {got}. "
        "Escriba uno de ellos.",
    ),
    # ---- shapes ----
    "layer.shapes": (
        "{layer} takes {expected}: got the shape {got}. Change the shape or the layer.",
        "{layer} toma {expected}: se recibió la forma {got}. Cambie la forma o la capa.",
    ),
    "layer.expected.state": (
        "an input and a state of the same number of rows, the state as long as units",
        "una entrada y un estado con el mismo número de filas, el estado de longitud units",
    ),
    "layer.expected.target": (
        "an output and a target of the same shape",
        "una salida y un objetivo de la misma forma",
    ),
}
