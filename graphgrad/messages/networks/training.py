"""Word training: the command, what is chosen, what both steppers say of it."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- training: the command and what both steppers say of it ----
    "command.train.short": (
        "train the parameters by gradient descent",
        "entrena los parámetros por descenso de gradiente",
    ),
    "command.train.help": (
        "Makes the output small by changing the parameters step by step, against the gradient. "
        "Over the rows of a data table the mean loss is trained. What a `train` line of the file "
        "says holds unless an option says otherwise. Stops with an error at the first value that "
        "is not a finite number.",
        "Hace pequeña la salida cambiando los parámetros paso a paso, contra el gradiente. Sobre "
        "las filas de una tabla de datos se entrena la pérdida media. Lo que dice una línea "
        "`train` del archivo vale salvo que una opción diga otra cosa. Se detiene con un error en "
        "el primer valor que no es un número finito.",
    ),
    "train.option.steps": (
        "the most updates; otherwise those of the epochs, or 100",
        "cuántas actualizaciones como mucho; si no, las de las épocas, o 100",
    ),
    "train.option.epochs": (
        "how often all rows are visited",
        "cuántas veces se visitan todas las filas",
    ),
    "train.option.rate": (
        "the step size; otherwise the optimizer's own, or for descent and momentum one of 1, 0.5, "
        "0.2, 0.1, … with which the output goes down",
        "el tamaño del paso; si no, el propio del optimizador o, con descenso y momento, uno de 1, "
        "0.5, 0.2, 0.1, … con el que la salida baja",
    ),
    "train.option.optimizer": (
        "how an update is made, with its settings: gd, momentum, nesterov, adagrad, adadelta, "
        "rmsprop, adam, adamw, adamax, nadam; otherwise gd",
        "cómo se actualiza, con sus ajustes: gd, momentum, nesterov, adagrad, adadelta, rmsprop, "
        "adam, adamw, adamax, nadam; si no, gd",
    ),
    "train.option.mode": (
        "how the data are gone through: all rows, 32, or one per update; incremental divides by "
        "the number of all rows",
        "cómo se recorren los datos: todas las filas, 32 o una por actualización; incremental "
        "divide por el número de todas las filas",
    ),
    "train.option.batch": (
        "rows of an update; otherwise all, or those of the mode",
        "filas de una actualización; si no, todas, o las del modo",
    ),
    "train.option.order": (
        "the order of rows: as in the file, shuffled anew in every epoch, or random with "
        "repetition",
        "el orden de las filas: el del archivo, barajado en cada época, o al azar con repetición",
    ),
    "train.option.divide": (
        "what the sum of gradients over a batch is divided by",
        "por qué se divide la suma de gradientes de un lote",
    ),
    "train.option.draw": (
        "which shuffling; the same number gives the same run",
        "qué barajado; el mismo número da la misma corrida",
    ),
    "train.option.schedule": (
        "how the rate changes: step(every=30), linear(steps=100, end=0.001), cosine, …, or a "
        "formula of k, the updates done, such as 0.1/(1 + k)",
        "cómo cambia la tasa: escalones(cada=30), lineal(pasos=100, fin=0.001), coseno, …, o una "
        "fórmula de k, las actualizaciones hechas, como 0.1/(1 + k)",
    ),
    "train.option.clip": (
        "what is done to large gradients: norm(1), value(1), scaled(1)",
        "qué se hace con gradientes grandes: norma(1), valor(1), escalado(1)",
    ),
    "train.option.stop": (
        "what ends the run early: early(patience=5), tolerance(1e-6), target(0.01), flat(1e-6); "
        "may be given several times",
        "qué acaba antes la corrida: temprano(paciencia=5), tolerancia(1e-6), meta(0.01), "
        "plano(1e-6); se puede dar varias veces",
    ),
    "train.option.average": (
        "also take the mean of the points on the way: swa, polyak, moving(decay=0.99)",
        "tomar también la media de los puntos del camino: swa, polyak, movil(decaimiento=0.99)",
    ),
    "train.option.valid": (
        "the share of the rows, from the end, that is kept for validation; from 1 on, how many",
        "qué parte de las filas, desde el final, se guarda para validación; desde 1, cuántas",
    ),
    "train.option.show": (
        "what the table lists; updates shows each sample's gradient and their sum",
        "qué lista la tabla; updates muestra el gradiente de cada ejemplo y su suma",
    ),
    "train.option.updates": (
        "how many updates --show updates lists; otherwise 2",
        "cuántas actualizaciones lista --show updates; si no, 2",
    ),
    "train.option.accuracy": (
        "count the rows that this output puts in their class, of each part of the table",
        "cuenta las filas que esta salida pone en su clase, de cada parte de la tabla",
    ),
    "train.option.save": ("write the state to go on from", "escribe el estado para continuar"),
    "train.option.resume": (
        "go on from a saved state; --steps and --epochs count from the very start",
        "continúa desde un estado guardado; --steps y --epochs cuentan desde el comienzo",
    ),
    "train.option.curve": (
        "draw the loss against the updates: .svg, .png, or - for the terminal",
        "dibuja la pérdida por actualización: .svg, .png, o - para la terminal",
    ),
    "train.option.boundary": (
        "draw an output over the plane of two inputs, with the data: .svg, .png, or -",
        "dibuja una salida sobre el plano de dos entradas, con los datos: .svg, .png, o -",
    ),
    "train.option.of": (
        "the line that --boundary draws; otherwise the one the loss compares",
        "la línea que dibuja --boundary; si no, la que compara la pérdida",
    ),
    "train.option.update": (
        "write the first update as a graph: .gg, or a format of render",
        "escribe la primera actualización como grafo: .gg, o un formato de render",
    ),
    "train.option.smooth": (
        "smooth the curve: a moving mean that keeps this share of what it was",
        "suaviza la curva: una media móvil que conserva esta parte de lo que era",
    ),
    "train.step": ("step", "paso"),
    "train.result": (
        "{output} went from {first} to {last} in {count} steps.",
        "{output} pasó de {first} a {last} en {count} pasos.",
    ),
    "train.no_parameters": (
        "there is nothing to train: no line starts with param. Declare one, for instance "
        "`param w = 2`.",
        "no hay qué entrenar: ninguna línea empieza con param. Declare uno, por ejemplo "
        "`parámetro w = 2`.",
    ),
    "train.not_scalar": (
        "the output {output} has several entries and cannot be made small. End the file with a "
        "loss, for instance `loss L = sum({output})`.",
        "la salida {output} tiene varios elementos y no se puede hacer pequeña. Termine el archivo "
        "con una pérdida, por ejemplo `pérdida L = sum({output})`.",
    ),
    "train.trouble": (
        "at step {step}: {what} Choose a smaller --rate.",
        "en el paso {step}: {what} Elija un --rate menor.",
    ),
    "train.bad_start": (
        "at step {step}: {what}",
        "en el paso {step}: {what}",
    ),
    "train.bad_data": (
        "at step {step}, row {row} of the data: {what}",
        "en el paso {step}, fila {row} de los datos: {what}",
    ),
    "train.title": ("training: gradient descent", "entrenamiento: descenso de gradiente"),
    "train.title_by": ("training: {recipe}", "entrenamiento: {recipe}"),
    "train.running": ("step {step} …", "paso {step} …"),
    "train.close": (
        "enter steps through a row, a takes it apart, m trains on, esc closes",
        "intro recorre una fila, a la desarma, m sigue entrenando, esc cierra",
    ),
    "train.rate": ("rate {rate} (+ doubles, - halves)", "tasa {rate} (+ duplica, - reduce)"),
    # ---- the table of a run ----
    "train.epoch": ("epoch", "época"),
    "train.head.rate": ("rate", "tasa"),
    "train.head.valid": ("valid", "validación"),
    "train.head.norm": ("‖gradient‖", "‖gradiente‖"),
    "train.head.predicted": ("predicted", "predicha"),
    "train.head.actual": ("actual", "real"),
    "train.head.row": ("row", "fila"),
    "train.told.recipe": ("train {recipe}", "train {recipe}"),
    "train.told.going": (
        "{updates} updates per epoch, {batch} of {count} rows each",
        "{updates} actualizaciones por época, de {batch} filas cada una, de {count}",
    ),
    "train.told.going_last": (
        "{updates} updates per epoch, {batch} of {count} rows each, the last {last}",
        "{updates} actualizaciones por época, de {batch} filas cada una, de {count}; la última de "
        "{last}",
    ),
    "train.told.fired": (
        "Stopped after {count} steps by {stop}.",
        "Detenido tras {count} pasos por {stop}.",
    ),
    "train.stuck": (
        "It hardly moved: `graphgrad lint {path}` has advice on this network.",
        "Apenas se movió: `graphgrad lint {path}` tiene un consejo para esta red.",
    ),
    "train.told.watched": (
        "early watches {output} over the rows {part}, after each epoch",
        "early vigila {output} sobre las filas {part}, tras cada época",
    ),
    "train.told.ended": (
        "Stopped after {count} steps: all that were asked for.",
        "Detenido tras {count} pasos: todos los pedidos.",
    ),
    "train.told.restored": (
        "Back to step {step}, where the loss was best.",
        "De vuelta al paso {step}, donde la pérdida fue la mejor.",
    ),
    "train.told.average": (
        "With the average of {count} points, {output} is {loss}; with the last, {last}.",
        "Con el promedio de {count} puntos, {output} es {loss}; con el último, {last}.",
    ),
    "train.told.valid": (
        "Over the rows for validation ({count}) {output} is {loss}.",
        "Sobre las filas de validación ({count}) {output} es {loss}.",
    ),
    "train.told.accuracy": (
        "{name} is right on {right} of {count} rows {part}: {percent} %.",
        "{name} acierta en {right} de {count} filas {part}: {percent} %.",
    ),
    "train.told.several": (
        "{target} has several entries of 0 and 1: a row is right where each entry is, on its side "
        "of {middle}.",
        "{target} tiene varios elementos 0 y 1: una fila acierta si acierta cada elemento, según "
        "su lado de {middle}.",
    ),
    "train.told.beside": (
        "Note: {name} is not what the loss compares with {target}; that is {compared}.",
        "Atención: {name} no es lo que la pérdida compara con {target}; eso es {compared}.",
    ),
    "train.part.train": ("for training", "de entrenamiento"),
    "train.part.valid": ("for validation", "de validación"),
    "train.part.test": ("for testing", "de prueba"),
    "train.told.path": (
        "The way of the parameters is {length} long, {straight} in a straight line.",
        "El camino de los parámetros mide {length}, {straight} en línea recta.",
    ),
    "train.told.negative": (
        "The schedule gives a rate below 0, {rate} at step {step}: such a step goes uphill.",
        "El programa da una tasa menor que 0, {rate} en el paso {step}: ese paso va cuesta arriba.",
    ),
    "train.told.robbins": (
        "Rate for large k: {formula}. Sum of the rates: {sum}; of their squares: {squares}. "
        "{verdict}",
        "Tasa para k grande: {formula}. Suma de las tasas: {sum}; de sus cuadrados: {squares}. "
        "{verdict}",
    ),
    "train.sum.infinite": ("infinite", "infinita"),
    "train.sum.finite": ("finite", "finita"),
    "train.sum.unknown": ("not decided", "sin decidir"),
    "train.robbins.yes": (
        "It meets the conditions of Robbins and Monro.",
        "Cumple las condiciones de Robbins y Monro.",
    ),
    "train.robbins.no": (
        "It does not meet the conditions of Robbins and Monro.",
        "No cumple las condiciones de Robbins y Monro.",
    ),
    "train.told.clipped": (
        "The gradient was clipped in {count} steps; its direction turned by up to {angle}°.",
        "El gradiente se recortó en {count} pasos; su dirección giró hasta {angle}°.",
    ),
    "train.told.noise": (
        "The gradients of single rows lie {spread} from their mean, which is {norm} long.",
        "Los gradientes de cada fila distan {spread} de su media, que mide {norm}.",
    ),
    "train.update.title": (
        "Update {number}, epoch {epoch}: rows {rows}",
        "Actualización {number}, época {epoch}: filas {rows}",
    ),
    "train.update.sum": ("Σ", "Σ"),
    "train.update.mean": ("Σ/{count}", "Σ/{count}"),
    "train.update.new": ("new", "nuevo"),
    "train.update.clipped": ("clip", "recorte"),
    # ---- what is chosen, and what does not fit ----
    "training.kind.optimizer": ("optimizer called", "optimizador llamado"),
    "training.kind.schedule": ("schedule called", "programa de la tasa llamado"),
    "training.kind.clip": ("clip called", "recorte llamado"),
    "training.kind.stop": ("stopping rule called", "regla de paro llamada"),
    "training.kind.average": ("average called", "promedio llamado"),
    "training.unknown_row": (
        "there is no {kind} {got}; there are {known}.{near}",
        "no hay {kind} {got}; hay {known}.{near}",
    ),
    "training.unknown_setting": (
        "{row} has no setting {got}; it has {known}.{near}",
        "{row} no tiene el ajuste {got}; tiene {known:setting}.{near}",
    ),
    "training.no_settings": (
        "{row} takes no settings; write it without {got}.",
        "{row} no admite ajustes; escríbalo sin {got}.",
    ),
    "training.missing_setting": (
        "{row} needs the setting {name}, for instance {row}({name}=10).",
        "{row} necesita el ajuste {name:setting}, por ejemplo {row}({name:typed}=10).",
    ),
    "training.too_many": (
        "{row} got more settings than it has; it has {known}.",
        "{row} recibió más ajustes de los que tiene; tiene {known}.",
    ),
    "training.twice": (
        "{name} is given twice; give it once.",
        "{name:setting} se da dos veces; délo una.",
    ),
    "training.rates_count": (
        "piecewise got {rates} rates for {at} places; give one rate per place in `at`.",
        "piecewise recibió {rates} tasas para {at} lugares; dé una tasa por lugar de `at`.",
    ),
    "training.setting_value": (
        "{setting} of {row} cannot be {got}; expected {expected}.",
        "{setting:setting} de {row} no puede ser {got}; se esperaba {expected}.",
    ),
    "training.expected.number": ("a number", "un número"),
    "training.expected.number_in": ("a number in {bounds}", "un número en {bounds}"),
    "training.expected.number_above": ("a number above {low}", "un número mayor que {low}"),
    "training.expected.number_least": (
        "a number, {low} or more",
        "un número, {low} o más",
    ),
    "training.expected.share_or_count": (
        "a share of the rows below 1, or a whole number of rows",
        "una parte de las filas menor que 1, o un número entero de filas",
    ),
    "training.expected.integer": ("a whole number", "un número entero"),
    "training.expected.integer_in": ("a whole number in {bounds}", "un entero en {bounds}"),
    "training.expected.integer_above": (
        "a whole number above {low}",
        "un número entero mayor que {low}",
    ),
    "training.expected.integer_least": (
        "a whole number, {low} or more",
        "un número entero, {low} o más",
    ),
    "training.expected.flag": ("0 or 1", "0 o 1"),
    "training.expected.word": ("one of {known}", "uno de {known}"),
    "training.expected.numbers": (
        "numbers in brackets, such as [10, 20]",
        "números entre corchetes, como [10, 20]",
    ),
    "training.expected.call": ("a schedule: {known}", "un programa de la tasa: {known}"),
    "training.unknown_key": (
        "a training has no {got}; behind the optimizer may stand {known}.{near}",
        "un entrenamiento no tiene {got}; tras el optimizador puede ir {known:setting}.{near}",
    ),
    "training.not_a_call": (
        "{key} cannot be {got}; expected a name with settings, such as {key}=norm(limit=1).",
        "{key:setting} no puede ser {got}; se esperaba un nombre con ajustes, como "
        "{key:typed}=norma(límite=1).",
    ),
    "training.mode_batch": (
        "mode {mode} and batch {batch} contradict each other; leave one of them out.",
        "el modo {mode} y el lote {batch} se contradicen; quite uno de los dos.",
    ),
    "training.steps_large": (
        "the updates come to {got} operations, at most {limit} are worked by hand. Take fewer "
        "updates, or fewer rows in each: batch=1.",
        "las actualizaciones suman {got} operaciones; a mano se hacen {limit} como mucho. Tome "
        "menos actualizaciones, o menos filas en cada una: lote=1.",
    ),
    "training.steps_drawn": (
        "updates cannot be worked by hand here: the file drops units at random, or keeps running "
        "statistics. Leave dropout and batch normalisation out.",
        "aquí las actualizaciones no se pueden hacer a mano: el archivo apaga unidades al azar, o "
        "guarda estadísticas. Quite el dropout y la normalización por lotes.",
    ),
    "training.steps_watched": (
        "updates cannot be worked by hand with the schedule {got}, which waits for the losses of "
        "whole epochs. Take another, as exponential(factor=0.5).",
        "las actualizaciones no se pueden hacer a mano con {got}, que espera las pérdidas de "
        "épocas enteras. Tome otro plan de la tasa, como exponencial(factor=0.5).",
    ),
    "training.steps_whole": (
        "an update goes over some of the rows, but the file takes all of them at once. Train with "
        "mode=batch, or write data without all.",
        "una actualización recorre parte de las filas, pero el archivo las toma todas a la vez. "
        "Entrene con modo=batch, o escriba datos sin todo.",
    ),
    "training.large_batch": (
        "a batch of {batch} rows is larger than the {count} rows that train; take at most {count}.",
        "un lote de {batch} filas es mayor que las {count} filas que entrenan; tome {count} como "
        "mucho.",
    ),
    "training.no_rows": (
        "no row is left for training; put rows above `valid` and `test`, or take a smaller valid.",
        "no queda ninguna fila para entrenar; ponga filas antes de `valid` y `test`, o tome un "
        "valid menor.",
    ),
    "training.whole_only": (
        "this graph takes all {count} rows at once and cannot be run on {rows}; leave the batch "
        "out.",
        "este grafo toma las {count} filas a la vez y no se puede correr con {rows}; quite el "
        "lote.",
    ),
    "training.not_written_out": (
        "{got} is no written-out setting; expected a number, a word, a list in brackets, or a name "
        "with settings.",
        "{got} no es un ajuste escrito; se esperaba un número, una palabra, una lista entre "
        "corchetes, o un nombre con ajustes.",
    ),
    "training.no_call": (
        "{got} is no choice; expected a name with settings, such as adam(rate=0.01).",
        "{got} no es una elección; se esperaba un nombre con ajustes, como adam(tasa=0.01).",
    ),
    "training.no_key": (
        "in `{got}` a choice has no name; behind the optimizer write key=value, such as "
        "epochs=200.",
        "en `{got}` una elección no tiene nombre; tras el optimizador escriba clave=valor, como "
        "épocas=200.",
    ),
    "training.bad_rate": (
        "the schedule gives no finite rate at k = {k}: {got}. k counts the updates done, from 0; "
        "write for instance 1/(k + 1).",
        "el programa no da una tasa finita en k = {k}: {got}. k cuenta las actualizaciones hechas, "
        "desde 0; escriba por ejemplo 1/(k + 1).",
    ),
    "training.formula_names": (
        "the rate {text} reads {got}; a formula of the rate may read only k, the updates done.",
        "la tasa {text} lee {got}; una fórmula de la tasa solo puede leer k, las actualizaciones "
        "hechas.",
    ),
    "training.option_call": (
        "{option} {got}: {why}",
        "{option} {got}: {why}",
    ),
    "train.plot.batch": ("batch", "lote"),
    "training.smooth": (
        "--smooth cannot be {got}; expected a number from 0 to below 1, such as 0.9.",
        "--smooth no puede ser {got}; se esperaba un número de 0 a menos de 1, como 0.9.",
    ),
    "training.plot_ending": (
        "{path} has no ending of a picture; expected one of {known}, or - for the terminal.",
        "{path} no termina como una imagen; se esperaba {known}, o - para la terminal.",
    ),
    "training.no_update": (
        "there is no first update to write: none is made. Leave --update out, or ask for at least "
        "one step.",
        "no hay primera actualización que escribir: no se hace ninguna. Quite --update, o pida al "
        "menos un paso.",
    ),
    "training.no_target": (
        "the table has no column beside the inputs of {name} that could hold its classes; name an "
        "output that is compared with a column.",
        "la tabla no tiene, aparte de las entradas de {name}, una columna con sus clases; nombre "
        "una salida que se compare con una columna.",
    ),
    "training.no_parameter": (
        "{name} is no parameter; there are {known}.{near}",
        "{name} no es un parámetro; hay {known}.{near}",
    ),
    "training.long": (
        "the training would make {got} updates: the limit is {limit}, for an entry of each is "
        "kept. Take fewer steps or epochs, or more rows per update.",
        "el entrenamiento haría {got} actualizaciones: el límite es {limit}, pues se guarda una "
        "entrada de cada una. Tome menos pasos o épocas, o más filas por actualización.",
    ),
    "training.kept": (
        "all points of {updates} updates of {parameters} parameters, with their gradients, are "
        "{got} numbers: the limit is {limit}. Take fewer updates, a smaller network, or "
        "`graphgrad train` without --json.",
        "todos los puntos de {updates} actualizaciones de {parameters} parámetros, con sus "
        "gradientes, son {got} números: el límite es {limit}. Haga menos actualizaciones, tome una "
        "red menor, o use `graphgrad train` sin --json.",
    ),
    "training.large": (
        "--save: the training has {got} parameters: the limit of a file of text is {limit}. Train "
        "without --save, or a smaller network.",
        "--save: el entrenamiento tiene {got} parámetros: el límite de un archivo de texto es "
        "{limit}. Entrene sin --save, o una red menor.",
    ),
    "training.not_saved": (
        "{path} is no saved training ({why}); --save writes one.",
        "{path} no es un entrenamiento guardado ({why}); --save escribe uno.",
    ),
    "training.other_parameters": (
        "the saved training has the parameters {saved}, this file has {got}; resume it with the "
        "file it was saved from.",
        "el entrenamiento guardado tiene los parámetros {saved}, este archivo tiene {got}; "
        "continúelo con el archivo con que se guardó.",
    ),
    "train.option.state": (
        "the parameters that `train --save` has written, as at inference: no dropout, running "
        "means of batch norm; --set holds before them",
        "los parámetros que escribió `train --save`, como al inferir: sin dropout, con las medias "
        "acumuladas de la normalización por lotes; --set vale antes que ellos",
    ),
    "training.state.taken": (
        "parameters of {path}: after update {number}.",
        "parámetros de {path}: tras la actualización {number}.",
    ),
    "training.state.taken_mean": (
        "parameters of {path}: the mean of {averaged} points, after update {number}.",
        "parámetros de {path}: la media de {averaged} puntos, tras la actualización {number}.",
    ),
    "training.state.other_graph": (
        "{path} was saved from another network: {why}. Take the file it was trained with, or "
        "train this one with --save.",
        "{path} se guardó de otra red: {why}. Use el archivo con que se entrenó, o entrene este "
        "con --save.",
    ),
    "training.state.missing": (
        "it has no value of {name}, only of {saved}",
        "no tiene un valor de {name}, solo de {saved}",
    ),
    "training.state.more": (
        "it has a value of {name}, which is no parameter here; these are {own}",
        "tiene un valor de {name}, que aquí no es un parámetro; lo son {own}",
    ),
    "training.state.shape": (
        "{name} is {got} there and {expected} here",
        "{name} es {got} allí y {expected} aquí",
    ),
    "training.other_recipe": (
        "the training was saved with `{saved}`, now it says `{got}`; resume it with the same "
        "options.",
        "el entrenamiento se guardó con `{saved}`, ahora dice `{got}`; continúelo con las mismas "
        "opciones.",
    ),
    # ---- gg.optim and gg.train ----
    "optim.zero_grad": (
        "zero_grad() is not needed: backward() overwrites gradients here, it never adds to them.",
        "zero_grad() no hace falta: aquí backward() sobrescribe los gradientes, nunca los suma.",
    ),
    "optim.no_momentum": (
        "{name} moves the momentum while the rate moves, and {got} has none. Choose an "
        "optimizer that has one, or write cycle_momentum=False.",
        "{name} mueve el momento mientras se mueve la tasa, y {got} no lo tiene. Elija un "
        "optimizador que lo tenga, o escriba cycle_momentum=False.",
    ),
    "optim.no_params": (
        "{name} got no parameters; give it those that training changes, such as [w, b].",
        "{name} no recibió parámetros; dele los que cambia el entrenamiento, como [w, b].",
    ),
    "optim.params_kind": (
        "{name} got {got} of type {kind} for params: expected a list of parameters. Write "
        "{name}({example}, ...).",
        "{name} recibió {got} de tipo {kind} en params: se esperaba una lista de parámetros. "
        "Escriba {name}({example}, ...).",
    ),
    "optim.no_leaf": (
        "{got} is no parameter; an optimizer takes what gg.param(...) makes.",
        "{got} no es un parámetro; un optimizador toma lo que hace gg.param(...).",
    ),
    "optim.no_optimizer": (
        "{name} changes the rate of an optimizer: got {got}. Give it one, such as "
        "gg.optim.SGD([w], lr=0.1).",
        "{name} cambia la tasa de un optimizador: se recibió {got}. Dele uno, como "
        "gg.optim.SGD([w], lr=0.1).",
    ),
    "optim.rate": (
        "the rate lr cannot be {got}; expected a number, 0 or more.",
        "la tasa lr no puede ser {got}; se esperaba un número, 0 o más.",
    ),
    "optim.other_params": (
        "the saved state is of {got} parameters, this optimizer has {expected}.",
        "el estado guardado es de {got} parámetros, este optimizador tiene {expected}.",
    ),
    "optim.no_formula": (
        "{name} is what optimizers and schedules are made from; it has no formula of its own. "
        "Make one that has, such as {way}.",
        "{name} es aquello de lo que se hacen optimizadores y programas; no tiene fórmula propia. "
        "Use uno que la tenga, como {way}.",
    ),
    "optim.schedulers": (
        "SequentialLR got {got} for schedulers: expected a list of schedules of one optimizer, "
        "such as [LinearLR(opt), StepLR(opt, 10)].",
        "SequentialLR recibió {got} en schedulers: se esperaba una lista de programas de un "
        "optimizador, como [LinearLR(opt), StepLR(opt, 10)].",
    ),
    "optim.milestone_kind": (
        "SequentialLR got {got} for milestones: expected a list of whole numbers that rise, the "
        "steps at which the next schedule takes over, such as [5, 20].",
        "SequentialLR recibió {got} en milestones: se esperaba una lista de enteros crecientes, "
        "los pasos en que toma el relevo el programa siguiente, como [5, 20].",
    ),
    "optim.milestones": (
        "{schedulers} schedules need one milestone less than there are; got {milestones}.",
        "{schedulers} programas necesitan un hito menos de los que son; se dieron {milestones}.",
    ),
    "optim.metrics": (
        "{name}.step() needs the loss that it watches: step(loss).",
        "{name}.step() necesita la pérdida que vigila: step(pérdida).",
    ),
}
