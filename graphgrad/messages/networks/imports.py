"""Word what can be wrong with models of other frameworks, and with the files that hold them."""

MESSAGES: dict[str, tuple[str, str]] = {
    "import.unknown_ops": (
        "this model has {framework} operations that have no op here, with how often each occurs: "
        "{ops}. Import a part of the model without them, or write that part with ops.",
        "este modelo tiene operaciones de {framework} que aquí no existen, con cuántas veces "
        "aparece cada una: {ops}. Importe una parte del modelo sin ellas, o escriba esa parte "
        "con operaciones.",
    ),
    "import.no_input": (
        "the model has no input {name}: it has {names}. Give values by those names.",
        "el modelo no tiene la entrada {name}: tiene {names}. Dé valores con esos nombres.",
    ),
    "import.refused": (
        "{op} at {path} ({shapes}) cannot be imported: {why}",
        "{op} en {path} ({shapes}) no se puede importar: {why}",
    ),
    "import.arguments": (
        "got arguments that no row takes: {got}. Expected those of PyTorch 2. Leave them out of "
        "the model.",
        "hay argumentos que ninguna fila admite: {got}. Se esperaban los de PyTorch 2. Quítelos "
        "del modelo.",
    ),
    "import.constant_output": (
        "the model's result does not depend on what enters it, so there is no graph: expected a "
        "result computed by {framework} from an input. Return that.",
        "el resultado del modelo no depende de la entrada, así que no hay grafo: se esperaba un "
        "resultado calculado por {framework} desde una entrada. Devuelva ese.",
    ),
    "import.no_value": (
        "the model uses {name}, which nothing in it defines. Export it again.",
        "el modelo usa {name}, que nada en él define. Expórtelo de nuevo.",
    ),
    "import.random": (
        "it draws at random, as dropout in training does, and a graph has fixed values. Call "
        "`model.eval()` first, or set the share to 0.",
        "saca números al azar, como dropout en entrenamiento, y un grafo tiene valores fijos. "
        "Llame antes a `model.eval()` o ponga la proporción a 0.",
    ),
    "import.loss_weights": (
        "{argument} of the loss enters the model or is computed: expected weights that the model "
        "holds, as in `{argument}=torch.tensor([1.0, 2.0])`. Hold them as a "
        "buffer.",
        "{argument} de la pérdida entra en el modelo o se calcula: se esperaban pesos que el "
        "modelo contiene, como en `{argument}=torch.tensor([1.0, 2.0])`. "
        "Guárdelos como buffer.",
    ),
    "import.places": (
        "it picks entries at places that are computed, which have no derivative. Give the places "
        "as numbers of the model.",
        "elige elementos en posiciones calculadas, que no tienen derivada. Dé las posiciones como "
        "números del modelo.",
    ),
    "import.view_written": (
        "{op} writes over {name}, which is seen through a view later. Write the operation without "
        "the underscore, as in `x = x.add(1)`.",
        "{op} escribe sobre {name}, que después se ve a través de una vista. Escriba la operación "
        "sin el guion bajo, como en `x = x.add(1)`.",
    ),
    "import.part_written": (
        "{op} writes over a part of {name}, as `y[0] = 0` does, and in a graph every value is "
        "computed once. Compute the new array: `torch.where(mask, 0, y)`, or `torch.cat` of the "
        "parts.",
        "{op} escribe sobre una parte de {name}, como hace `y[0] = 0`, y en un grafo cada valor se "
        "calcula una vez. Calcule el array nuevo: `torch.where(mask, 0, y)`, o `torch.cat` de las "
        "partes.",
    ),
    "import.outside": (
        "{op} picks entries outside of its array. Give places inside it.",
        "{op} elige elementos fuera de su array. Dé posiciones que estén dentro.",
    ),
    "import.repeated": (
        "{op} writes to one entry twice. Write it with `+`, `jnp.where` or `jnp.concatenate`.",
        "{op} escribe dos veces en un elemento. Escríbalo con `+`, `jnp.where` o "
        "`jnp.concatenate`.",
    ),
    "import.loop": (
        "the function has a `while_loop` that ends by a computed value, and a graph has a fixed "
        "length. Use `lax.scan` or `lax.fori_loop` with a number of turns that is known.",
        "la función tiene un bucle `while_loop` que termina por un valor calculado, y un grafo "
        "tiene longitud fija. Use `lax.scan` o `lax.fori_loop` con un número conocido de vueltas.",
    ),
    "import.large": (
        "an array of {got} entries is made: the limit is {limit}. Make a smaller one.",
        "se crea un array de {got} elementos: el límite es {limit}. Cree uno menor.",
    ),
    "import.too_long": (
        "the function, its loops unrolled, has over {limit} operations. Import fewer turns.",
        "la función, con sus bucles desenrollados, tiene más de {limit} operaciones. Importe menos "
        "vueltas.",
    ),
    "import.jax_kind": (
        "from_jax got {got}: expected a function of arrays, as for `jax.grad`. Pass the function "
        "itself, without calling it.",
        "from_jax recibió {got}: se esperaba una función de arrays, como para `jax.grad`. Pase la "
        "función misma, sin llamarla.",
    ),
    "import.jax_example": (
        "from_jax needs an example of the arguments: expected `from_jax(f, params, x)`. Add it.",
        "from_jax necesita un ejemplo de los argumentos: se esperaba `from_jax(f, params, x)`. "
        "Añádalo.",
    ),
    "import.jax_argnums": (
        "`argnums` got {got}: expected positions of the {count} arguments, counted from 0.",
        "`argnums` recibió {got}: se esperaban posiciones de los {count} argumentos, contadas "
        "desde 0.",
    ),
    "import.jax_trace": (
        "JAX cannot trace the function on this example: {why}",
        "JAX no puede recorrer la función con este ejemplo: {why}",
    ),
    "import.keras_kind": (
        "from_keras got {got}: expected a keras.Model. Build one, or export it as ONNX and call "
        "from_onnx.",
        "from_keras recibió {got}: se esperaba un keras.Model. Construya uno, o expórtelo como "
        "ONNX y llame a from_onnx.",
    ),
    "import.keras_backend": (
        "Keras runs on {got} here, and from_keras reads models on JAX. Set KERAS_BACKEND=jax in "
        "the environment before Keras is imported, or export the model as ONNX.",
        "Keras usa aquí {got}, y from_keras lee modelos sobre JAX. Ponga KERAS_BACKEND=jax en el "
        "entorno antes de importar Keras, o exporte el modelo como ONNX.",
    ),
    "import.keras_example": (
        "from_keras needs an example of what the model is called with: expected "
        "`from_keras(model, x)`. Add it.",
        "from_keras necesita un ejemplo de con qué se llama al modelo: se esperaba "
        "`from_keras(model, x)`. Añádalo.",
    ),
    "import.torch_path": (
        "from_torch got a path, {got}: expected a live torch.nn.Module, because reading a pickle "
        "runs what it says. Build the module and load weights from safetensors, or export ONNX or "
        ".pt2 and call from_onnx or from_pt2.",
        "from_torch recibió una ruta, {got}: se esperaba un torch.nn.Module vivo, porque leer un "
        "pickle ejecuta lo que dice. Construya el módulo y cargue los pesos de safetensors, o "
        "exporte ONNX o .pt2 y llame a from_onnx o from_pt2.",
    ),
    "import.torch_kind": (
        "from_torch got {got}: expected a torch.nn.Module. For functions, wrap them in one.",
        "from_torch recibió {got}: se esperaba un torch.nn.Module. Envuelva en uno las funciones.",
    ),
    "import.torch_example": (
        "from_torch needs an example of tensors to call the module with, got {got}: expected "
        "`from_torch(module, torch.randn(4, 2))`. Add it.",
        "from_torch necesita un ejemplo de tensores con que llamar al módulo, recibió {got}: se "
        "esperaba `from_torch(module, torch.randn(4, 2))`. Añádalo.",
    ),
    "import.torch_export": (
        "torch.export cannot record this module on this example, though the module runs: {why} "
        "Change its forward there, or import its parts.",
        "torch.export no puede registrar este módulo con este ejemplo, aunque el módulo funciona: "
        "{why} Cambie ahí su forward o importe sus partes.",
    ),
    "import.torch_run": (
        "the module cannot be called with this example: {why} Correct the example or the module.",
        "no se puede llamar al módulo con este ejemplo: {why} Corrija el ejemplo o el módulo.",
    ),
    "import.torch_branch": (
        "the forward decides by the value of a tensor{where}, as `if` and `.item()` do, and a "
        "graph does the same for all values. Use `torch.where`, or import its parts.",
        "el forward decide según el valor de un tensor{where}, como hacen `if` e `.item()`, y un "
        "grafo hace lo mismo con todos los valores. Use `torch.where` o importe sus partes.",
    ),
    "import.missing_library": (
        "{what} needs {library}, which is not installed here. Install it with `pip install "
        "{library}` beside graphgrad.",
        "{what} necesita {library}, que no está instalado aquí. Instálelo con `pip install "
        "{library}` junto a graphgrad.",
    ),
    # ---- files ----
    "import.pickle": (
        "{path} holds a pickle ({inside}), and reading one runs what it says: refused, nothing was "
        "executed. Save weights with safetensors, or the model as ONNX.",
        "{path} contiene un pickle ({inside}), y leerlo ejecuta lo que dice: rechazado, no se ha "
        "ejecutado nada. Guarde los pesos con safetensors o el modelo como ONNX.",
    ),
    "import.broken": (
        "{path} is no valid {kind} file: {why} Export it again.",
        "{path} no es un fichero {kind} válido: {why} Expórtelo de nuevo.",
    ),
    "import.why.zip": (
        "it is no zip archive that can be read.",
        "no es un archivo zip que se pueda leer.",
    ),
    "import.why.member": (
        "the entry {name} is missing.",
        "falta la entrada {name}.",
    ),
    "import.why.member_name": (
        "got an entry named {name!r}, which leads out of the archive or occurs twice.",
        "hay una entrada llamada {name!r}, que sale del archivo o aparece dos veces.",
    ),
    "import.why.size": (
        "{name} has {got} bytes where {expected} are expected.",
        "{name} tiene {got} bytes donde se esperaban {expected}.",
    ),
    "import.why.field": (
        "the field {name} is missing or of another kind.",
        "el campo {name} falta o es de otro tipo.",
    ),
    "import.why.json": (
        "{name} is no JSON that can be read.",
        "{name} no es un JSON que se pueda leer.",
    ),
    "import.why.cut": (
        "it ends, or points outside itself, at byte {at}.",
        "termina, o apunta fuera de sí, en el byte {at}.",
    ),
    "import.why.dtype": (
        "{name} holds numbers of the kind {got}: expected floats, whole numbers or booleans.",
        "{name} contiene números del tipo {got}: se esperaban decimales, enteros o booleanos.",
    ),
    "import.why.outside": (
        "the weight {name} stands in another file: expected weights inside. Export without "
        "external data.",
        "el peso {name} está en otro fichero: se esperaban los pesos dentro. Exporte sin datos "
        "externos.",
    ),
    "import.why.no_input": (
        "it has no input, or no result.",
        "no tiene entrada o no tiene resultado.",
    ),
    "import.why.odd": (
        "an operation in it has inputs or settings that it cannot have ({what}).",
        "una operación tiene entradas o ajustes que no puede tener ({what}).",
    ),
    "import.why.kept": (
        "{name} is a constant of the kind {kind}, which is no tensor of numbers.",
        "{name} es una constante del tipo {kind}, que no es un tensor de números.",
    ),
    "import.too_large": (
        "{path} unpacks to {got} bytes: expected at most {limit}. Import a smaller model.",
        "{path} se descomprime en {got} bytes: se esperaban como mucho {limit}. Importe un modelo "
        "menor.",
    ),
    "import.drawn": (
        "{path} has no values for {names}: example values were drawn, always the same. Give yours "
        "with --set.",
        "{path} no trae valores para {names}: se han sacado valores de ejemplo, siempre los "
        "mismos. Dé los suyos con --set.",
    ),
    "import.weights_only": (
        "{path} holds weights and no model ({count} arrays): expected a graph. Read them with "
        "`graphgrad.load_safetensors`, or export the model as ONNX.",
        "{path} contiene pesos y ningún modelo ({count} arrays): se esperaba un grafo. Léalos con "
        "`graphgrad.load_safetensors` o exporte el modelo como ONNX.",
    ),
}
"""Message id to English and Spanish."""
