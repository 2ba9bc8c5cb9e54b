"""Word what op rows and symbolic expressions can be refused for."""

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- rows checked on registration ----
    "row.partial_wrong": (
        "the op {row} states a wrong derivative by {argument}: at {point} it gives {got}, but the "
        "formula's derivative is {expected}. Correct it, or leave it out.",
        "la operación {row} declara una derivada errónea respecto a {argument}: en {point} da "
        "{got}, pero la de la fórmula es {expected}. Corríjala u omítala.",
    ),
    "row.partial_count": (
        "the op {row} states {got} partials: expected {expected}, one per argument. Add or remove "
        "some.",
        "la operación {row} declara {got} derivadas: se esperaban {expected}, una por argumento. "
        "Añada o quite.",
    ),
    "row.evaluate_wrong": (
        "the op {row} evaluates to {got} at {point}: expected {expected} from its formula. "
        "Correct evaluate.",
        "la operación {row} se evalúa a {got} en {point}: se esperaba {expected} según su "
        "fórmula. Corrija evaluate.",
    ),
    "row.evaluate_fails": (
        "the op {row} cannot be evaluated at {point} ({reason}). Correct its evaluation.",
        "la operación {row} no se puede evaluar en {point} ({reason}). Corrija su evaluación.",
    ),
    "row.formula_fails": (
        "the formula of {row} is no real number at {point}. Declare its domain, or correct it.",
        "la fórmula de {row} no es un número real en {point}. Declare su dominio o corríjala.",
    ),
    "row.unknown_function": (
        "the formula of {row} uses m.{got}, which does not exist. Use functions such as m.exp, "
        "m.tanh or m.where.",
        "la fórmula de {row} usa m.{got}, que no existe. Use funciones como m.exp, m.tanh o "
        "m.where.",
    ),
    "row.not_symbolic": (
        "the formula of {row} does not run on symbols ({reason}). Write m.where instead of if.",
        "la fórmula de {row} no funciona con símbolos ({reason}). Escriba m.where en lugar de if.",
    ),
    "row.no_points": (
        "no point to test {row} at. Give a sample interval inside its domain, or examples.",
        "no hay ningún punto donde probar {row}. Dé un intervalo sample dentro de su dominio, o "
        "ejemplos.",
    ),
    "row.no_derivative": (
        "sympy's derivative of {row} by {argument} contains {got}, which no op computes. State "
        "the derivative yourself.",
        "la derivada que sympy da de {row} respecto a {argument} contiene {got}, que ninguna "
        "operación calcula. Declare la derivada.",
    ),
    "row.pullback_wrong": (
        "the pullback or pushforward of {row} by {argument} is wrong for the shapes {shapes}: got "
        "{got}, expected {expected}. Correct it.",
        "el pullback o pushforward de {row} respecto a {argument} es erróneo para las formas "
        "{shapes}: da {got}, se esperaba {expected}. Corríjalo.",
    ),
    "row.shape_wrong": (
        "the shape rule of {row} says {got} for {shapes}, the evaluation gives {expected}. "
        "Correct one of them.",
        "la regla de forma de {row} dice {got} para {shapes}; la evaluación da {expected}. "
        "Corrija una de las dos.",
    ),
    # ---- written-out expressions ----
    "symbolic.too_large": (
        "written out, {name} has {size} symbols and operations: the limit is {limit}. Use the "
        "named intermediates, or raise the limit.",
        "desarrollado, {name} tiene {size} símbolos y operaciones: el límite es {limit}. Use los "
        "intermedios con nombre o suba el límite.",
    ),
    "symbolic.needs_scalars": (
        "{name} is an array or comes from one: only scalar graphs are written out. Use the named "
        "intermediates.",
        "{name} es un array o procede de uno: solo se desarrollan grafos escalares. Use los "
        "intermedios con nombre.",
    ),
    "symbolic.no_text": (
        "the expression contains {got}, which a formula cannot say. Rewrite it with the known "
        "functions.",
        "la expresión contiene {got}, que una fórmula no puede expresar. Reescríbala con las "
        "funciones conocidas.",
    ),
    "symbolic.not_real": (
        "{name} or a derivative of it is no finite real number at this point. Move the point.",
        "{name} o una derivada suya no es un número real finito en este punto. Cambie el punto.",
    ),
}
