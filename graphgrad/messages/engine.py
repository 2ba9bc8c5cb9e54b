"""Word what graphs, op rows, shapes and passes can complain about."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- shapes ----
    "shape.scalar": ("scalar", "escalar"),
    "shape.operands": ("Shapes: {operands}.", "Formas: {operands}."),
    "shape.broadcast": (
        "{op} works entry by entry, but the shapes {shapes} do not fit: lengths must be equal or "
        "1, counted from the last axis. Change a shape or transpose an operand.",
        "{op} opera elemento a elemento, pero las formas {shapes} no encajan: las longitudes "
        "deben ser iguales o 1, contadas desde el último eje. Cambie una forma o transponga un "
        "operando.",
    ),
    "shape.matmul": (
        "the matrix product needs (n, k) @ (k, m): got {a} @ {b}, whose inner lengths {inner} and "
        "{other} differ. Transpose one of them or change a shape.",
        "el producto de matrices necesita (n, k) @ (k, m): hay {a} @ {b}, cuyas longitudes "
        "interiores {inner} y {other} difieren. Transponga una o cambie una forma.",
    ),
    "shape.matmul_scalar": (
        "@ multiplies vectors and matrices: got {a} @ {b}. Write * for a product with a scalar.",
        "@ multiplica vectores y matrices: hay {a} @ {b}. Escriba * para el producto por un "
        "escalar.",
    ),
    "shape.dot": (
        "dot needs two vectors of equal length: got {a} and {b}. Use @ for matrices.",
        "dot necesita dos vectores de igual longitud: hay {a} y {b}. Use @ con matrices.",
    ),
    "shape.outer": (
        "outer needs two vectors: got {a} and {b}. Reshape them first.",
        "outer necesita dos vectores: hay {a} y {b}. Cambie antes su forma con reshape.",
    ),
    "shape.matrix": (
        "{op} needs a matrix: got {a}. Reshape it, or pick one matrix by subscripts.",
        "{op} necesita una matriz: hay {a}. Cambie su forma, o tome una matriz con subíndices.",
    ),
    "shape.square": (
        "{op} needs a square matrix: got {a}. Give as many rows as columns.",
        "{op} necesita una matriz cuadrada: hay {a}. Dé tantas filas como columnas.",
    ),
    "shape.tile": (
        "tile repeats {a} so many times along each axis: got {times}. Give counts from 0.",
        "tile repite {a} tantas veces a lo largo de cada eje: hay {times}. Dé números desde 0.",
    ),
    "shape.reshape": (
        "reshape keeps all entries: {a} has {n} but {b} would have {k}. Choose a shape with {n} "
        "entries.",
        "reshape conserva los elementos: {a} tiene {n} y {b} tendría {k}. Elija una forma de {n} "
        "elementos.",
    ),
    "shape.reshape_rest": (
        "reshape to {b} leaves no length for -1: {a} has {n} entries, and the other lengths make "
        "{k}. Write out the lengths.",
        "reshape a {b} no deja longitud para -1: {a} tiene {n} elementos, y las otras longitudes "
        "hacen {k}. Escriba las longitudes.",
    ),
    "shape.broadcast_to": (
        "{a} cannot be repeated to {b}: lengths must be equal or 1, counted from the last axis. "
        "Choose another shape.",
        "{a} no puede repetirse hasta {b}: las longitudes deben ser iguales o 1, contadas desde "
        "el último eje. Elija otra forma.",
    ),
    "shape.subscripts_of_number": (
        "a number has no entries: got {n} subscripts for it. Drop them, or take an array.",
        "un número no tiene elementos: hay {n} subíndices. Quítelos, o tome un array.",
    ),
    "shape.too_many_subscripts": (
        "got {n} subscripts for an array of shape {a}: expected at most {limit}. Drop the others.",
        "hay {n} subíndices para un array de forma {a}: se esperaban como mucho {limit}. Quite "
        "los demás.",
    ),
    "shape.subscript": (
        "got subscript {got}: expected 1 to {limit} in shape {a} (subscripts count from 1). "
        "Choose one inside.",
        "hay un subíndice {got}: se esperaba de 1 a {limit} en la forma {a} (se cuenta desde 1). "
        "Elija uno dentro.",
    ),
    "shape.scatter": (
        "scatter_add puts an array where it fits: {a} does not fit that place in {b}. Change the "
        "key or the shape.",
        "scatter_add coloca un array donde cabe: {a} no cabe en ese lugar de {b}. Cambie la "
        "clave o la forma.",
    ),
    "shape.places": (
        "{n} places are named for an array of shape {a}, which has another number of entries. "
        "Name one place per entry.",
        "se nombran {n} lugares para un array de forma {a}, que tiene otro número de elementos. "
        "Nombre un lugar por elemento.",
    ),
    "shape.place": (
        "a place is outside of the array of shape {a}, which has {limit} entries. Choose one "
        "inside.",
        "un lugar queda fuera del array de forma {a}, que tiene {limit} elementos. Elija uno "
        "dentro.",
    ),
    "shape.inverse": (
        "only a square matrix has an inverse: got {a}. Write 1/A for the reciprocal of every "
        "entry.",
        "solo una matriz cuadrada tiene inversa: hay {a}. Escriba 1/A para el recíproco de cada "
        "elemento.",
    ),
    "shape.empty": (
        "{op} of no entries has no value: got shape {a}. Give it at least one entry along the "
        "axis.",
        "{op} sin elementos no tiene valor: hay la forma {a}. Dele al menos un elemento a lo largo "
        "del eje.",
    ),
    "shape.concat": (
        "concat joins arrays whose other axes are equal: got {shapes}. Choose another axis or "
        "change a shape.",
        "concat une arrays cuyos demás ejes son iguales: hay {shapes}. Elija otro eje o cambie "
        "una forma.",
    ),
    "shape.stack": (
        "rows of an array must have equal shapes: got {shapes}. Make them equal.",
        "las filas de un array deben tener la misma forma: hay {shapes}. Iguálelas.",
    ),
    "shape.axis": (
        "{op} got axis {got} of shape {shape}, which has {rank} (in Python axes count from 0, and "
        "-1 is the last). Choose an axis it has.",
        "{op} recibió el eje {got} de la forma {shape}, que tiene {rank} (en Python los ejes se "
        "cuentan desde 0, y -1 es el último). Elija un eje que exista.",
    ),
    "shape.leaf_value": (
        "the value of {name} has the shape {got}: expected the shape {expected}. Change the value "
        "or the declared shape.",
        "el valor de {name} tiene la forma {got}: se esperaba la forma {expected}. Cambie el valor "
        "o la forma declarada.",
    ),
    "shape.loss": (
        "the loss {name} has shape {shape}: expected one number. Wrap it in sum(...) or "
        "mean(...), or declare it as output and give --seed.",
        "la pérdida {name} tiene forma {shape}: se esperaba un número. Envuélvala en sum(...) o "
        "mean(...), o declárela como output y use --seed.",
    ),
    "shape.backward": (
        "backward starts from one number: {name} has shape {shape}. Use sum(...) or mean(...), or "
        "pass a seed of that shape.",
        "backward parte de un número: {name} tiene forma {shape}. Use sum(...) o mean(...), o "
        "pase una semilla de esa forma.",
    ),
    # ---- ops ----
    "op.unknown_setting": (
        "{op} has no setting {got}: expected one of {known}. Remove it or correct its name.",
        "{op} no tiene el ajuste {got}: se esperaba uno de {known}. Quítelo o corrija su nombre.",
    ),
    "op.missing_setting": (
        "{op} needs the setting {setting}: got none. Write {setting}=...",
        "{op} necesita el ajuste {setting}: no hay ninguno. Escriba {setting}=...",
    ),
    "op.axes": (
        "{op} got {got} axes of an array that has {rank}: expected each of them once. Correct the "
        "list.",
        "{op} recibió {got} ejes de un array que tiene {rank}: se esperaba cada uno una vez. "
        "Corrija la lista.",
    ),
    "op.axis_twice": (
        "{op} got the same axis twice: expected different ones. Remove one from the list.",
        "{op} recibió dos veces el mismo eje: se esperaban distintos. Quite uno de la lista.",
    ),
    "gradient.constant": (
        "{name} depends on no input or parameter, so it has no gradient. Declare one with input "
        "or param.",
        "{name} no depende de ninguna entrada ni parámetro, así que no tiene gradiente. Declare "
        "alguno con input o param.",
    ),
    "gradient.unreached": (
        "{name} does not reach {output}: its gradient is 0. Choose one of {known}.",
        "{name} no llega a {output}: su gradiente es 0. Elija uno de {known}.",
    ),
    "op.number_setting": (
        "{op} got {got!r} for {setting}: expected a number. Correct it.",
        "{op} recibió {got!r} en {setting}: se esperaba un número. Corríjalo.",
    ),
    "op.whole_setting": (
        "{op} got {got!r} for {setting}: expected a whole number that fits in 64 bits. Correct it.",
        "{op} recibió {got!r} en {setting}: se esperaba un número entero de 64 bits a lo sumo. "
        "Corríjalo.",
    ),
    "op.argument_count": (
        "{op} takes {expected} ({arguments}): got {got}. Add or remove arguments.{hint}",
        "{op} toma {expected} ({arguments}): hay {got}. Añada o quite argumentos.{hint}",
    ),
    "row.taken": (
        "an op named {name} exists already. Choose another name.",
        "ya existe una operación llamada {name}. Elija otro nombre.",
    ),
    "row.not_last": (
        "the op {name} is not the one registered last, so it cannot be removed. Remove the later "
        "ones first.",
        "la operación {name} no es la última registrada, así que no puede quitarse. Quite antes "
        "las posteriores.",
    ),
    # ---- conventions at kinks ----
    "convention.zero": (
        "the argument is 0, where no derivative exists; 0 is taken",
        "el argumento es 0, donde no hay derivada; se toma 0",
    ),
    "convention.chosen": (
        "the argument is 0, where no derivative exists; {zero} is taken, as chosen",
        "el argumento es 0, donde no hay derivada; se toma {zero}, como se ha elegido",
    ),
    "convention.left": (
        "the argument is 0, where no derivative exists; that of the left side is taken",
        "el argumento es 0, donde no hay derivada; se toma la del lado izquierdo",
    ),
    "convention.right": (
        "the argument is 0, where no derivative exists; that of the right side is taken",
        "el argumento es 0, donde no hay derivada; se toma la del lado derecho",
    ),
    "convention.maximum": (
        "both arguments are equal and no derivative exists; the first gets it all",
        "ambos argumentos son iguales y no hay derivada; el primero la recibe entera",
    ),
    "convention.norm": (
        "the norm is 0, where no derivative exists; 0 is taken",
        "la norma es 0, donde no hay derivada; se toma 0",
    ),
    "convention.first": (
        "several entries tie and no derivative exists; the first gets it all",
        "varios elementos empatan y no hay derivada; el primero la recibe entera",
    ),
    "convention.clip": (
        "the argument is at the bound, where no derivative exists; that of the inside is taken",
        "el argumento está en el límite, donde no hay derivada; se toma la del interior",
    ),
    "convention.step": (
        "this is the jump, where no derivative exists; 0 is taken",
        "este es el salto, donde no hay derivada; se toma 0",
    ),
    # ---- leaves and passes ----
    "leaf.unknown": (
        "{name} is not an input or parameter: expected one of {known}. Correct the name.",
        "{name} no es una entrada ni un parámetro: se esperaba uno de {known}. Corrija el nombre.",
    ),
    "leaf.pair": (
        'second derivatives are found by two names: got {name} alone. Write ["{name}", "{name}"], '
        "or another pair of {known}.",
        'las segundas derivadas se buscan con dos nombres: solo hay {name}. Escriba ["{name}", '
        '"{name}"] u otro par de {known}.',
    ),
    "leaf.no_value": (
        "{name} has no value: expected a number. Give it in the file or with --set {name}=...",
        "{name} no tiene valor: se esperaba un número. Delo en el archivo o con --set {name}=...",
    ),
    "name.unknown": (
        "there is no line named {name}.{near} The lines are: {known}. Correct the name.",
        "no hay ninguna línea llamada {name}.{near} Las líneas son: {known}. Corrija el nombre.",
    ),
    "graph.line": (
        "{got} is the position of no line: expected a whole number from 0 to {last}. "
        "graph.line_index gives the position of a name.",
        "{got} no es la posición de ninguna línea: se esperaba un entero de 0 a {last}. "
        "graph.line_index da la posición de un nombre.",
    ),
    "graph.name": (
        "{got} is no name of a line: expected a text. Write for instance graph.find('L').",
        "{got} no es el nombre de una línea: se esperaba un texto. Escriba por ejemplo "
        "graph.find('L').",
    ),
    "trace.no_step": (
        "{got} is the number of no step: expected a whole number from 0 to {last}. "
        "len(trace.steps) counts them.",
        "{got} no es el número de ningún paso: se esperaba un entero de 0 a {last}. "
        "len(trace.steps) los cuenta.",
    ),
    "graph.node": (
        "{got} is no node of this graph: expected a whole number from 0 to {last} ({count} nodes). "
        "graph.find(name) gives the number of a name.",
        "{got} no es un nodo de este grafo: se esperaba un entero de 0 a {last} ({count} nodos). "
        "graph.find(nombre) da el número de un nombre.",
    ),
    "graph.invariant": (
        "the graph breaks invariant {rule} at node {node}; see graphgrad.graph.check. It was not "
        "written by graphgrad, or the file is damaged: make it anew.",
        "el grafo incumple la invariante {rule} en el nodo {node}; véase graphgrad.graph.check. "
        "No lo escribió graphgrad o el archivo está dañado: vuelva a generarlo.",
    ),
    "trace.no_number": (
        "{trace} is a run of a whole graph, not a number. The sum of a diagonal is "
        "np.trace(A) or torch.trace(A); the value of a line is trace.value(name).",
        "{trace} es una pasada de todo un grafo, no un número. La suma de una diagonal es "
        "np.trace(A) o torch.trace(A); el valor de una línea es trace.value(nombre).",
    ),
    "trace.no_backward": (
        "no gradients: {output} has several entries. Give a seed, as in gg.trace(graph, "
        "seed=[1, 0]), ask gg.jacobian(graph), or declare a loss.",
        "sin gradientes: {output} tiene varios elementos. Dé una semilla, como en gg.trace(graph, "
        "seed=[1, 0]), pida gg.jacobian(graph), o declare una pérdida.",
    ),
    "trace.unreadable": (
        "the file is no saved trace ({why}). Expected the JSON that save_trace writes: save it "
        "again.",
        "el archivo no es una traza guardada ({why}). Se esperaba el JSON que escribe "
        "save_trace: guárdela de nuevo.",
    ),
    # ---- leaving the finite numbers ----
    "trouble.domain": (
        "{node} = {formula}: the argument {argument} = {value} is outside the domain {condition}. "
        "Move the point or change the formula.{stable}",
        "{node} = {formula}: el argumento {argument} = {value} está fuera del dominio "
        "{condition}. Mueva el punto o cambie la fórmula.{stable}",
    ),
    "trouble.domain_of_number": (
        "{node} = {formula}: {value} is outside the domain, which is {condition}. Change the "
        "formula.",
        "{node} = {formula}: {value} está fuera del dominio, que es {condition}. Cambie la "
        "fórmula.",
    ),
    "trouble.logits": (
        " {loss} is infinite at probabilities 0 and 1: give the output before its activation to "
        "{stable}, which computes the same and stays finite.",
        " {loss} es infinita en probabilidades 0 y 1: dé la salida antes de su activación a "
        "{stable}, que calcula lo mismo y no se desborda.",
    ),
    "trouble.stable": (
        " The stable form is {line} = {after}: write it so, or add --stable (in Python "
        "gg.stable(graph)).",
        " La forma estable es {line} = {after}: escríbala así o añada --stable (en Python "
        "gg.stable(grafo)).",
    ),
    "trouble.division": (
        "{node} = {formula}: division by 0, for {argument} is {value}. Move the point or change "
        "the formula.{stable}",
        "{node} = {formula}: división por 0, pues {argument} es {value}. Mueva el punto o cambie "
        "la fórmula.{stable}",
    ),
    "trouble.divided_by_zero": (
        "{node} = {formula}: division by 0. Change the formula.",
        "{node} = {formula}: división por 0. Cambie la fórmula.",
    ),
    "trouble.singular": (
        "{node} = {formula}: the matrix is singular and has no inverse. Change its entries, or "
        "solve the system without an inverse.",
        "{node} = {formula}: la matriz es singular y no tiene inversa. Cambie sus elementos o "
        "resuelva el sistema sin la inversa.",
    ),
    "trouble.empty": (
        "{node} = {formula}: there are no entries, so the value is {value}. Give it at least one.",
        "{node} = {formula}: no hay elementos, así que el valor es {value}. Dele al menos uno.",
    ),
    "trouble.overflow": (
        "{node} = {formula}: the value {value} overflows the range of floating-point numbers (up "
        "to 1.8e308). Make the arguments smaller or use a stable form such as logsumexp.{stable}",
        "{node} = {formula}: el valor {value} desborda el rango de los números de coma flotante "
        "(hasta 1.8e308). Reduzca los argumentos o use una forma estable como logsumexp.{stable}",
    ),
    "trouble.undefined": (
        "{node} = {formula}: the value {value} is not a number, as 0*inf or inf - inf. Look at "
        "its arguments and change the formula or the point.{stable}",
        "{node} = {formula}: el valor {value} no es un número, como 0*inf o inf - inf. Revise sus "
        "argumentos y cambie la fórmula o el punto.{stable}",
    ),
    "trouble.partial": (
        "{node} = {formula}: the partial with respect to {argument} = {value} is not finite. Move "
        "the point away from there.{stable}",
        "{node} = {formula}: la derivada local respecto a {argument} = {value} no es finita. "
        "Aleje el punto de ahí.{stable}",
    ),
    "trouble.given": (
        "{node} was given the value {value}: expected a finite number. Correct it.",
        "{node} recibió el valor {value}: se esperaba un número finito. Corríjalo.",
    ),
    "trouble.given_number": (
        "{node}: a number of the formula is larger than any float (about 1.8e308). Scale it down.",
        "{node}: un número de la fórmula es mayor que cualquier número de coma flotante (unos "
        "1.8e308). Redúzcalo.",
    ),
    # ---- handles ----
    "handle.truth": (
        "a node has no truth value: {node} is part of a graph. Use gg.where(condition, a, b), or "
        "compare its .value.",
        "un nodo no tiene valor de verdad: {node} es parte de un grafo. Use gg.where(condición, "
        "a, b) o compare su .value.",
    ),
    "handle.array": (
        "NumPy cannot hold nodes in an array: got {node}. Use gg.stack([a, b]) for a vector of "
        "nodes, or .value for the number.",
        "NumPy no puede guardar nodos en un array: hay {node}. Use gg.stack([a, b]) para un "
        "vector de nodos o .value para el número.",
    ),
    "handle.numpy": (
        "{function} of NumPy does not work on nodes.{near} Write it with operations of gg; "
        "x.value is the plain number or array, without a gradient.",
        "{function} de NumPy no funciona con nodos.{near} Escríbala con operaciones de gg; x.value "
        "es el número o la matriz sin más, sin gradiente.",
    ),
    "handle.many_rows": (
        "np.linalg.{function} works on nodes up to {most} rows: got {got}. x.value is the plain "
        "array, for NumPy.",
        "np.linalg.{function} funciona con nodos de hasta {most} filas: hay {got}. x.value es la "
        "matriz sin más, para NumPy.",
    ),
    "handle.assign": (
        "{name} is computed, so it has no value to assign. Assign to an input or a parameter.",
        "{name} se calcula, así que no se le puede asignar un valor. Asigne a una entrada o un "
        "parámetro.",
    ),
    "handle.subscript": (
        "{got!r} is not a subscript: expected integers and slices without a step. Use an index "
        "or a range.",
        "{got!r} no es un subíndice: se esperaban enteros y rangos sin paso. Use un índice o un "
        "rango.",
    ),
    "handle.subscript_range": (
        "the subscript {got} is outside an axis of length {length}: expected 0 to {last}, or a "
        "negative one that counts from the end. Correct it.",
        "el subíndice {got} queda fuera de un eje de longitud {length}: se esperaba de 0 a {last}, "
        "o uno negativo que cuenta desde el final. Corríjalo.",
    ),
    "name.invalid": (
        "{got!r} is not a name: expected letters, digits and _, starting with a letter. Choose "
        "another.",
        "{got!r} no es un nombre: se esperaban letras, dígitos y _, empezando por una letra. "
        "Elija otro.",
    ),
    "sympy.twice": (
        "two symbols of the expression are named {name}. Give them different names.",
        "dos símbolos de la expresión se llaman {name}. Deles nombres distintos.",
    ),
    "sympy.unsupported": (
        "sympy's {got} has no row here. Rewrite the expression, or register an op.",
        "{got} de sympy no tiene fila aquí. Reescriba la expresión o registre una operación.",
    ),
    "jacobian.too_large": (
        "the Jacobian would have {got} entries: the limit is {limit}. Choose fewer outputs or "
        "inputs with --wrt.",
        "el jacobiano tendría {got} elementos: el límite es {limit}. Elija menos salidas o "
        "entradas con --wrt.",
    ),
}
