"""Word what is seen through the lenses on networks and on functions."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- gradients by layer ----
    "lens.gradients.heading": (
        "Gradient of {output}, from the first layer to the last:",
        "Gradiente de {output}, de la primera capa a la última:",
    ),
    "lens.gradients.heading_of_samples": (
        "Gradient of {output}, from the first layer to the last ({count} samples: of parameters "
        "the norm of the mean gradient, of adjoints the mean of the norms):",
        "Gradiente de {output}, de la primera capa a la última ({count} muestras: de parámetros "
        "la norma del gradiente medio, de adjuntos la media de las normas):",
    ),
    "lens.gradients.zero": (
        "The gradient of {names} is exactly 0: it does not learn at all here.",
        "El gradiente de {names} es exactamente 0: aquí no aprende nada.",
    ),
    "lens.gradients.vanishing": (
        "The gradient vanishes: {factor} of the signal at the end reaches the start.",
        "El gradiente se desvanece: al principio llega {factor} de la señal del final.",
    ),
    "lens.gradients.exploding": (
        "The gradient explodes: going back through {count} layers it is multiplied by {factor}.",
        "El gradiente explota: al volver por {count} capas se multiplica por {factor}.",
    ),
    "lens.gradients.steady": (
        "The gradient neither vanishes nor explodes: {factor} of the signal at the end reaches the "
        "start.",
        "El gradiente no se desvanece ni explota: al principio llega {factor} de la señal del "
        "final.",
    ),
    "lens.gradients.ratio": (
        "The parameters of the first layer ({first}) have {ratio} times the gradient of those of "
        "the last ({last}).",
        "Los parámetros de la primera capa ({first}) tienen {ratio} veces el gradiente de los de "
        "la última ({last}).",
    ),
    "lens.gradients.power_bound": (
        "Every weight has |w| ≤ 1 and every derivative is at most {slope}: {count} layers let at "
        "most {slope}^{count} = {bound} of the gradient through.",
        "Todo peso cumple |w| ≤ 1 y toda derivada es a lo sumo {slope}: {count} capas dejan pasar "
        "a lo sumo {slope}^{count} = {bound} del gradiente.",
    ),
    "lens.gradients.bound": (
        "Largest derivatives times norms of the weights: the factor through all layers is at most "
        "{bound}.",
        "Derivadas máximas por normas de los pesos: el factor de todas las capas es a lo sumo "
        "{bound}.",
    ),
    "lens.gradients.plot": ("Gradient of the parameters by layer", "Gradiente de los parámetros"),
    "lens.gradients.axis": ("‖d{output}/dw‖", "‖d{output}/dw‖"),
    # ---- units ----
    "lens.units.heading": (
        "Units by layer (saturated: derivative below {share} % of the largest there is):",
        "Neuronas por capa (saturada: derivada por debajo del {share} % de la máxima):",
    ),
    "lens.units.none": (
        "There is no activation function between the parameters and the loss.",
        "No hay función de activación entre los parámetros y la pérdida.",
    ),
    "lens.units.dead": (
        "Dead: {names}. {count} of {units} units ({share} %) pass no gradient on any sample, so "
        "that the gradient of all their weights is exactly 0.",
        "Muertas: {names}. {count} de {units} neuronas ({share} %) no dejan pasar gradiente en "
        "ninguna muestra: el gradiente de todos sus pesos es exactamente 0.",
    ),
    "lens.units.active": (
        "{active} of {units} ReLU units are active on at least one sample.",
        "{active} de {units} neuronas ReLU están activas en al menos una muestra.",
    ),
    "lens.units.saturated": (
        "Saturated: {names}. On at least {share} % of units and samples {activation} is flat.",
        "Saturadas: {names}. En al menos el {share} % de los casos {activation} es casi plana.",
    ),
    "lens.units.alive": (
        "No unit is dead and no layer is mostly saturated.",
        "Ninguna neurona está muerta y ninguna capa está saturada en su mayoría.",
    ),
    "lens.units.plot": ("Saturated, per cent", "Saturadas, por ciento"),
    # ---- signs ----
    "lens.signs.heading": (
        "Do the gradients of all weights of a unit share a sign? {draws} draws, one sample each:",
        "¿Comparten signo los gradientes de todos los pesos de una neurona? {draws} sorteos, una "
        "muestra cada uno:",
    ),
    "lens.signs.zigzag": (
        "In all {draws} draws the gradients of the weights of {names} have one sign: on one sample "
        "they can only grow or shrink together (zig-zag). The mean over a batch may differ.",
        "En los {draws} sorteos los gradientes de los pesos de {names} tienen un solo signo: con "
        "una muestra solo crecen o bajan juntos (zigzag). La media de un lote puede diferir.",
    ),
    "lens.signs.free": (
        "No unit has gradients of one sign in every draw.",
        "Ninguna neurona tiene gradientes de un solo signo en todos los sorteos.",
    ),
    "lens.signs.none": (
        "No unit has several weights.",
        "Ninguna neurona tiene varios pesos.",
    ),
    # ---- layers ----
    "lens.layers.heading": (
        "Layers, parameters and operations (in brackets: parameters shared with a layer above):",
        "Capas, parámetros y operaciones (entre paréntesis: compartidos con una capa anterior):",
    ),
    "lens.layers.hyperparameters": (
        "Hyperparameters, which no training changes:",
        "Hiperparámetros, que ningún entrenamiento cambia:",
    ),
    "lens.layers.count": (
        "{parameters} parameters in {leaves} leaves; depth {depth}.",
        "{parameters} parámetros en {leaves} hojas; profundidad {depth}.",
    ),
    "lens.layers.cost": (
        "Forward {forward} operations, backward {backward}: {ratio} times as many.",
        "Hacia adelante {forward} operaciones, hacia atrás {backward}: {ratio} veces más.",
    ),
    "lens.layers.loss": ("loss", "pérdida"),
    "lens.layers.linear": ("linear", "lineal"),
    "lens.layers.depth": ("depth", "profundidad"),
    "lens.layers.true": ("true", "verdadero"),
    "lens.layers.false": ("false", "falso"),
    "lens.layers.plot": ("Parameters by layer", "Parámetros por capa"),
    # ---- what is kept ----
    "lens.cached.heading": (
        "Kept by the forward pass, layer by layer; the backward pass uses it from the last layer "
        "to the first:",
        "Lo que guarda la pasada hacia adelante, capa por capa; la pasada hacia atrás lo usa de la "
        "última a la primera:",
    ),
    "lens.cached.order": (
        "Used in the order {order}; {entries} numbers are kept (a diagonal as a vector, an "
        "identity not at all).",
        "Se usa en el orden {order}; se guardan {entries} números (una diagonal como vector, una "
        "identidad no se guarda).",
    ),
    "lens.cached.z": ("pre-activation", "preactivación"),
    "lens.cached.x": ("layer output", "salida de capa"),
    "lens.cached.g": (
        "diagonal of derivatives",
        "diagonal de derivadas",
    ),
    "lens.cached.g_full": ("full Jacobian", "jacobiana llena"),
    "lens.cached.weights": ("layer input", "entrada de capa"),
    "lens.cached.bias": ("identity", "identidad"),
    # ---- Jacobians ----
    "lens.jacobians.heading": (
        "The gradient in {name} as a product of Jacobians, output first:",
        "El gradiente respecto a {name} como producto de jacobianas, la salida primero:",
    ),
    "lens.jacobians.same": (
        "The product is the gradient of reverse mode (difference {difference}).",
        "El producto es el gradiente del modo inverso (diferencia {difference}).",
    ),
    "lens.jacobians.other_paths": (
        "The product is not d{output}/d{name} (difference {difference}): {name} reaches {output} "
        "on paths beside this chain. `paths of={name}` adds them all.",
        "El producto no es d{output}/d{name} (diferencia {difference}): {name} llega a {output} "
        "por caminos fuera de esta cadena. `caminos de={name}` los suma todos.",
    ),
    "lens.jacobians.too_large": (
        "a factor of the product would have {got} entries, or take too long to compute: the limit "
        "is {most}. Choose a parameter of a later layer with of=NAME, or smaller layers.",
        "un factor del producto tendría {got} entradas, o tardaría demasiado: el límite es {most}. "
        "Elija un parámetro de una capa posterior con de=NOMBRE, o capas menores.",
    ),
    "lens.jacobians.identity": ("identity", "identidad"),
    "lens.jacobians.diagonal": ("diagonal", "diagonal"),
    "lens.jacobians.row": ("row", "fila"),
    "lens.jacobians.matrix": ("matrix", "matriz"),
    # ---- the boundary ----
    "lens.boundary.straight": (
        "The boundary is the line {line}.",
        "La frontera es la recta {line}.",
    ),
    "lens.boundary.bent": (
        "The boundary is no straight line.",
        "La frontera no es una recta.",
    ),
    "lens.boundary.one_side": (
        "The whole picture lies on one side of {level}; choose low=, high= or level=.",
        "Todo el dibujo queda a un lado de {level}; elija bajo=, alto= o nivel=.",
    ),
    "lens.boundary.hits": (
        "{right} of {count} samples are on the right side.",
        "{right} de {count} muestras están en el lado correcto.",
    ),
    "lens.boundary.regions": (
        "Share of the plane where each class is the largest: {shares}.",
        "Parte del plano donde cada clase es la mayor: {shares}.",
    ),
    "lens.boundary.no_level": (
        "{name} has an entry for each class, and the largest decides: level= is for an output of "
        "one number. Leave level= out.",
        "{name} tiene una entrada por clase, y decide la mayor: nivel= es para una salida de un "
        "número. Quite nivel=.",
    ),
    "lens.boundary.class": ("class {name}", "clase {name}"),
    "lens.boundary.samples": ("samples", "muestras"),
    # ---- errors on a grid ----
    "lens.grid.heading": ("Over a grid of {names}:", "Sobre una malla de {names}:"),
    "lens.grid.largest": (
        "The largest distance between {of} and {target} is {largest}, at {at}.",
        "La mayor distancia entre {of} y {target} es {largest}, en {at}.",
    ),
    "lens.grid.equal": (
        "{of} and {target} are equal at all {count} points.",
        "{of} y {target} son iguales en los {count} puntos.",
    ),
    "lens.grid.plot": ("{of} and {target}", "{of} y {target}"),
    # ---- paths ----
    "lens.paths.heading": (
        "The gradient in {name}, path by path:",
        "El gradiente en {name}, camino a camino:",
    ),
    "lens.paths.same": (
        "Paths: {count}. Their contributions add up to the gradient in {name}: {value}.",
        "Caminos: {count}. Sus contribuciones suman el gradiente en {name}: {value}.",
    ),
    "lens.paths.differs": (
        "Paths: {count}. Their contributions do not add up to the gradient in {name}, {value}.",
        "Caminos: {count}. Sus contribuciones no suman el gradiente en {name}, {value}.",
    ),
    "lens.paths.too_many": (
        "There are {count} paths from {name}; {listed} are listed. The gradient is {value}.",
        "Hay {count} caminos desde {name}; se listan {listed}. El gradiente es {value}.",
    ),
    "lens.paths.plot": (
        "Contributions to the gradient in {name}",
        "Contribuciones al gradiente en {name}",
    ),
    # ---- modes ----
    "lens.modes.values": ("values only", "solo los valores"),
    "lens.modes.reverse": ("reverse mode", "modo inverso"),
    "lens.modes.forward": ("forward mode", "modo directo"),
    "lens.modes.same": (
        "Both modes agree in {tried} directions (largest relative difference {difference}); the "
        "gradient has {entries} numbers.",
        "Ambos modos coinciden en {tried} direcciones (mayor diferencia relativa {difference}); el "
        "gradiente tiene {entries} números.",
    ),
    "lens.modes.differs": (
        "The modes differ by {difference} in {tried} directions, of {entries} numbers: an op has a "
        "wrong pullback or pushforward.",
        "Los modos difieren en {difference} en {tried} direcciones, de {entries} números: una "
        "operación tiene mal su retroceso o su avance.",
    ),
    "lens.modes.cheaper": (
        "Forward mode needs a pass for each of {count} numbers: {ratio} times the operations of "
        "one reverse pass.",
        "El modo directo necesita una pasada por cada uno de {count} números: {ratio} veces las "
        "operaciones de una pasada inversa.",
    ),
    "lens.modes.plot": ("Operations for the whole gradient", "Operaciones para todo el gradiente"),
    # ---- wrong orders ----
    "lens.order.heading": (
        "Gradients if each node hands its adjoint on at the first visit, once and for all:",
        "Gradientes si cada nodo entrega su adjunto en la primera visita, de una vez por todas:",
    ),
    "lens.order.breadth_right": (
        "Breadth first happens to be right here: every use of a node comes before the node.",
        "En anchura resulta correcto aquí: todo uso de un nodo llega antes que el nodo.",
    ),
    "lens.order.depth_right": (
        "Depth first happens to be right here: every use of a node comes before the node.",
        "En profundidad resulta correcto aquí: todo uso de un nodo llega antes que el nodo.",
    ),
    "lens.order.breadth_wrong": (
        "Breadth first is wrong in {names}: {node} is handed on before the contribution from "
        "{late} has come.",
        "En anchura falla en {names}: {node} se entrega antes de que llegue la contribución de "
        "{late}.",
    ),
    "lens.order.depth_wrong": (
        "Depth first is wrong in {names}: {node} is handed on before the contribution from {late} "
        "has come.",
        "En profundidad falla en {names}: {node} se entrega antes de que llegue la contribución "
        "de {late}.",
    ),
    "lens.order.recursion": (
        "Recursion without marks is right, but makes {visits} visits; the topological order makes "
        "{nodes}.",
        "La recursión sin marcas es correcta, pero hace {visits} visitas; el orden topológico hace "
        "{nodes}.",
    ),
    # ---- blocked ----
    "lens.blocked.here": (
        "No gradient passes through {formula} (line {line}): the derivative of {op} is 0 wherever "
        "it exists.",
        "Por {formula} (línea {line}) no pasa gradiente: la derivada de {op} es 0 donde existe.",
    ),
    "lens.blocked.cut": (
        "{names} cannot learn from this output: every path to it is blocked.",
        "{names} no puede aprender de esta salida: todos los caminos están bloqueados.",
    ),
    "lens.blocked.open": (
        "Gradients pass through every operation.",
        "Los gradientes pasan por todas las operaciones.",
    ),
}
