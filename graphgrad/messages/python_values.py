"""Word what is wrong with a value, a setting or a call that comes in through Python."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- values ----
    "given.nothing": (
        "{name} got {got}: expected a number or an array of numbers. Give it a value.",
        "{name} recibió {got}: se esperaba un número o un array de números. Dele un valor.",
    ),
    "given.text": (
        "{name} got the text {got}: expected a number or an array of numbers. Convert it first, "
        "for instance with float(text) or np.array(rows, dtype=float).",
        "{name} recibió el texto {got}: se esperaba un número o un array de números. Conviértalo "
        "antes, por ejemplo con float(texto) o np.array(filas, dtype=float).",
    ),
    "given.complex": (
        "{name} got {got}, which is complex: expected real numbers. Give its .real or .imag part.",
        "{name} recibió {got}, que es complejo: se esperaban números reales. Dé su parte .real o "
        ".imag.",
    ),
    "given.date": (
        "{name} got {got}, a date or a duration: expected numbers. Convert it first, for instance "
        "to seconds.",
        "{name} recibió {got}, una fecha o una duración: se esperaban números. Conviértala antes, "
        "por ejemplo a segundos.",
    ),
    "given.masked": (
        "{name} got a masked array, {got}: what is masked has no value. Give array.filled(0), or "
        "the entries that are not masked.",
        "{name} recibió un array enmascarado, {got}: lo enmascarado no tiene valor. Dé "
        "array.filled(0) o los elementos sin máscara.",
    ),
    "given.boolean": (
        "{name} got {got}, true or false: a leaf holds numbers. Write 1.0 or 0.0, or "
        "array.astype(float).",
        "{name} recibió {got}, verdadero o falso: una hoja guarda números. Escriba 1.0 o 0.0, o "
        "array.astype(float).",
    ),
    "given.large": (
        "{name} got {got}, which is larger than any float (about 1.8e308). Scale it down.",
        "{name} recibió {got}, mayor que cualquier número de coma flotante (unos 1.8e308). "
        "Escálelo.",
    ),
    "given.ragged": (
        "{name} got {got}, of which no array can be made: expected a number or rows of equal "
        "length. Make the rows equal.",
        "{name} recibió {got}, con lo que no se puede formar un array: se esperaba un número o "
        "filas de igual longitud. Iguale las filas.",
    ),
    "given.object": (
        "{name} got {got} of type {kind}: expected a number, a list or an array of numbers. "
        "Convert it first.",
        "{name} recibió {got} de tipo {kind}: se esperaba un número, una lista o un array de "
        "números. Conviértalo antes.",
    ),
    # ---- handles ----
    "handle.number": (
        "{node} is a node of a graph: taking its number would cut the gradient without a word. "
        "Write gg.exp(x) instead of math.exp(x), and x.value for the number.",
        "{node} es un nodo de un grafo: tomar su número cortaría el gradiente sin avisar. Escriba "
        "gg.exp(x) en vez de math.exp(x), y x.value para el número.",
    ),
    "handle.no_gradient": (
        "{node} needs no gradient: nothing it was computed from was made with requires_grad=True, "
        "or it was detached or computed under no_grad. Write torch.tensor(..., "
        "requires_grad=True) for what is to be trained.",
        "{node} no necesita gradiente: nada de lo que se calculó se creó con requires_grad=True, o "
        "se separó con detach o se calculó bajo no_grad. Escriba torch.tensor(..., "
        "requires_grad=True) para lo que se va a entrenar.",
    ),
    "handle.of_layer": (
        " {name} is a layer of the files; in Python it is {found}.",
        " {name} es una capa de los archivos; en Python es {found}.",
    ),
    "handle.of_files": (
        " {name} is a word of the files, which `gg.parse` and `gg.load` read.",
        " {name} es una palabra de los archivos, que leen `gg.parse` y `gg.load`.",
    ),
    "handle.same_name": (
        "two inputs or parameters are named {name}: in this graph the second is {other}. Give each "
        "a name of its own.",
        "dos entradas o parámetros se llaman {name}: en este grafo el segundo es {other}. Dé a "
        "cada uno su nombre.",
    ),
    "handle.of_door": (
        " {name} is in {found}.",
        " {name} está en {found}.",
    ),
    "handle.not_finite": (
        "not finite, so the gradients mean nothing: {what}",
        "no es finito, así que los gradientes no significan nada: {what}",
    ),
    "handle.not_retained": (
        "{node} was computed, not given, so its .grad is None, as in PyTorch. Write "
        "y.retain_grad() to see it; to train w, write w -= rate*w.grad under torch.no_grad(), not "
        "w = w - rate*w.grad.",
        "{node} se calculó, no se dio, así que su .grad es None, como en PyTorch. Escriba "
        "y.retain_grad() para verlo; para entrenar w, escriba w -= tasa*w.grad bajo "
        "torch.no_grad(), no w = w - tasa*w.grad.",
    ),
    "handle.value_number": (
        "{node} remembers what it was computed from: taking its number would cut the gradient "
        "without a word. Write v.exp() instead of math.exp(v), v**0.5 instead of math.sqrt(v), "
        "and v.data for the number.",
        "{node} recuerda de qué se calculó: tomar su número cortaría el gradiente sin avisar. "
        "Escriba v.exp() en vez de math.exp(v), v**0.5 en vez de math.sqrt(v), y v.data para el "
        "número.",
    ),
    "handle.own_op": (
        "{node} comes of an op of your own, {op}, with its own _backward: its formula is not "
        "known, so a graph would end there and lack what is behind it. Register the op with "
        "gg.register, which makes it a method of values too; backward() works as it is.",
        "{node} viene de una operación propia, {op}, con su propio _backward: su fórmula no se "
        "conoce, y un grafo terminaría ahí sin lo que hay detrás. Registre la operación con "
        "gg.register, que también la hace método de los valores; backward() funciona como está.",
    ),
    "handle.item": (
        "item() gives the number of a node that has one entry: {node} has {count}. Pick one, as in "
        "x[0].item(), or take x.value.",
        "item() da el número de un nodo con un solo elemento: {node} tiene {count}. Elija uno, "
        "como x[0].item(), o tome x.value.",
    ),
    "name.function": (
        "{got} is the name of a function: a line of that name would read like a call of it. Choose "
        "another name.",
        "{got} es el nombre de una función: una línea con ese nombre se leería como una llamada. "
        "Elija otro nombre.",
    ),
    "handle.read_only": (
        "this array is the result of a pass, or a part of another array: it cannot be written "
        "into. Change a copy, array.copy(), or assign an entry of a leaf: w.value[0, 1] = 5.",
        "este array es el resultado de una pasada, o parte de otro array: no se puede escribir en "
        "él. Cambie una copia, array.copy(), o asigne un elemento de una hoja: w.value[0, 1] = 5.",
    ),
    "handle.in_place": (
        "{name} changes a tensor of PyTorch in place: {node} is a node of a graph, which stays as "
        "it is. Give what {made} makes a name of its own, or import graphgrad.torchlike as torch.",
        "{name} cambia un tensor de PyTorch en el sitio: {node} es un nodo de un grafo, que queda "
        "como está. Dé nombre propio a lo que hace {made}, o importe graphgrad.torchlike como "
        "torch.",
    ),
    "handle.assigned": (
        "entries of {node} cannot be assigned: it is a node, and its graph stays as it is. Of a "
        "leaf change the value, w.value[0] = 5; else choose with gg.where(condition, a, b).",
        "los elementos de {node} no se asignan: es un nodo, y su grafo no cambia. En una hoja "
        "cambie el valor, w.value[0] = 5; si no, elija con gg.where(condición, a, b).",
    ),
    "handle.no_length": (
        "{node} is a number: it has no length and no entries.",
        "{node} es un número: no tiene longitud ni elementos.",
    ),
    "handle.subscript_node": (
        "{got} is no place: a node as a subscript holds whole numbers or is a comparison, as in "
        "v[v > 2]. Give whole numbers.",
        "{got} no es un lugar: un nodo como subíndice contiene números enteros o es una "
        "comparación, como en v[v > 2]. Dé números enteros.",
    ),
    "handle.caret": (
        "^ is no power in Python. Write x**2 for a power, gg.inverse(A) for the inverse of a "
        "matrix.",
        "^ no es una potencia en Python. Escriba x**2 para una potencia, gg.inverse(A) para la "
        "inversa de una matriz.",
    ),
    "handle.operator": (
        "<<, >> and pow(x, n, m) have no op on nodes. Supported: + - * / // % @ ** and "
        "comparisons, & | ~ between conditions. Write (x**n) % m for a power with a remainder.",
        "<<, >> y pow(x, n, m) no tienen operación con nodos. Se admiten: + - * / // % @ ** y las "
        "comparaciones, & | ~ entre condiciones. Escriba (x**n) % m para una potencia con resto.",
    ),
    "handle.places_outside": (
        "a subscript is outside of the array of shape {a} (Python counts from 0). Choose one "
        "inside.",
        "un subíndice queda fuera del array de forma {a} (Python cuenta desde 0). Elija uno "
        "dentro.",
    ),
    "handle.numpy_option": (
        "np.{function} works on nodes, but not with {options}=. Leave the option out; "
        "np.where(condition, a, b) chooses entries.",
        "np.{function} funciona con nodos, pero no con {options}=. Quite la opción; "
        "np.where(condición, a, b) elige elementos.",
    ),
    "handle.numpy_refused": (
        "{function} does not take these arguments: {why}. Correct them; axes count from 0.",
        "{function} no acepta estos argumentos: {why}. Corríjalos; los ejes cuentan desde 0.",
    ),
    "handle.unbiased": (
        "the second argument of {op} can mean two things: in PyTorch unbiased, elsewhere keepdims. "
        "Write {op}(axis, unbiased=True), ddof=1 or keepdims=True.",
        "el segundo argumento de {op} puede significar dos cosas: unbiased en PyTorch, keepdims en "
        "otros. Escriba {op}(eje, unbiased=True), ddof=1 o keepdims=True.",
    ),
    "given.changed": (
        "{name} += ... makes a new node and leaves {name} as it is. To change it, write "
        "{name}.value += ...",
        "{name} += ... crea un nodo nuevo y deja {name} como está. Para cambiarlo, escriba "
        "{name}.value += ...",
    ),
    "given.recorded": (
        "this tensor gets a gradient, so it cannot be changed while a graph is recorded. Write "
        "with torch.no_grad(): around the change, or change .data.",
        "este tensor recibe un gradiente, así que no puede cambiarse mientras se registra un "
        "grafo. Escriba with torch.no_grad(): alrededor del cambio, o cambie .data.",
    ),
    "given.no_pickle": (
        "{word} reads and writes pickles, which run code: it is not done here. Save "
        "model.state_dict() with np.savez, and load it with model.load_state_dict(np.load(...)).",
        "{word} lee y escribe ficheros que ejecutan código: aquí no se hace. Guarde "
        "model.state_dict() con np.savez y cárguelo con model.load_state_dict(np.load(...)).",
    ),
    "handle.full_rank": (
        "{function} works on nodes of full rank: got a matrix {shape} of rank {rank}. Leave out "
        "rows or columns that are combinations of others, or add a small multiple of the identity.",
        "{function} funciona con nodos de rango completo: recibió una matriz {shape} de rango "
        "{rank}. Quite filas o columnas que sean combinación de otras, o sume un múltiplo pequeño "
        "de la identidad.",
    ),
    "given.cut": (
        "{node} was put into a tensor in place, which holds numbers alone: its gradient would be "
        "lost. Collect the parts in a list and join them, torch.stack(parts), or write v = v + h; "
        "h.detach() says that the number alone is meant.",
        "{node} se puso en un tensor, que solo guarda números: su gradiente se perdería. Reúna las "
        "partes en una lista y júntelas, torch.stack(partes), o escriba v = v + h; h.detach() dice "
        "que solo se quiere el número.",
    ),
    "given.expanded": (
        "several entries of {node} are one in memory, as after expand: they cannot be changed one "
        "by one. Write x = x.clone() first.",
        "varios elementos de {node} son uno solo en memoria, como tras expand: no se pueden "
        "cambiar por separado. Escriba antes x = x.clone().",
    ),
    "given.unsure_view": (
        "whether reshape made a copy or a view of {node} depends in PyTorch on how its entries "
        "stand in memory after a transpose, so it is not changed in place. Write .clone() behind "
        "reshape for a copy, or x = x + ... instead.",
        "si reshape hizo una copia o una vista de {node} depende en PyTorch de cómo están sus "
        "elementos en memoria tras una traspuesta, así que no se cambia en el sitio. Escriba "
        ".clone() tras reshape para una copia, o x = x + ... en su lugar.",
    ),
    "given.whole": (
        "{word} would put floats into a tensor of whole numbers, which keeps its type. Write "
        "x = x + ... for a new tensor, or begin with x.float().",
        "{word} pondría números reales en un tensor de enteros, que conserva su tipo. Escriba "
        "x = x + ... para un tensor nuevo, o empiece con x.float().",
    ),
    "given.create_graph": (
        "backward(create_graph=True) would leave graphs in .grad, which holds numbers. Write "
        "g, = torch.autograd.grad(loss, w, create_graph=True), and go on with g; or "
        "gg.hessian(loss).",
        "backward(create_graph=True) dejaría grafos en .grad, que guarda números. Escriba "
        "g, = torch.autograd.grad(perdida, w, create_graph=True) y siga con g; o "
        "gg.hessian(perdida).",
    ),
    "given.changed_since": (
        "{leaf} was changed in place after the loss was computed from it: this gradient is that of "
        "the numbers it had then. PyTorch stops here, or takes the changed numbers after a change "
        "of .data. Compute the loss again after the change.",
        "{leaf} se cambió en el sitio después de calcular la pérdida con él: este gradiente es el "
        "de los números que tenía entonces. PyTorch se detiene aquí, o toma los números cambiados "
        "si se cambió .data. Calcule de nuevo la pérdida tras el cambio.",
    ),
    "given.view_of_node": (
        "this tensor was detached from {node} and shares its memory: a gradient put into it in "
        "place would be in that too, behind its graph. Write x = x.clone() first, or x = x + ...",
        "este tensor se separó de {node} y comparte su memoria: un gradiente que se le pusiera en "
        "el sitio estaría también en aquello, a espaldas de su grafo. Escriba antes "
        "x = x.clone(), o x = x + ...",
    ),
    "given.in_place_shape": (
        "{name} got what has shape {got}, and a tensor changed in place keeps its shape {shape}. "
        "Write v = v + h, which makes a new one.",
        "{name} recibió algo de forma {got}, y un tensor que se cambia en el sitio conserva su "
        "forma {shape}. Escriba v = v + h, que hace uno nuevo.",
    ),
    "given.repeats": (
        "repeat got {got} numbers of a tensor of shape {shape}: expected one for each axis, and "
        "more for new ones in front. torch.repeat_interleave repeats entries.",
        "repeat recibió {got} números de un tensor de forma {shape}: uno para cada eje, y más para "
        "ejes nuevos delante. torch.repeat_interleave repite elementos.",
    ),
    "given.no_vmap": (
        "{word} is not here: write the batch as the first axis; operations run along it.",
        "{word} no existe aquí: ponga el lote como primer eje; las operaciones lo recorren.",
    ),
    "given.no_factors": (
        "{word} has no derivative here: of a symmetric matrix torch.linalg.eigh does, and "
        "np.linalg.svd(x.detach().numpy()) gives plain numbers.",
        "{word} no tiene derivada aquí: de una matriz simétrica la tiene torch.linalg.eigh, y "
        "np.linalg.svd(x.detach().numpy()) da números sin más.",
    ),
    "given.no_kthvalue": (
        "{word} is not here: write torch.sort(x).values[k - 1].",
        "{word} no existe aquí: escriba torch.sort(x).values[k - 1].",
    ),
    "given.draws": (
        "draws are graphgrad's own: the same seed gives other numbers than PyTorch",
        "los sorteos son propios de graphgrad: la misma semilla da otros números que PyTorch",
    ),
    "given.neuron_inputs": (
        "{neuron} takes {count} inputs, got {got}. Give one number per weight.",
        "{neuron} recibe {count} entradas, hay {got}. Dé un número por peso.",
    ),
    "given.one_number": (
        "Value holds one number: got an array of shape {got}. Make a Value of each number, or use "
        "gg.param for arrays.",
        "Value contiene un solo número: hay una matriz de forma {got}. Haga un Value de cada "
        "número, o use gg.param para matrices.",
    ),
    "handle.dtype": (
        "nodes compute with floats: got the type {got}. Leave dtype out; x.value.astype({got}) is "
        "a plain array without a gradient.",
        "los nodos calculan con números reales: hay el tipo {got}. Quite dtype; "
        "x.value.astype({got}) es una matriz sin más, sin gradiente.",
    ),
    "handle.einsum": (
        "einsum got {got!r}: expected one letter per axis of each operand, as in 'ij,jk->ik'. "
        "Correct the subscripts.",
        "einsum recibió {got!r}: se esperaba una letra por eje de cada operando, como en "
        "'ij,jk->ik'. Corrija los subíndices.",
    ),
    "handle.cross": (
        "cross multiplies vectors of three entries: got the shapes {got}. Give three entries along "
        "the last axis.",
        "cross multiplica vectores de tres elementos: hay las formas {got}. Dé tres elementos a lo "
        "largo del último eje.",
    ),
    "handle.numpy_arguments": (
        "np.{function} works on nodes with the arguments {known}: got {got}. Leave the others out.",
        "np.{function} funciona con nodos con los argumentos {known}: hay {got}. Quite los demás.",
    ),
    # ---- settings ----
    "op.text_axis": (
        "{op} got {got!r} for {setting}: expected whole numbers, counted from 0 in Python. Write "
        "{setting}=0, or {setting}=(0, 1) for several.",
        "{op} recibió {got!r} en {setting}: se esperaban números enteros, contados desde 0 en "
        "Python. Escriba {setting}=0, o {setting}=(0, 1) para varios.",
    ),
    "op.lengths": (
        "{op} got the shape {got!r}: expected whole lengths, 0 or more. Write for instance "
        "shape=(2, 3).",
        "{op} recibió la forma {got!r}: se esperaban longitudes enteras, 0 o más. Escriba por "
        "ejemplo shape=(2, 3).",
    ),
    "op.two_unknown": (
        "only one length of a new shape may be -1, the one that the entries decide: got {got!r}. "
        "Write out the others.",
        "solo una longitud de la forma nueva puede ser -1, la que deciden los elementos: hay "
        "{got!r}. Escriba las demás.",
    ),
    "op.key": (
        "{op} got the subscript {got!r}: expected whole numbers and ranges. Write for instance "
        "key=(0, slice(1, 3)).",
        "{op} recibió el subíndice {got!r}: se esperaban números enteros y rangos. Escriba por "
        "ejemplo key=(0, slice(1, 3)).",
    ),
    "op.flag": (
        "{op} got {got!r} for {setting}: expected True or False. Correct it.",
        "{op} recibió {got!r} en {setting}: se esperaba True o False. Corríjalo.",
    ),
    "op.finite_setting": (
        "{op} got {got!r} for {setting}: expected a finite number. Give one, or make it a node of "
        "its own.",
        "{op} recibió {got!r} en {setting}: se esperaba un número finito. Dé uno o haga de él un "
        "nodo propio.",
    ),
    "op.needs_array": (
        "{op} works along an axis and needs an array: its argument is a number. Give it a vector "
        "or a matrix.{hint}",
        "{op} opera a lo largo de un eje y necesita un array: su argumento es un número. Dele un "
        "vector o una matriz.{hint}",
    ),
    "op.no_settings": (
        "{op} has no settings: got {got}. Remove it.",
        "{op} no tiene ajustes: hay {got}. Quítelo.",
    ),
    # ---- verbs ----
    "door.argument": (
        "{verb} got {got} of type {kind} for {argument}: expected {expected}. See help({verb}).",
        "{verb} recibió {got} de tipo {kind} en {argument}: se esperaba {expected}. Vea "
        "help({verb}).",
    ),
    "door.choice": (
        "gg.render has no option {got}: expected one of its own, or of gg.SceneOptions: {known}."
        "{near} Correct the name.",
        "gg.render no tiene la opción {got}: se esperaba una suya, o de gg.SceneOptions: {known}."
        "{near} Corrija el nombre.",
    ),
    "door.choice_value": (
        "gg.render got {name}={got}: expected one of {known}.{near} Choose one of them.",
        "gg.render recibió {name}={got}: se esperaba uno de {known}.{near} Elija uno de ellos.",
    ),
    "door.answers": (
        "the text of a sheet, or a dictionary of answers by step",
        "el texto de una hoja, o un diccionario de respuestas por paso",
    ),
    "door.exercise": (
        "a graph, or the path or the text of an exercise",
        "un grafo, o la ruta o el texto de un ejercicio",
    ),
    "door.figure": (
        "a pass (gg.trace), a graph (gg.graph, gg.parse, gg.load) or a node",
        "una pasada (gg.trace), un grafo (gg.graph, gg.parse, gg.load) o un nodo",
    ),
    "door.steppable": (
        "a node, a graph, a pass, the text or the path of a file, or the state of a stepper",
        "un nodo, un grafo, una pasada, el texto o la ruta de un archivo, o el estado de un "
        "recorrido",
    ),
    "door.figure_options": (
        "gg.FigureOptions(...) or gg.SceneOptions(...)",
        "gg.FigureOptions(...) o gg.SceneOptions(...)",
    ),
    "door.graph": (
        "a graph (gg.graph, gg.parse, gg.load, gg.from_sympy) or a node",
        "un grafo (gg.graph, gg.parse, gg.load, gg.from_sympy) o un nodo",
    ),
    "door.derivable": ("a graph, a node or a pass", "un grafo, un nodo o una pasada"),
    "door.detail": ('"line" or "op"', '"line" u "op"'),
    "door.graph_itself": (
        "a graph with its table, or the node of a loss",
        "un grafo con su tabla, o el nodo de una pérdida",
    ),
    "door.compilable": (
        "a graph, a node, or a function of nodes",
        "un grafo, un nodo o una función de nodos",
    ),
    "door.of_network": (
        "what the network computes, so call it first, as net(x)",
        "lo que calcula la red; llámela antes, como net(x)",
    ),
    "door.handle": ("a node, such as the loss", "un nodo, como la pérdida"),
    "door.language": (
        "the code of a language that has wordings, such as en or es",
        "el código de un idioma con textos, como en o es",
    ),
    "door.mapping": (
        'a dictionary by name, such as {{"w": 2}}',
        'un diccionario por nombre, como {{"w": 2}}',
    ),
    "door.names": ('names, such as ["w", "b"]', 'nombres, como ["w", "b"]'),
    "door.pass": ("a pass (gg.trace) or a node", "una pasada (gg.trace) o un nodo"),
    "door.path": ("the path of a file", "la ruta de un archivo"),
    "door.positive": ("a positive number", "un número positivo"),
    "door.text": ("a text", "un texto"),
    "door.values": (
        'a dictionary by symbol or name, such as {{"x": 3}}',
        'un diccionario por símbolo o nombre, como {{"x": 3}}',
    ),
    "door.whole": ("a whole number", "un número entero"),
    "door.count": (
        "a whole number from 0 to 10000",
        "un número entero de 0 a 10000",
    ),
    "door.digits": ("a whole number from 1 to 17", "un número entero de 1 a 17"),
    "door.flag": ("True or False", "True o False"),
    "sympy.expression": (
        "from_sympy got {got} of type {kind}: expected an expression of sympy. A text is read by "
        "gg.parse.",
        "from_sympy recibió {got} de tipo {kind}: se esperaba una expresión de sympy. Un texto lo "
        "lee gg.parse.",
    ),
    # ---- registering an op ----
    "register.arguments": (
        'the arguments of an op are names: got {got!r}. Write for instance arguments=["x", "y"].',
        "los argumentos de una operación son nombres: hay {got!r}. Escriba por ejemplo "
        'arguments=["x", "y"].',
    ),
    "register.partials": (
        "partials is a list with one function per argument: got {got}. Write "
        "partials=[lambda m, out, x: ...], or leave it out.",
        "partials es una lista con una función por argumento: hay {got}. Escriba "
        "partials=[lambda m, out, x: ...] u omítala.",
    ),
    "register.domain": (
        "domain is a list of gg.Condition(argument, relation, bound) about the op's arguments: got "
        "{got!r}. Correct it.",
        "domain es una lista de gg.Condition(argumento, relación, cota) sobre los argumentos de la "
        "operación: hay {got!r}. Corríjala.",
    ),
    "register.sample": (
        "sample is an interval of numbers, (low, high): got {got!r}. Correct it.",
        "sample es un intervalo de números, (menor, mayor): hay {got!r}. Corríjalo.",
    ),
    "register.no_function": (
        "{what} of {op} got a {kind}: expected a function. Write {example}, with functions taken "
        "from m, as m.exp(x).",
        "{what} de {op} recibió un {kind}: se esperaba una función. Escriba {example}, con las "
        "funciones tomadas de m, como m.exp(x).",
    ),
    "register.signature": (
        "{what} of {op} takes ({got}): its first argument is m, the namespace that functions come "
        "from, as m.exp(x). Write {example}.",
        "{what} de {op} toma ({got}): su primer argumento es m, el espacio del que salen las "
        "funciones, como m.exp(x). Escriba {example}.",
    ),
}
