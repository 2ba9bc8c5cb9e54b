"""Word the mistakes that are recognized in wrong answers; each continues "it looks as if"."""

MESSAGES: dict[str, tuple[str, str]] = {
    "classroom.mistake.sign": (
        "a sign is wrong",
        "hay un signo cambiado",
    ),
    "classroom.mistake.lost_term": (
        "a summand is missing",
        "falta un sumando",
    ),
    "classroom.mistake.lost_factor": (
        "a factor is missing",
        "falta un factor",
    ),
    "classroom.mistake.sum_for_product": (
        "a sum was taken instead of a product",
        "se sumó en vez de multiplicar",
    ),
    "classroom.mistake.lost_square": (
        "a square is missing",
        "falta un cuadrado",
    ),
    "classroom.mistake.double_for_square": (
        "a number was doubled instead of squared",
        "se duplicó en vez de elevar al cuadrado",
    ),
    "classroom.mistake.inverted": (
        "a fraction is upside down",
        "una fracción está invertida",
    ),
    "classroom.mistake.no_activation": (
        "the activation function was left out",
        "no se aplicó la función de activación",
    ),
    "classroom.mistake.other_activation": (
        "another activation function was used",
        "se usó otra función de activación",
    ),
    "classroom.mistake.wrong_branch": (
        "the branch that is not taken here was used",
        "se usó la rama que aquí no se toma",
    ),
    "classroom.mistake.log10": (
        "the decimal logarithm was used instead of the natural one",
        "se usó el logaritmo decimal en vez del natural",
    ),
    "classroom.mistake.factor_two": (
        "the result is twice what it should be",
        "el resultado es el doble de lo debido",
    ),
    "classroom.mistake.half": (
        "the result is half of what it should be",
        "el resultado es la mitad de lo debido",
    ),
    "classroom.mistake.mean_for_sum": (
        "a mean was taken instead of a sum",
        "se tomó la media en vez de la suma",
    ),
    "classroom.mistake.sum_for_mean": (
        "a sum was taken instead of a mean",
        "se tomó la suma en vez de la media",
    ),
    "classroom.mistake.lost_path": (
        "one of several paths was left out of the sum",
        "se olvidó en la suma uno de los caminos",
    ),
    "classroom.mistake.no_upstream": (
        "the derivative that comes from the output side was left out",
        "se olvidó la derivada que llega desde la salida",
    ),
    "classroom.mistake.no_activation_derivative": (
        "the derivative of the activation function was left out",
        "se olvidó la derivada de la función de activación",
    ),
    "classroom.mistake.function_as_derivative": (
        "the function itself was taken instead of its derivative",
        "se tomó la función misma en vez de su derivada",
    ),
    "classroom.mistake.derivative_at_z": (
        "the formula in the output was used with the input: z(1-z) instead of a(1-a)",
        "se usó con la entrada la fórmula de la salida: z(1-z) en vez de a(1-a)",
    ),
    "classroom.mistake.derivative_at_output": (
        "the derivative was taken at the output instead of at the input",
        "se tomó la derivada en la salida en vez de en la entrada",
    ),
    "classroom.mistake.own_factor": (
        "the derivative of a product was taken as the factor itself instead of the other one",
        "se tomó como derivada del producto el propio factor en vez del otro",
    ),
    "classroom.mistake.degrees": (
        "the angle was taken in degrees instead of radians",
        "se tomó el ángulo en grados en vez de en radianes",
    ),
    "classroom.mistake.activation_derivative_twice": (
        "the derivative of the activation function stands there once too often",
        "la derivada de la función de activación aparece una vez de más",
    ),
    "classroom.mistake.inner_forgotten": (
        "the derivative of the inner function was forgotten",
        "se olvidó la derivada de la función interior",
    ),
    "classroom.mistake.derivative_inside": (
        "the outer derivative was taken at the derivative of the inner function",
        "la derivada exterior se evaluó en la derivada de la función interior",
    ),
    "classroom.mistake.product_of_derivatives": (
        "a product was differentiated factor by factor: (f·g)' is not f'·g'",
        "se derivó el producto factor a factor: (f·g)' no es f'·g'",
    ),
    "classroom.mistake.function_for_derivative": (
        "the function itself stands in place of its derivative",
        "en lugar de la derivada está la propia función",
    ),
    "classroom.mistake.extra_factor": (
        "there is a factor too many",
        "sobra un factor",
    ),
    "classroom.mistake.power_not_lowered": (
        "the exponent was not lowered",
        "no se rebajó el exponente",
    ),
    "classroom.mistake.exponent_lost": (
        "the exponent did not come down as a factor",
        "el exponente no bajó como factor",
    ),
    "classroom.mistake.transposed": (
        "the matrix is transposed",
        "la matriz está traspuesta",
    ),
    "classroom.mistake.update": (
        "the updated parameter was given instead of the gradient",
        "se dio el parámetro actualizado en vez del gradiente",
    ),
    "classroom.mistake.wrong_axis": (
        "the sum or mean runs along the other axis",
        "la suma o la media se hizo por el otro eje",
    ),
    "classroom.mistake.diagonal_only": (
        "only the diagonal of the Jacobian was used",
        "solo se usó la diagonal del jacobiano",
    ),
    "classroom.mistake.equal_rows": (
        "every row of the Jacobian is the same, though each output depends on its own input only",
        "todas las filas del jacobiano son iguales, aunque cada salida depende solo de su entrada",
    ),
    "classroom.mistake.identity": (
        "the identity was taken for the Jacobian",
        "se tomó la identidad como jacobiano",
    ),
    "classroom.mistake.entrywise_product": (
        "a matrix product was taken entry by entry",
        "se multiplicaron elemento a elemento matrices que forman un producto matricial",
    ),
    "classroom.mistake.matrix_for_entrywise": (
        "a matrix product was taken where entries are multiplied",
        "se tomó un producto matricial donde se multiplica elemento a elemento",
    ),
    "classroom.mistake.not_normalized": (
        "softmax was not divided by its sum",
        "no se dividió la softmax por su suma",
    ),
    "classroom.mistake.mean_for_max": (
        "the mean was taken instead of the largest or smallest entry",
        "se tomó la media en lugar del elemento mayor o menor",
    ),
    "classroom.mistake.one_less": (
        "a variance was divided by n - 1 instead of n",
        "se dividió una varianza por n - 1 en lugar de n",
    ),
    "classroom.mistake.order_swapped": (
        "two parts were joined in the other order",
        "se unieron dos partes en el orden contrario",
    ),
    "classroom.mistake.norm_squared": (
        "the root of a norm is missing",
        "falta la raíz de una norma",
    ),
    "classroom.mistake.kernel_flipped": (
        "the kernel was turned round, or not turned round where it must be",
        "se dio la vuelta al núcleo, o no se le dio donde hace falta",
    ),
    "classroom.mistake.earlier_value": (
        "an earlier value of a quantity was used, of a step or layer before",
        "se usó un valor anterior de una cantidad, de un paso o una capa antes",
    ),
    "classroom.mistake.no_bias_correction": (
        "the bias correction of Adam is missing",
        "falta la corrección de sesgo de Adam",
    ),
    "classroom.mistake.not_summed": (
        "the gradient of a bias was not summed over the batch",
        "no se sumó sobre el lote el gradiente de un sesgo",
    ),
    "classroom.mistake.other_delta": (
        "the error of another line or layer was used",
        "se usó el error de otra línea o capa",
    ),
    "classroom.mistake.other_input": (
        "the input of another layer was used",
        "se usó la entrada de otra capa",
    ),
    "classroom.mistake.one_use": (
        "only one use of a shared weight was counted",
        "se contó un solo uso de un peso compartido",
    ),
    "classroom.mistake.statistic_as_constant": (
        "a mean or variance was treated as a constant",
        "se trató una media o una varianza como constante",
    ),
    "classroom.mistake.inner_for_outer": (
        "the inner product xᵀδ was taken, not the outer product δxᵀ",
        "se tomó el producto interno xᵀδ, no el externo δxᵀ",
    ),
    "classroom.mistake.wrong_order": (
        "the Jacobians were multiplied in the wrong order",
        "los jacobianos se multiplicaron en el orden equivocado",
    ),
    "classroom.mistake.spread": (
        "the gradient of a maximum was spread over all entries",
        "se repartió entre todos los elementos el gradiente de un máximo",
    ),
    "classroom.mistake.bias_not_counted": (
        "the biases were not counted",
        "no se contaron los sesgos",
    ),
    "classroom.mistake.bias_counted_twice": (
        "the biases were counted twice",
        "se contaron dos veces los sesgos",
    ),
    "classroom.mistake.size_off_by_one": (
        "a size is off by one: the formula ends with + 1",
        "un tamaño falla en uno: la fórmula acaba en + 1",
    ),
    "classroom.mistake.stride_forgotten": (
        "the stride was forgotten",
        "se olvidó el paso (stride)",
    ),
    "classroom.mistake.padding_forgotten": (
        "the padding was forgotten",
        "se olvidó el relleno (padding)",
    ),
    "classroom.mistake.ascent": (
        "the step goes up the gradient, not down",
        "el paso sube por el gradiente en lugar de bajar",
    ),
    "classroom.mistake.rate_forgotten": (
        "the learning rate was forgotten",
        "se olvidó la tasa de aprendizaje",
    ),
    "classroom.mistake.step_for_weight": (
        "the step was given, not the new value",
        "se dio el paso y no el valor nuevo",
    ),
    "classroom.mistake.one_row": (
        "the value of one row was taken for that of all rows",
        "se tomó el valor de una fila por el de todas",
    ),
    "classroom.mistake.lost_root": ("a square root is missing", "falta una raíz cuadrada"),
    "classroom.mistake.old_state": (
        "a value kept before this update was used, not the new one",
        "se usó un valor guardado antes de esta actualización y no el nuevo",
    ),
    "classroom.mistake.wrong_step_number": (
        "the bias correction of another step was used",
        "se usó la corrección de sesgo de otro paso",
    ),
    "classroom.mistake.other_beta": (
        "the decay rate of the other moment was used (beta1 and beta2)",
        "se usó el factor del otro momento (beta1 y beta2)",
    ),
    "classroom.mistake.weights_exchanged": (
        "the weights of the old value and of the new one were exchanged",
        "se intercambiaron los pesos del valor anterior y del nuevo",
    ),
    "classroom.mistake.other_form": (
        "another form of momentum was used than the one given",
        "se usó otra forma del momento que la dada",
    ),
    "classroom.mistake.plain_step": (
        "a plain step of gradient descent was made",
        "se hizo un paso simple de descenso de gradiente",
    ),
    "classroom.mistake.decay_forgotten": (
        "the weight decay was left out",
        "se olvidó la reducción de pesos",
    ),
    "classroom.mistake.decay_coupled": (
        "the weight decay was put into the gradient; here it goes past the moments",
        "la reducción de pesos se puso en el gradiente; aquí no pasa por los momentos",
    ),
    "classroom.mistake.decay_decoupled": (
        "the weight decay was taken off the weight; here it is part of the gradient",
        "la reducción de pesos se restó del peso; aquí es parte del gradiente",
    ),
    "classroom.mistake.schedule_forgotten": (
        "the first rate was used, without the schedule",
        "se usó la primera tasa, sin el plan de la tasa",
    ),
    "classroom.mistake.other_rate": (
        "the rate of another step was used",
        "se usó la tasa de otro paso",
    ),
    "classroom.mistake.not_ahead": (
        "the gradient was taken at the parameter itself, not at the point ahead",
        "se tomó el gradiente en el parámetro mismo y no en el punto adelantado",
    ),
    "classroom.mistake.old_weights": (
        "the parameters of an earlier step were used",
        "se usaron los parámetros de un paso anterior",
    ),
    "classroom.mistake.updated_weight": (
        "an already updated weight was used in the backward pass",
        "se usó un peso ya actualizado en la pasada hacia atrás",
    ),
    "classroom.mistake.swapped": (
        "the factors of a matrix product are swapped or transposed",
        "los factores de un producto de matrices están cambiados o traspuestos",
    ),
}
