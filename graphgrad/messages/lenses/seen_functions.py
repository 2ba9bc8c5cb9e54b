"""Word what is seen through the lenses on functions, on means and on draws."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- critical points ----
    "lens.critical.minimum": ("minimum", "mínimo"),
    "lens.critical.maximum": ("maximum", "máximo"),
    "lens.critical.saddle": ("saddle point", "punto de ensilladura"),
    "lens.critical.degenerate": (
        "undecided (a curvature is 0)",
        "sin decidir (una curvatura es 0)",
    ),
    "lens.critical.convex": ("convex", "convexa"),
    "lens.critical.concave": ("concave", "cóncava"),
    "lens.critical.straight": ("straight", "recta"),
    "lens.critical.curvature": (
        "Sign of the second derivative:",
        "Signo de la segunda derivada:",
    ),
    "lens.critical.found": ("{count} × {kind}.", "{count} × {kind}."),
    "lens.critical.none": (
        "No critical point was found in this region; low= and high= choose another.",
        "No se halló ningún punto crítico en esta región; bajo= y alto= eligen otra.",
    ),
    "lens.critical.cut": (
        "The search was ended early, for the function is large: there may be more points. over= "
        "chooses fewer numbers.",
        "La búsqueda se terminó antes, pues la función es grande: puede haber más puntos. sobre= "
        "elige menos números.",
    ),
    "lens.critical.unbounded": (
        "{name} has the same gradient everywhere, and it is not 0: there is no critical point, and "
        "{name} is unbounded below.",
        "{name} tiene el mismo gradiente en todas partes, y no es 0: no hay punto crítico, y "
        "{name} no está acotada por debajo.",
    ),
    "lens.critical.here": (
        "The gradient is 0 at the values of the file.",
        "El gradiente es 0 en los valores del archivo.",
    ),
    "lens.critical.part": ("From {a} to {b}: {kind}.", "De {a} a {b}: {kind}."),
    # ---- descent ----
    "lens.descent.heading": ("Descent from {at}:", "Descenso desde {at}:"),
    "lens.descent.way": ("Step by step, {names}:", "Paso a paso, {names}:"),
    "lens.descent.settles": ("settles", "se asienta"),
    "lens.descent.approaches": ("approaches", "se acerca"),
    "lens.descent.zigzags": ("zig-zags inwards", "zigzaguea hacia dentro"),
    "lens.descent.oscillates": ("oscillates", "oscila"),
    "lens.descent.diverges": ("diverges", "diverge"),
    "lens.descent.stands": ("stands still", "no se mueve"),
    "lens.descent.threshold": (
        "The curvature is {curvature} at most, everywhere: descent settles for η < {limit}, goes "
        "back and forth at η = {limit}, and runs away above; for η ≤ {half} it does not overshoot.",
        "La curvatura es a lo sumo {curvature} en todas partes: el descenso se asienta si η < "
        "{limit}, va y viene con η = {limit} y se escapa por encima; si η ≤ {half} no se pasa.",
    ),
    "lens.descent.threshold_near": (
        "Near the best point found the curvature is {curvature} at most: there η < {limit} "
        "settles. Elsewhere the curvature differs, and so does the threshold.",
        "Cerca del mejor punto hallado la curvatura es a lo sumo {curvature}: allí se asienta con "
        "η < {limit}. En otros puntos la curvatura, y con ella el umbral, es otra.",
    ),
    "lens.descent.told_settles": (
        "η = {rate}: settles after {count} steps, from {first} to {last}.",
        "η = {rate}: se asienta tras {count} pasos, de {first} a {last}.",
    ),
    "lens.descent.told_approaches": (
        "η = {rate}: still on its way after {count} steps, from {first} to {last}.",
        "η = {rate}: sigue en camino tras {count} pasos, de {first} a {last}.",
    ),
    "lens.descent.told_zigzags": (
        "η = {rate}: overshoots at every step, each time less; from {first} to {last} in {count} "
        "steps.",
        "η = {rate}: se pasa en cada paso, cada vez menos; de {first} a {last} en {count} pasos.",
    ),
    "lens.descent.told_oscillates": (
        "η = {rate}: goes back and forth without coming nearer ({first}, then {last} after {count} "
        "steps).",
        "η = {rate}: va y viene sin acercarse ({first}, y {last} tras {count} pasos).",
    ),
    "lens.descent.told_diverges": (
        "η = {rate}: runs away, from {first} to {last} in {count} steps.",
        "η = {rate}: se escapa, de {first} a {last} en {count} pasos.",
    ),
    "lens.descent.told_stands": (
        "η = {rate}: does not move, for the gradient is 0 ({first}, then {last} after {count} "
        "steps).",
        "η = {rate}: no se mueve, pues el gradiente es 0 ({first}, y {last} tras {count} pasos).",
    ),
    "lens.descent.plot": ("Descent on {name}", "Descenso sobre {name}"),
    "lens.descent.rate": ("η = {rate}", "η = {rate}"),
    # ---- directions ----
    "lens.decrease.rule": (
        "A step of rate η is predicted to lower the value by η·‖gradient‖² = η·{square}.",
        "Se predice que un paso con tasa η baja el valor en η·‖gradiente‖² = η·{square}.",
    ),
    "lens.decrease.worse": (
        "The value does not go down for η = {rates}: the prediction holds for small steps only.",
        "El valor no baja con η = {rates}: la predicción vale solo para pasos pequeños.",
    ),
    "lens.decrease.actual": ("{name} along the step", "{name} a lo largo del paso"),
    "lens.decrease.predicted": ("predicted", "predicho"),
    "lens.decrease.plot": (
        "{name} after a step, and its prediction",
        "{name} tras un paso, y su predicción",
    ),
    "lens.along.same": (
        "The derivative of {name} along this direction is {pushed}: one pass in forward mode, and "
        "the product with the gradient, {terms} = {product}.",
        "La derivada de {name} en esta dirección es {pushed}: una pasada en modo directo, y el "
        "producto con el gradiente, {terms} = {product}.",
    ),
    "lens.along.differs": (
        "Forward mode finds {pushed} as the derivative of {name} along this direction, but the "
        "product with the gradient is {terms} = {product}.",
        "El modo directo da {pushed} como derivada de {name} en esta dirección, pero el producto "
        "con el gradiente es {terms} = {product}.",
    ),
    "lens.steepest.found": (
        "Of {count} directions the steepest goes at {angle}°, {apart}° from −gradient; the slope "
        "there is {slope}, and −‖gradient‖ is −{norm} (difference to the product {difference}).",
        "De {count} direcciones la de mayor descenso va a {angle}°, a {apart}° de −gradiente; allí "
        "la pendiente es {slope}, y −‖gradiente‖ es −{norm} (diferencia con el producto "
        "{difference}).",
    ),
    "lens.steepest.apart": (
        "Of {count} directions the steepest goes at {angle}° with slope {slope}, {apart}° from "
        "−gradient, of norm {norm}: the two do not agree (difference {difference}).",
        "De {count} direcciones la de mayor descenso va a {angle}° con pendiente {slope}, a "
        "{apart}° de −gradiente, de norma {norm}: no coinciden (diferencia {difference}).",
    ),
    "lens.steepest.flat": (
        "The gradient is 0 here: all {count} directions are equally flat (norm {norm}, slope "
        "{slope}, {angle}°, {apart}°, {difference}).",
        "El gradiente es 0 aquí: las {count} direcciones son igual de planas (norma {norm}, "
        "pendiente {slope}, {angle}°, {apart}°, {difference}).",
    ),
    "lens.steepest.plot": ("Slope of {name} by direction", "Pendiente de {name} por dirección"),
    # ---- bounds ----
    "lens.bounds.heading": (
        "The derivative of {name} over all numbers:",
        "La derivada de {name} sobre todos los números:",
    ),
    "lens.bounds.smallest": ("smallest", "mínima"),
    "lens.bounds.largest": ("largest", "máxima"),
    "lens.bounds.exact": (
        "{low} ≤ {name}′(z) ≤ {high}, found in symbols; a fine grid of numbers agrees.",
        "{low} ≤ {name}′(z) ≤ {high}, hallado con símbolos; una malla fina de números coincide.",
    ),
    "lens.bounds.numeric": (
        "{low} ≤ {name}′(z) ≤ {high} on a fine grid of numbers; symbols did not decide.",
        "{low} ≤ {name}′(z) ≤ {high} en una malla fina de números; los símbolos no decidieron.",
    ),
    "lens.bounds.holds": (
        "{name}′(z) {claim} holds for every z: the extreme value is {value}.",
        "{name}′(z) {claim} vale para todo z: el valor extremo es {value}.",
    ),
    "lens.bounds.fails": (
        "{name}′(z) {claim} is false: at z = {z} the derivative is {slope} (extreme: {value}).",
        "{name}′(z) {claim} es falso: en z = {z} la derivada es {slope} (valor extremo {value}).",
    ),
    "lens.activation.plot": ("{name} and its derivative", "{name} y su derivada"),
    "lens.activation.range": (
        "On [{low}, {high}] {name} goes from {least} to {most}.",
        "En [{low}, {high}] {name} va de {least} a {most}.",
    ),
    # ---- mini-batches ----
    "lens.batches.heading": (
        "Gradients in {names}; over all rows {full}:",
        "Gradientes en {names}; sobre todas las filas {full}:",
    ),
    "lens.batches.same": (
        "The mean over all {batches} mini-batches of {size} is the full gradient (difference "
        "{difference}).",
        "La media de los {batches} minilotes de {size} es el gradiente completo (diferencia "
        "{difference}).",
    ),
    "lens.batches.differs": (
        "The mean over all {batches} mini-batches of {size} differs from the full gradient by "
        "{difference}.",
        "La media de los {batches} minilotes de {size} difiere del gradiente completo en "
        "{difference}.",
    ),
    "lens.batches.noise": (
        "A mini-batch of {size} is off by {noise} (root mean square).",
        "Un minilote de {size} se desvía {noise} (media cuadrática).",
    ),
    "lens.batches.plot": (
        "Distance of each batch from the full gradient",
        "Distancia de cada lote al gradiente completo",
    ),
    # ---- masks ----
    "lens.masks.heading": (
        "All masks of {names}; each entry is kept with probability {keep}:",
        "Todas las máscaras de {names}; cada entrada se conserva con probabilidad {keep}:",
    ),
    "lens.masks.same": (
        "The mean of {name} over all {count} masks is {mean}: the same as one run with every mask "
        "entry at its mean {factor}.",
        "La media de {name} sobre las {count} máscaras es {mean}: lo mismo que una pasada con "
        "cada entrada en su media {factor}.",
    ),
    "lens.masks.differs": (
        "The mean of {name} over all {count} masks is {mean}, one run with every mask entry at its "
        "mean {factor} gives {once}: what follows the mask is not linear.",
        "La media de {name} sobre las {count} máscaras es {mean}, una pasada con cada entrada en "
        "su media {factor} da {once}: lo que sigue a la máscara no es lineal.",
    ),
    "lens.masks.plot": ("{name} by mask", "{name} por máscara"),
    # ---- expectations ----
    "lens.expectation.exact": (
        "E[{output}] over {name} is {mean}: the weighted sum of all its values.",
        "E[{output}] sobre {name} es {mean}: la suma ponderada de todos sus valores.",
    ),
    "lens.expectation.gradient": ("Expectation of the gradient:", "Esperanza del gradiente:"),
    "lens.expectation.heading": (
        "Means over samples of {name}, uniform on [{low}, {high}]:",
        "Medias sobre muestras de {name}, uniforme en [{low}, {high}]:",
    ),
    "lens.expectation.sampled": (
        "The mean of {output} over {count} samples is {mean}; its expectation is {exact}.",
        "La media de {output} sobre {count} muestras es {mean}; su esperanza es {exact}.",
    ),
    "lens.expectation.mean": ("mean of {output}", "media de {output}"),
    "lens.expectation.limit": ("expectation", "esperanza"),
    "lens.expectation.plot": (
        "Mean of {output} over M samples",
        "Media de {output} sobre M muestras",
    ),
    # ---- series ----
    "lens.series.heading": (
        "Sums over k = 1, 2, … of {term}:",
        "Sumas sobre k = 1, 2, … de {term}:",
    ),
    "lens.series.finite": ("finite", "finita"),
    "lens.series.infinite": ("infinite", "infinita"),
    "lens.series.unknown": ("undecided", "sin decidir"),
    "lens.series.holds": (
        "{term} satisfies both Robbins-Monro conditions: Σ η is {first} and Σ η² is {second}.",
        "{term} cumple ambas condiciones de Robbins-Monro: Σ η es {first} y Σ η² es {second}.",
    ),
    "lens.series.fails": (
        "{term} does not satisfy the Robbins-Monro conditions (Σ η infinite, Σ η² finite): Σ η is "
        "{first} and Σ η² is {second}.",
        "{term} no cumple las condiciones de Robbins-Monro (Σ η infinita, Σ η² finita): Σ η es "
        "{first} y Σ η² es {second}.",
    ),
    "lens.series.undecided": (
        "Undecided for {term}: Σ η is {first}, Σ η² is {second}.",
        "Sin decidir para {term}: Σ η es {first}, Σ η² es {second}.",
    ),
    "lens.series.plot": ("Partial sums", "Sumas parciales"),
    # ---- a neuron ----
    "lens.neuron.heading": (
        "Variance of a linear neuron with {count} inputs:",
        "Varianza de una neurona lineal con {count} entradas:",
    ),
    "lens.neuron.measured": ("measured", "medida"),
    "lens.neuron.with_square": ("d·Var(w)·E[x²]", "d·Var(w)·E[x²]"),
    "lens.neuron.with_variance": ("d·Var(w)·Var(x)", "d·Var(w)·Var(x)"),
    "lens.neuron.told_square": (
        "Over {count} draws the variance is {measured}: that of the formula with E[x²], {square}; "
        "with the variance of x it would be {variance}.",
        "Sobre {count} sorteos la varianza es {measured}: la de la fórmula con E[x²], {square}; "
        "con la varianza de x sería {variance}.",
    ),
    "lens.neuron.told_neither": (
        "Over {count} draws the variance is {measured}; the formulas say {square} and {variance}.",
        "Sobre {count} sorteos la varianza es {measured}; las fórmulas: {square} y {variance}.",
    ),
    "lens.neuron.plot": ("Distribution of the output", "Distribución de la salida"),
    "lens.neuron.range": (
        "inputs={inputs} and samples={samples} are {got} numbers: there must be 1 to {most_inputs} "
        "inputs and 1 to {most} numbers, with variance at least 0 and low no larger than high.",
        "inputs={inputs} y muestras={samples} son {got} números: debe haber de 1 a {most_inputs} "
        "entradas y de 1 a {most} números, con varianza no negativa y bajo no mayor que alto.",
    ),
}
