"""Word what layers, losses, initial values and the ops made for them can complain about."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- settings ----
    "layer.unknown_setting": (
        "{layer} has no setting {got}: expected one of {known}.{near} Remove it or correct its "
        "name.",
        "{layer} no tiene el ajuste {got:setting}: se esperaba uno de {known:setting}.{near} "
        "Quítelo o corrija su "
        "nombre.",
    ),
    "layer.missing_setting": (
        "{layer} needs the setting {setting}: got none. Write {setting}=...",
        "{layer} necesita el ajuste {setting:setting}: no hay ninguno. Escriba {setting:typed}=...",
    ),
    "layer.negative_deviation": (
        "a standard deviation is never negative: {name} got {got}. Write a number from 0 on.",
        "una desviación típica nunca es negativa: {name} recibió {got}. Escriba un número desde 0.",
    ),
    "layer.setting_number": (
        "{setting} of {layer} is a number: got {got}. Write for instance {setting}=0.1.",
        "{setting:setting} de {layer} es un número: se recibió {got}. Escriba por ejemplo "
        "{setting:typed}=0.1.",
    ),
    "layer.setting_share": (
        "{setting} of {layer} is a share above 0 and at most 1: got {got}. Write for instance "
        "{setting}=0.8.",
        "{setting:setting} de {layer} es una proporción mayor que 0 y de como mucho 1: se recibió "
        "{got}. "
        "Escriba por ejemplo {setting:typed}=0.8.",
    ),
    "layer.setting_integer": (
        "{setting} of {layer} is a whole number from 0: got {got}. Write for instance {setting}=1.",
        "{setting:setting} de {layer} es un número entero desde 0: se recibió {got}. Escriba por "
        "ejemplo "
        "{setting:typed}=1.",
    ),
    "layer.setting_axis": (
        "{setting} of {layer} is the number of an axis: got {got}. Write for instance {setting}=1.",
        "{setting:setting} de {layer} es el número de un eje: se recibió {got}. Escriba por "
        "ejemplo "
        "{setting:typed}=1.",
    ),
    "layer.setting_count": (
        "{setting} of {layer} is a whole number from 1: got {got}. Write for instance {setting}=2.",
        "{setting:setting} de {layer} es un número entero desde 1: se recibió {got}. Escriba por "
        "ejemplo "
        "{setting:typed}=2.",
    ),
    "layer.setting_lengths": (
        "{setting} of {layer} is a whole number from 1 or a list of them: got {got}. Write for "
        "instance {setting}=[4, 2].",
        "{setting:setting} de {layer} es un número entero desde 1 o una lista de ellos: se "
        "recibió {got}. "
        "Escriba por ejemplo {setting:typed}=[4, 2].",
    ),
    "layer.setting_widths": (
        "{setting} of {layer} is a whole number from 0 or a list of them: got {got}. Write for "
        "instance {setting}=1.",
        "{setting:setting} de {layer} es un número entero desde 0 o una lista de ellos: se "
        "recibió {got}. "
        "Escriba por ejemplo {setting:typed}=1.",
    ),
    "layer.setting_numbers": (
        "{setting} of {layer} is a list of numbers: got {got}. Write for instance "
        "{setting}=[1, 0.3].",
        "{setting:setting} de {layer} es una lista de números: se recibió {got}. Escriba por "
        "ejemplo "
        "{setting:typed}=[1, 0.3].",
    ),
    "layer.setting_flag": (
        "{setting} of {layer} is true or false: got {got}. Write {setting}=true.",
        "{setting:setting} de {layer} es verdadero o falso: se recibió {got}. Escriba "
        "{setting:typed}=verdadero.",
    ),
    "layer.setting_word": (
        "{setting} of {layer} is one of {known}: got {got}. Write one of them.",
        "{setting:setting} de {layer} es uno de {known}: se recibió {got}. Escriba uno de ellos.",
    ),
    "layer.setting_row": (
        "{setting} of {layer} is the name of a function of one argument, as {known}: got "
        "{got}.{near} Write one of them.",
        "{setting:setting} de {layer} es el nombre de una función de un argumento, como {known}: "
        "se "
        "recibió {got}.{near} Escriba una de ellas.",
    ),
    "layer.inputs_from_call": (
        " A layer takes the number of its inputs from the call, so that only its own units are "
        "given.",
        " La capa toma el número de entradas de la llamada: solo se dan sus unidades.",
    ),
    "layer.setting_rows": (
        "{setting} of {layer} is the name of a function of one argument, or a list of them, as "
        "{known}: got {got}.{near} Write them.",
        "{setting:setting} de {layer} es el nombre de una función de un argumento, o una lista de "
        "ellos, "
        "como {known}: se recibió {got}.{near} Escríbalos.",
    ),
    "layer.setting_initialiser": (
        "{setting} of {layer} says how values start, as {known}: got {got}.{near} Write one of "
        "them.",
        "{setting:setting} de {layer} dice cómo empiezan los valores, como {known}: se recibió "
        "{got}.{near} Escriba uno de ellos.",
    ),
    # ---- modules in Python ----
    "nn.unsupported": (
        "{argument}={got} is PyTorch's, but not graphgrad's: expected {expected}. Leave it out, or "
        "compute it by other layers.",
        "{argument}={got} existe en PyTorch pero no en graphgrad: se esperaba {expected}. Quítelo "
        "o calcúlelo con otras capas.",
    ),
    "nn.mask": (
        "{argument} has shape {got}: expected {expected}, one entry for each score of a query "
        "and a key, or for each key. Make the mask of that shape.",
        "{argument} tiene forma {got}: se esperaba {expected}, una entrada por cada puntuación de "
        "una consulta y una clave, o por cada clave. Dé a la máscara esa forma.",
    ),
    "nn.class": (
        "{argument} = {got} is the number of no class: there are {count}, numbered {first} to "
        "{last}. Correct the numbers, or give the output an entry for each class.",
        "{argument} = {got} no es el número de ninguna clase: hay {count}, numeradas de {first} a "
        "{last}. Corrija los números, o dé a la salida una entrada por clase.",
    ),
    "nn.target": (
        "{argument} = {got} is outside what this loss takes: {condition}. {why}",
        "{argument} = {got} está fuera de lo que admite esta pérdida: {condition}. {why}",
    ),
    "nn.no_probability": (
        "the output {got} is no probability: expected 0 to 1. Give it a sigmoid, or give it as it "
        "is to BCEWithLogitsLoss.",
        "la salida {got} no es una probabilidad: se esperaba de 0 a 1. Póngale una sigmoide, o "
        "désela tal cual a BCEWithLogitsLoss.",
    ),
    "nn.missing": (
        "{name} needs {missing}, not given here: it is called {call}. Add what is missing.",
        "{name} necesita {missing}, que aquí no se da: se llama {call}. Añada lo que falta.",
    ),
    "nn.too_many": (
        "{name} takes at most {most} arguments by position: got {got}. It is called {call}.",
        "{name} admite a lo sumo {most} argumentos por posición: se recibieron {got}. Se llama "
        "{call}.",
    ),
    "nn.unknown_argument": (
        "{name} has no argument {got}.{near} It is called {call}.",
        "{name} no tiene el argumento {got}.{near} Se llama {call}.",
    ),
    "nn.twice": (
        "{argument} of {name} is given twice, by position and by name: it is called {call}. Leave "
        "one out.",
        "{argument} de {name} se da dos veces, por posición y por nombre: se llama {call}. Quite "
        "uno.",
    ),
    "nn.kind": (
        "{argument} of {name} is {kind}: got {got}. Correct it.",
        "{argument} de {name} es {kind}: se recibió {got}. Corríjalo.",
    ),
    "nn.kind.int": ("a whole number", "un número entero"),
    "nn.kind.float": ("a number", "un número"),
    "nn.kind.bool": ("True or False", "True o False"),
    "nn.kind.share": ("a share, 0 or more and below 1", "una parte, de 0 a menos de 1"),
    "nn.kind.str": ("a text", "un texto"),
    "nn.no_member": (
        "{module} has no {name}.{near}",
        "{module} no tiene {name}.{near}",
    ),
    "nn.setting": ("{call}: {why}", "{call}: {why}"),
    "nn.shapes": (
        "{layer} got {shapes}: {why}",
        "{layer} recibió {shapes}: {why}",
    ),
    "nn.shape_of": ("{shape}, the result of {name} ({kind})", "{shape}, que da {name} ({kind})"),
    "nn.no_leaf": (
        "nn.init got {got}, which is no parameter: it changes one in place, as layer.weight or "
        'gg.param("w", 1). Give one.',
        "nn.init recibió {got}, que no es un parámetro: cambia uno en su sitio, como layer.weight "
        'o gg.param("w", 1). Dele uno.',
    ),
    "nn.no_forward": (
        "{name} has no forward: expected a method that computes the output. Write def "
        "forward(self, x).",
        "{name} no tiene forward: se esperaba un método que calcule la salida. Escriba def "
        "forward(self, x).",
    ),
    "nn.no_module": (
        "got {got}, which is no module: expected an nn.Module, as nn.Linear(2, 1). Give one.",
        "se recibió {got}, que no es un módulo: se esperaba un nn.Module, como nn.Linear(2, 1). Dé "
        "uno.",
    ),
    "nn.no_parameter": (
        "there is no parameter named {name}.{near} named_parameters() lists them. Correct the "
        "name.",
        "no hay ningún parámetro llamado {name}.{near} named_parameters() los enumera. Corrija el "
        "nombre.",
    ),
    "nn.state": (
        "the state does not fit this module: missing {missing}; unknown {unknown}. Save it from a "
        "module built alike, or give strict=False.",
        "el estado no encaja con este módulo: faltan {missing}; sobran {unknown}. Guárdelo de un "
        "módulo construido igual, o indique strict=False.",
    ),
    "nn.draw": (
        "nn.draw takes a whole number from 0: got {got}. Write nn.draw(1).",
        "nn.draw toma un número entero desde 0: se recibió {got}. Escriba nn.draw(1).",
    ),
    # ---- windows, classes, targets ----
    "convention.flat": (
        "the derivative at the corner does not exist; that of the flat side, 0, is taken",
        "la derivada en la esquina no existe; se toma la del lado llano, 0",
    ),
    "shape.many_entries": (
        "an array of {shape} has more than {limit} numbers. Use smaller sizes.",
        "un array de {shape} tiene más de {limit} números. Use tamaños menores.",
    ),
    "shape.per_axis": (
        "{value} has more or fewer lengths than there are axes, {count}. Give one for all axes, "
        "or one for each.",
        "{value} tiene más o menos longitudes que ejes hay, {count}. Dé una para todos los ejes, "
        "o una para cada uno.",
    ),
    "shape.windows": (
        "{op}: windows that reach over {size} do not fit into {a}: they must be at least 1 and at "
        "most as long as the last axes, one length per axis. Change size, stride or dilation, or "
        "pad first.",
        "{op}: las ventanas que abarcan {size} no caben en {a}: deben medir al menos 1 y como "
        "mucho lo que los últimos ejes, una longitud por eje. Cambie tamaño, paso o dilatación, o "
        "rellene antes con pad.",
    ),
    "shape.fold": (
        "fold puts windows where they lie: windows of shape {a} do not make up an array of {b}. "
        "Change the shape, stride or dilation.",
        "fold coloca ventanas en su sitio: ventanas de forma {a} no componen un array de {b}. "
        "Cambie la forma, stride o dilation.",
    ),
    "shape.pad": (
        "pad frames the last axes: a width of {width} does not fit the shape {a}. Give a width "
        "from 0 for at most that many axes.",
        "pad enmarca los últimos ejes: un ancho de {width} no encaja con la forma {a}. Dé un "
        "ancho desde 0 para esos ejes como mucho.",
    ),
    "shape.variance": (
        "var needs more entries than ddof: {a} has {n} along these axes, ddof is {ddof}. Give more "
        "entries or ddof=0.",
        "var necesita más elementos que ddof: {a} tiene {n} en esos ejes, ddof es {ddof}. Dé más "
        "elementos o ddof=0.",
    ),
    "op.classes": (
        "{op} tells at most {most} classes apart: got {got}. Take fewer classes.",
        "{op} distingue como mucho {most} clases: hay {got}. Tome menos clases.",
    ),
    "op.times": (
        "{op} needs a whole number from 1: got {got}. Write for instance 2.",
        "{op} necesita un número entero desde 1: se recibió {got}. Escriba por ejemplo 2.",
    ),
    "trouble.target": (
        "{node} = {formula}: the target {argument} = {value} is outside what this loss takes, "
        "{condition}. {why}",
        "{node} = {formula}: el objetivo {argument} = {value} está fuera de lo que admite esta "
        "pérdida, {condition}. {why}",
    ),
    "trouble.class": (
        "{node} = {formula}: {argument} = {value} is no class, {condition}. {why}",
        "{node} = {formula}: {argument} = {value} no es ninguna clase, {condition}. {why}",
    ),
    "trouble.row": (
        "{node} = {formula}: {argument} = {value} is no row of the table, {condition}. Rows are "
        "whole numbers, counted from first. Correct the data, say first=1 where the first row is "
        "1, or give the table more rows: tokens.",
        "{node} = {formula}: {argument} = {value} no es ninguna fila de la tabla, {condition}. Las "
        "filas son enteros, contados desde primera (first). Corrija los datos, indique primera=1 "
        "si la primera fila es 1, o dé más filas a la tabla: tokens.",
    ),
    "target.probability": (
        "A cross entropy takes probabilities: 1 for the true class, 0 for the others; log(p) of a "
        "class that is wrong must not count at all. Code -1 as 0, or use squared_error or hinge, "
        "which take -1.",
        "Una entropía cruzada admite probabilidades: 1 para la clase cierta, 0 para las demás; "
        "log(p) de una clase falsa no debe contar nada. Codifique -1 como 0, o use "
        "error_cuadratico o bisagra, que admiten -1.",
    ),
    "target.class": (
        "It is the number of a class: a whole number, counted from first. Correct the data, say "
        "first=1 where the first class is 1, or give the output an entry for each class.",
        "Es el número de una clase: un entero, contado desde primera (first). Corrija los datos, "
        "indique primera=1 si la primera clase es 1, o dé a la salida una entrada por clase.",
    ),
    "target.sign": (
        "A margin is the output times the target, so the target is -1 or 1. Code 0 as -1, or use "
        "bce_with_logits, which takes 0 and 1.",
        "Un margen es la salida por el objetivo, así que el objetivo es -1 o 1. Codifique 0 como "
        "-1, o use entropia_cruzada_binaria_logits, que admite 0 y 1.",
    ),
    # ---- shapes ----
    "layer.several_shapes": (
        "{layer} takes {expected}: got the shapes {shapes}. Change a shape or the layer.",
        "{layer} toma {expected}: se recibieron las formas {shapes}. Cambie una forma o la capa.",
    ),
    "layer.shapes": (
        "{layer} takes {expected}: got the shape {shapes}. Change the shape or the layer.",
        "{layer} toma {expected}: se recibió la forma {shapes}. Cambie la forma o la capa.",
    ),
    "layer.expected.state": (
        "an input and a state of the same number of rows, the state as long as units",
        "una entrada y un estado con el mismo número de filas, el estado de longitud unidades "
        "(units)",
    ),
    "layer.expected.image1": (
        "a sequence T, C x T or N x C x T",
        "una secuencia T, C x T o N x C x T",
    ),
    "layer.expected.image2": (
        "an image H x W, C x H x W or N x C x H x W",
        "una imagen H x W, C x H x W o N x C x H x W",
    ),
    "layer.expected.images": (
        "a batch of images N x C x H x W; x[None] makes a batch of one, x[:, :, None] an image of "
        "one row of a sequence",
        "un lote de imágenes N x C x H x W; x[None] hace un lote de una, x[:, :, None] de una "
        "secuencia una imagen de una fila",
    ),
    "layer.expected.groups": (
        "channels, entering and leaving, that divide by groups",
        "canales, de entrada y de salida, divisibles por groups",
    ),
    "layer.expected.channels": (
        "an input with the channels that its kernel O x C x ... was made for",
        "una entrada con los canales para los que se creó su núcleo O x C x ...",
    ),
    "layer.expected.kernel": (
        "an image and a kernel H x W, or C x H x W with a kernel O x C x H x W; in one dimension "
        "without H",
        "una imagen y un núcleo H x W, o C x H x W con un núcleo O x C x H x W; en una dimensión "
        "sin H",
    ),
    "layer.expected.padding": (
        "a padding of at most half its windows",
        "un relleno de como mucho la mitad de sus ventanas",
    ),
    "layer.expected.batch": (
        "a batch of at least two samples, N x features or N x C x H x W (write data all to get "
        "one)",
        "un lote de al menos dos muestras, N x características o N x C x H x W (data all da uno)",
    ),
    "layer.expected.axes": (
        "an array with at least as many axes as it normalizes",
        "un array con al menos tantos ejes como normaliza",
    ),
    "layer.expected.group_channels": (
        "a batch N x C or N x C x H x W whose channels divide by groups",
        "un lote N x C o N x C x H x W cuyos canales sean divisibles por groups",
    ),
    "layer.expected.rows": (
        "a vector or a table with more rows than ddof",
        "un vector o una tabla con más filas que ddof",
    ),
    "layer.expected.mask": (
        "a mask of the shape of its input",
        "una máscara de la forma de su entrada",
    ),
    "layer.expected.attention": (
        "queries T x d, keys S x d and values S x e, with the same batch in front of each",
        "consultas T x d, claves S x d y valores S x e, con el mismo lote delante de cada uno",
    ),
    "layer.expected.heads": (
        "queries whose last length divides by heads",
        "consultas cuya última longitud sea divisible por cabezas (heads)",
    ),
    "layer.expected.sequence": (
        "a sequence T x d or a batch of them N x T x d",
        "una secuencia T x d o un lote de ellas N x T x d",
    ),
    "layer.expected.odd": (
        "kernels of odd size, so that input and output are equally large",
        "núcleos de tamaño impar, para que entrada y salida midan lo mismo",
    ),
    "layer.expected.branches": (
        "six numbers of channels: 1x1, before 3x3, 3x3, before 5x5, 5x5, behind pooling",
        "seis números de canales: 1x1, antes de 3x3, 3x3, antes de 5x5, 5x5, tras la agrupación",
    ),
    "layer.expected.classes": (
        "outputs with one entry per class along the last axis, and targets of that shape or "
        "without that axis",
        "salidas con un elemento por clase en el último eje, y objetivos de esa forma o sin ese "
        "eje",
    ),
    "layer.expected.others": (
        "outputs with another class to which `smoothing` gives its share",
        "salidas con otra clase a la que `suavizado` dé su parte",
    ),
    "layer.expected.transposed": (
        "an image that is still there without the frame of `padding`, and an `extra` smaller than "
        "the stride or the dilation",
        "una imagen que quede sin el marco de `padding`, y un `extra` menor que stride o dilation",
    ),
    "layer.expected.class_weights": (
        "one weight per class of the output",
        "un peso por cada clase de la salida",
    ),
    "layer.expected.weights": (
        "as many weights as losses",
        "tantos pesos como pérdidas",
    ),
    "layer.expected.target": (
        "an output and a target of the same shape",
        "una salida y un objetivo de la misma forma",
    ),
}
