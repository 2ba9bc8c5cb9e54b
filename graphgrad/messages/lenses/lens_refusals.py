"""Word what a lens refuses, and what to do instead."""

MESSAGES: dict[str, tuple[str, str]] = {
    "lens.unknown": (
        "there is no lens {name}.{near} The lenses are: {known}.",
        "no existe la lente {name}.{near} Las lentes son: {known}.",
    ),
    "lens.unknown_option": (
        "the lens {lens} has no setting {name}.{near} It has: {known}.",
        "la lente {lens} no tiene el ajuste {name}.{near} Tiene: {known:setting}.",
    ),
    "lens.ends": (
        "low={low} is above high={high}: give the smaller number as low.",
        "bajo={low} es mayor que alto={high}: ponga en bajo el número menor.",
    ),
    "lens.bad_option": (
        "{name}={got} cannot be read: expected {expected}.",
        "no se puede leer {name}={got}: se esperaba {expected}.",
    ),
    "lens.needs_graph": (
        "the lens {lens} looks at a graph: give a file, or a formula with -e.",
        "la lente {lens} mira un grafo: dé un archivo, o una fórmula con -e.",
    ),
    "lens.too_large": (
        "this would need {passes} passes over {nodes} nodes, more than {most} in all. Use fewer "
        "rows, points or steps.",
        "harían falta {passes} pasadas sobre {nodes} nodos, más de {most} en total. Use menos "
        "filas, puntos o pasos.",
    ),
    "lens.not_scalar": (
        "{output} is an array and this lens needs one number at the end. Add a loss, such as "
        "`loss L = sum({output})`.",
        "{output} es un array y esta lente necesita un solo número al final. Añada una pérdida, "
        "como `pérdida L = sum({output})`.",
    ),
    "lens.no_parameters": (
        "no line reads a parameter. Declare one, as in `param w = 2`.",
        "ninguna línea lee un parámetro. Declare uno, como en `parámetro w = 2`.",
    ),
    "lens.nothing_to_vary": (
        "there is neither a parameter nor an input to vary. Declare one, as in `param w = 2`.",
        "no hay ni parámetro ni entrada que variar. Declare uno, como en `parámetro w = 2`.",
    ),
    "lens.too_many_numbers": (
        "there are {got} numbers to vary and at most {most} are allowed here. Choose some leaves "
        "with over=NAME,NAME.",
        "hay {got} números que variar y aquí se admiten {most} como máximo. Elija hojas con "
        "sobre=NOMBRE,NOMBRE.",
    ),
    "lens.along.length": (
        "a direction needs one number for each of {names}: {count}, got {got}. Write for instance "
        "direction=0.6,0.8, or choose others with over=NAME,NAME.",
        "una dirección necesita un número por cada uno de {names}: {count}, y hay {got}. Escriba "
        "por ejemplo direction=0.6,0.8, o elija otros con sobre=NOMBRE,NOMBRE.",
    ),
    "lens.two_numbers": (
        "a scan of directions needs two numbers, and there are {got}. Choose two with "
        "over=NAME,NAME.",
        "el barrido de direcciones necesita dos números, y hay {got}. Elija dos con "
        "sobre=NOMBRE,NOMBRE.",
    ),
    "lens.wrong_axes": (
        "{name} depends on the inputs {got}; this picture needs {expected}. Name another line as "
        "`of`.",
        "{name} depende de las entradas {got}; este dibujo necesita {expected}. Nombre otra línea "
        "como `of`.",
    ),
    "lens.axes": (
        "{count} numbers: inputs that are numbers, or one vector of them",
        "{count} números: entradas que sean números, o un vector de ellos",
    ),
    "lens.unknown_function": (
        "{name!r} is no function of one number.{near} Such are: {known}. Choose one with of=NAME.",
        "{name!r} no es una función de un número.{near} Lo son: {known}. Elija una con de=NOMBRE.",
    ),
    "lens.which_function": (
        "which function? Name one, as in of=sigmoid, or give a file with an activation.",
        "¿qué función? Nombre una, como en de=sigmoid, o dé un archivo con una activación.",
    ),
    "lens.bad_claim": (
        "the claim {got!r} cannot be read: expected a relation and a number, as in claim='<=1/4'.",
        "no se puede leer la afirmación {got!r}: se esperaba una relación y un número, como en "
        "afirmación='<=1/4'.",
    ),
    "lens.needs_rows": (
        "mini-batches need a table of at least two rows (`data x y`) and a parameter.",
        "los minilotes necesitan una tabla de al menos dos filas (`datos x y`) y un parámetro.",
    ),
    "lens.batch_size": (
        "a mini-batch of {got} rows cannot be taken from {limit} rows. Choose 1 to {limit}.",
        "no se puede tomar un minilote de {got} filas de entre {limit}. Elija de 1 a {limit}.",
    ),
    "lens.too_many_batches": (
        "there are {got} mini-batches of that size, more than {most}. Choose another size, or "
        "fewer rows.",
        "hay {got} minilotes de ese tamaño, más de {most}. Elija otro tamaño, o menos filas.",
    ),
    "lens.no_mask": (
        "there is no mask: a constant of zeros and ones. Name the leaf with mask=NAME.",
        "no hay máscara: una constante de ceros y unos. Nombre la hoja con mask=NOMBRE.",
    ),
    "lens.mask_is_no_leaf": (
        "{name} is computed and cannot be replaced by masks. Name a leaf.",
        "{name} se calcula y no se puede sustituir por máscaras. Nombre una hoja.",
    ),
    "lens.keep": (
        "the probability to keep is {got}; it must be above 0 and at most 1.",
        "la probabilidad de conservar es {got}; debe ser mayor que 0 y a lo sumo 1.",
    ),
    "lens.too_many_masks": (
        "{got} mask entries have too many masks; at most {most} entries can be enumerated.",
        "{got} entradas de máscara tienen demasiadas máscaras; se enumeran {most} como máximo.",
    ),
    "lens.needs_number": (
        "{name} is no input that is one number. Name one with over=NAME.",
        "{name} no es una entrada que sea un número. Nombre una con sobre=NOMBRE.",
    ),
    "lens.weights": (
        "{count} values need as many weights, none negative and not all 0; got {got}.",
        "{count} valores necesitan otros tantos pesos, ninguno negativo y no todos 0; hay {got}.",
    ),
    "lens.no_formula": (
        "{name} is no short formula of numbers, so that its series cannot be summed in symbols.",
        "{name} no es una fórmula corta de números: su serie no se puede sumar con símbolos.",
    ),
    "lens.bad_formula": (
        "{got!r} is more than one formula. Write one, without semicolons and line breaks.",
        "{got!r} es más de una fórmula. Escriba una, sin punto y coma ni saltos de línea.",
    ),
}
