"""Word the commands inspect, sweep and lint, and the rules of the last."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- inspect ----
    "command.inspect.short": (
        "looks at a network through a lens: gradients, units, layers, descent, …",
        "mira una red con una lente: gradientes, neuronas, capas, descenso, …",
    ),
    "command.inspect.help": (
        "Looks at a graph through a lens and says what is seen: tables, a verdict, a plot. FILE, "
        "then the lens, then its settings as name=value. Without a lens the layers are shown; with "
        "no word at all the lenses are listed. -o draws the plot as SVG or PNG.",
        "Mira un grafo con una lente y dice lo que se ve: tablas, un veredicto, un dibujo. "
        "ARCHIVO, luego la lente, luego sus ajustes como nombre=valor. Sin lente se muestran las "
        "capas; sin ninguna palabra se listan las lentes. -o dibuja en SVG o PNG.",
    ),
    "inspect.word": ("FILE LENS NAME=VALUE", "ARCHIVO LENTE NOMBRE=VALOR"),
    "inspect.argument.words": (
        "the file (none with -e), the lens, and its settings",
        "el archivo (ninguno con -e), la lente y sus ajustes",
    ),
    "inspect.option.output": (
        "draw the plot into this .svg or .png file",
        "dibujar en este archivo .svg o .png",
    ),
    "inspect.lens": ("lens", "lente"),
    "inspect.for": ("what it shows", "qué muestra"),
    "inspect.settings": ("settings", "ajustes"),
    "inspect.how": (
        "graphgrad inspect FILE LENS NAME=VALUE ... looks through one; "
        "-o draws it, --json writes it as data.",
        "graphgrad inspect ARCHIVO LENTE NOMBRE=VALOR ... mira con una; "
        "-o la dibuja, --json la escribe como datos.",
    ),
    "inspect.format": (
        "cannot draw a plot into {got}: its ending must be one of {known}.",
        "no se puede dibujar en {got}: su extensión debe ser una de {known}.",
    ),
    "inspect.no_picture": (
        "the lens {lens} has no picture here. Leave -o out to read its tables.",
        "la lente {lens} no tiene dibujo aquí. Quite -o para leer sus tablas.",
    ),
    # ---- sweep ----
    "command.sweep.short": (
        "one table over switches, rates, draws or files; columns are numbers of lenses",
        "una tabla sobre interruptores, tasas, sorteos o archivos, con números de las lentes",
    ),
    "command.sweep.help": (
        "Runs files with every position of some switches and shows numbers of lenses side by side. "
        "A switch is NAME=V1,V2 or NAME=1:5: a leaf or const of the file, an activation to be "
        "swapped (sigmoid=sigmoid,relu), skip=on,off (shortcuts f(s) + s), draw=1:5 (initial "
        "values), a setting of a shown lens, or a key of the training (rate, steps, epochs, mode, "
        "batch, optimizer). --show LENS.NUMBER is a column; so are loss, and train.loss, "
        "train.first, train.updates, train.per_epoch, train.epochs after a training.",
        "Ejecuta archivos con cada posición de unos interruptores y muestra números de las lentes "
        "lado a lado. Un interruptor es NOMBRE=V1,V2 o NOMBRE=1:5: una hoja o const del archivo, "
        "una activación que se cambia (sigmoid=sigmoid,relu), skip=on,off (atajos f(s) + s), "
        "draw=1:5 (valores iniciales), un ajuste de una lente mostrada, o una clave del "
        "entrenamiento (rate, steps, epochs, mode, batch, optimizer). --show LENTE.NÚMERO es una "
        "columna; también loss, y train.loss, train.first, train.updates, train.per_epoch, "
        "train.epochs tras un entrenamiento.",
    ),
    "sweep.word": ("FILE NAME=V1,V2", "ARCHIVO NOMBRE=V1,V2"),
    "sweep.column": ("LENS.NUMBER", "LENTE.NÚMERO"),
    "sweep.file": ("file", "archivo"),
    "sweep.trained.same": (
        "Every row is trained by {recipe}.",
        "Todas las filas se entrenan con {recipe}.",
    ),
    "sweep.trained.first": (
        "The first row is trained by {recipe}; the others likewise, but for what their columns "
        "say.",
        "La primera fila se entrena con {recipe}; las demás igual, salvo lo que dicen sus "
        "columnas.",
    ),
    "sweep.argument.words": (
        "files, and switches with their positions",
        "archivos, e interruptores con sus posiciones",
    ),
    "sweep.option.show": (
        "columns, apart by commas; may be repeated",
        "columnas, separadas por comas; se puede repetir",
    ),
    "sweep.progress": ("{done} of {total} rows", "{done} de {total} filas"),
    "sweep.option.csv": ("write comma-separated values", "escribir valores separados por comas"),
    "sweep.commas": (
        "{got} could be one number, as the file has a decimal comma: write '{name}=0,1; 0,5'.",
        "{got} podría ser un número, con la coma decimal del archivo: escriba '{name}=0,1; 0,5'.",
    ),
    "sweep.bad_axis": (
        "the switch {got!r} cannot be read: expected NAME=V1,V2 or NAME=1:5.",
        "no se puede leer el interruptor {got!r}: se esperaba NOMBRE=V1,V2 o NOMBRE=1:5.",
    ),
    "sweep.bad_column": (
        "the column {got!r} cannot be read: expected loss, train.NUMBER or LENS.NUMBER, as in "
        "gradients.ratio.",
        "no se puede leer la columna {got!r}: se esperaba loss, train.NÚMERO o LENTE.NÚMERO, como "
        "gradients.ratio.",
    ),
    "sweep.unknown_number": (
        "there is no number {name}. There are: {known}.",
        "no existe el número {name}. Hay: {known}.",
    ),
    "sweep.unknown_axis": (
        "there is no switch {name}.{near} Known are: {known}, and the name of any activation.",
        "no existe el interruptor {name}.{near} Hay: {known}, y el nombre de cualquier activación.",
    ),
    "sweep.needs_number": (
        "{name} is a leaf and needs numbers; got {got!r}.",
        "{name} es una hoja y necesita números; hay {got!r}.",
    ),
    "sweep.on_off": (
        "{name} is switched by on and off; got {got!r}.",
        "{name} se cambia con on y off; hay {got!r}.",
    ),
    "sweep.no_function": (
        "{name!r} is no function of one number, so that it cannot stand for an activation.",
        "{name!r} no es una función de un número: no puede ocupar el lugar de una activación.",
    ),
    "sweep.no_shortcut": (
        "there is no shortcut to switch off: no sum f(s) + s of a value with something computed "
        "from it.",
        "no hay atajo que quitar: ninguna suma f(s) + s de un valor con algo calculado de él.",
    ),
    "sweep.too_many": (
        "these switches have {got} positions; at most {most} can be run. Give fewer values.",
        "estos interruptores tienen {got} posiciones; se ejecutan {most} como máximo. Dé menos.",
    ),
    # ---- lint ----
    "command.lint.short": (
        "advice on a network: activations, losses, initial values, biases",
        "consejos sobre una red: activaciones, pérdidas, valores iniciales, sesgos",
    ),
    "command.lint.help": (
        "Looks for what is usually a mistake in a network, says why and how to repair it. Exits "
        "with 1 if there is something to say. Of several files --json prints one array of such "
        "objects. Exercise files are checked by `graphgrad ex lint`.",
        "Busca lo que suele ser un error en una red, dice por qué y cómo arreglarlo. Termina con 1 "
        "si hay algo que decir. De varios archivos, --json escribe un solo array de esos objetos. "
        "Los archivos de ejercicios se revisan con `graphgrad ex lint`.",
    ),
    "lint.argument.files": ("files of networks", "archivos de redes"),
    "lint.fine": ("{path}: nothing to advise.", "{path}: ningún consejo."),
    "lint.finding": (
        "{path}, line {line}: {what} {repair}",
        "{path}, línea {line}: {what} {repair}",
    ),
    "lint.again": (
        "{path}, line {line}: the same of {name}.",
        "{path}, línea {line}: lo mismo de {name}.",
    ),
    "lint.linear": ("a linear layer", "una capa lineal"),
    "lint.exercise": (
        "{path} is no network but an exercise. Did you mean `graphgrad ex lint {path}`?",
        "{path} no es una red sino un ejercicio. ¿Quería decir `graphgrad ex lint {path}`?",
    ),
    "lint.nothing": ("no activation", "ninguna activación"),
    "lint.hidden_sigmoid": (
        "the hidden layer {name} uses a sigmoid: its derivative is at most 1/4, so that gradients "
        "shrink from layer to layer, and its outputs are all positive.",
        "la capa oculta {name} usa una sigmoide: su derivada es a lo sumo 1/4, el gradiente mengua "
        "de capa en capa, y sus salidas son todas positivas.",
    ),
    "lint.hidden_sigmoid.repair": (
        "Use relu, leaky_relu, elu or tanh in {name}; keep the sigmoid for the output.",
        "Use relu, leaky_relu, elu o tanh en {name}; deje la sigmoide para la salida.",
    ),
    "lint.loss_output": (
        "the loss {loss} does not fit {name}, which comes from {made}: it expects what {wanted} "
        "gives.",
        "la pérdida {loss} no encaja con {name}, que sale de {made}: espera lo que da {wanted}.",
    ),
    "lint.loss_output.repair": (
        "Give {name} the activation {wanted}, or choose the loss that belongs to {made} instead of "
        "{loss}.",
        "Dé a {name} la activación {wanted}, o elija la pérdida que corresponde a {made} en vez de "
        "{loss}.",
    ),
    "lint.swapped_loss": (
        "{loss} is given {target} first, on which no parameter has an influence, and {name} as its "
        "target: the two have changed places.",
        "{loss} recibe primero {target}, en la que ningún parámetro influye, y {name} como "
        "objetivo: están intercambiados.",
    ),
    "lint.swapped_loss.repair": (
        "Write {loss}({name}, {target}).",
        "Escriba {loss}({name}, {target}).",
    ),
    "lint.dead_units": (
        "none of the {samples} rows wakes {dead} of the {count} {what} of {name} ({numbers}): the "
        "derivative of {activation} is 0 there, so that their weights learn nothing.",
        "ninguna de las {samples} filas activa {dead} de {count} {what} de {name} ({numbers}): la "
        "derivada de {activation} es 0 allí, así que sus pesos no aprenden.",
    ),
    "lint.dead_units.units": ("units", "neuronas"),
    "lint.dead_units.kernels": ("kernels", "filtros"),
    "lint.dead_units.repair": (
        "Draw other weights, let the bias of {name} start above 0, or use leaky_relu there.",
        "Sortee otros pesos, empiece el sesgo de {name} por encima de 0 o use leaky_relu allí.",
    ),
    "lint.zero_start": (
        "the weights {name} of {layer} all start at 0: {effect}.",
        "los pesos {name} de {layer} empiezan todos en 0: {effect}.",
    ),
    "lint.zero_start.before": (
        "no gradient gets to {names} before it",
        "no llega gradiente a {names}, antes de ella",
    ),
    "lint.zero_start.units": (
        "its units get the same gradient and stay equal",
        "sus neuronas reciben el mismo gradiente y quedan iguales",
    ),
    "lint.zero_start.repair": (
        "Draw {name}, as with he_normal(draw=1) or glorot_uniform(draw=1); only biases of {layer} "
        "may start at 0.",
        "Sortee {name}, como con he_normal(sorteo=1) o glorot_uniforme(sorteo=1); solo los sesgos "
        "de {layer} pueden empezar en 0.",
    ),
    "lint.same_units": (
        "all units of {layer} start with the same weights {name}: they get the same gradient and "
        "stay equal.",
        "todas las neuronas de {layer} empiezan con los mismos pesos {name}: reciben el mismo "
        "gradiente y quedan iguales.",
    ),
    "lint.same_units.repair": (
        "Draw {name} to break the symmetry of {layer}, as with glorot_normal(draw=1).",
        "Sortee {name} para romper la simetría de {layer}, como con glorot_normal(sorteo=1).",
    ),
    "lint.missing_bias": (
        "the layer {name} has no bias: its boundary goes through 0, wherever the data lie.",
        "la capa {name} no tiene sesgo: su frontera pasa por 0, estén donde estén los datos.",
    ),
    "lint.missing_bias.repair": (
        "Add one to the product with {weights} in {name}: `+ b` with `param b = 0`, or bias=true.",
        "Añádalo al producto con {weights} en {name}: `+ b` con `parámetro b = 0`, o "
        "sesgo=verdadero.",
    ),
    "lint.unscaled_input": (
        "{name} reads {column} as it is, numbers far from 0: {effect}.",
        "{name} lee {column} tal cual, números lejos de 0: {effect}.",
    ),
    "lint.unscaled_input.flat": (
        "the units are flat there, and training hardly moves",
        "allí las neuronas son planas y el entrenamiento apenas avanza",
    ),
    "lint.unscaled_input.steep": (
        "the gradients of its weights grow with them, so that only a small rate does not diverge",
        "los gradientes de sus pesos crecen con ellos, y solo una tasa pequeña no diverge",
    ),
    "lint.unscaled_input.repair": (
        "Centre and scale it with its mean and deviation, `scaled = ({column} - "
        "{mean})/{deviation}`, and let {name} read that.",
        "Céntrela y escálela con su media y desviación, `escalada = ({column} - "
        "{mean})/{deviation}`, y que {name} lea eso.",
    ),
    "lint.cannot_learn": (
        "{name} cannot learn: every path from it to {output} passes an operation whose derivative "
        "is 0.",
        "{name} no puede aprender: todo camino de ella a {output} pasa por una operación de "
        "derivada 0.",
    ),
    "lint.cannot_learn.repair": (
        "Replace that operation between {name} and {output} by a smooth one: a step by a sigmoid.",
        "Cambie esa operación entre {name} y {output} por una suave, como un escalón por una "
        "sigmoide.",
    ),
    # ---- in the steppers ----
    "stepper.word.lens": ("lens LENS", "lente LENTE"),
    "stepper.help.lens": (
        "look through a lens: gradients, units, layers, …",
        "mira con una lente: gradientes, neuronas, capas, …",
    ),
    "app.key.lens": ("Lenses", "Lentes"),
    "app.help.lens": (
        "look at the graph through lenses, one after the other",
        "mirar el grafo con lentes, una tras otra",
    ),
    "app.lens.running": ("looking …", "mirando …"),
    "app.lens.close": ("← → other lenses, esc closes", "← → otras lentes, esc cierra"),
    "page.lens.title": ("lenses", "lentes"),
    "page.lens.text": (
        "Each lens answers one question about the graph at its present values: how large the "
        "gradient is in each layer, which units are dead, what each layer costs, where the "
        "boundary lies. The arrows lead from lens to lens. `graphgrad inspect FILE LENS` shows the "
        "same on the command line, with settings and as a picture.",
        "Cada lente responde a una pregunta sobre el grafo con sus valores actuales: qué tamaño "
        "tiene el gradiente en cada capa, qué neuronas están muertas, qué cuesta cada capa, dónde "
        "está la frontera. Las flechas llevan de lente en lente. `graphgrad inspect ARCHIVO LENTE` "
        "muestra lo mismo en la línea de órdenes, con ajustes y como dibujo.",
    ),
    # ---- no gradient passes ----
    "run.held": (
        "No gradient passes through {formula}: it is held while derivatives are taken.",
        "Por {formula} no pasa gradiente: se mantiene fijo al derivar.",
    ),
    "run.no_gradient": (
        "No gradient passes through {formula}: its derivative is 0 wherever it exists.",
        "Por {formula} no pasa gradiente: su derivada es 0 donde existe.",
    ),
}
