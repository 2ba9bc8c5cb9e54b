"""Figures that people ask for, in both languages."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, tuple[str, str]] = {
    "recipe.title": ("I need this figure", "Necesito esta figura"),
    "recipe.about": (
        "Each with its file and its command; the ending of the output file chooses the format.",
        "Cada una con su archivo y su orden; la extensión del archivo de salida elige el formato.",
    ),
    "recipe.samples": ("Every sample", "Todos los ejemplos"),
    "recipe.both_passes": (
        "a graph with values, gradients and local derivatives",
        "un grafo con valores, gradientes y derivadas locales",
    ),
    "recipe.circuit": (
        "a circuit with the value above each wire and the gradient below it",
        "un circuito con el valor encima de cada cable y el gradiente debajo",
    ),
    "recipe.operators": ("operations in circles", "las operaciones en círculos"),
    "recipe.one_step": (
        "one step in the middle of the backward pass",
        "un paso en medio de la pasada hacia atrás",
    ),
    "recipe.worksheet": (
        "a worksheet with the gradients left blank",
        "una hoja de ejercicios con los gradientes en blanco",
    ),
    "recipe.one_path": (
        "one path of the chain rule, the rest in grey",
        "un camino de la regla de la cadena, el resto en gris",
    ),
    "recipe.one_derivative": (
        "only what concerns one derivative",
        "solo lo que atañe a una derivada",
    ),
    "recipe.shared_weight": (
        "a shared weight, whose gradient is a sum",
        "un peso compartido, cuyo gradiente es una suma",
    ),
    "recipe.skip": ("a connection that skips a layer", "una conexión que salta una capa"),
    "recipe.slide": (
        "a whole network legible on a slide",
        "una red entera legible en una diapositiva",
    ),
    "recipe.notation": (
        "the same in the letters of a course",
        "lo mismo con las letras de una asignatura",
    ),
    "recipe.columns": (
        "layers in columns, parameters beside what uses them",
        "capas en columnas, parámetros junto a lo que los usa",
    ),
    "recipe.time": (
        "a recurrent network unrolled in time",
        "una red recurrente desplegada en el tiempo",
    ),
    "recipe.blocks": (
        "layers as blocks with shapes and parameters, as in papers",
        "capas como bloques con formas y parámetros, como en los artículos",
    ),
    "recipe.folded": (
        "a cell in one box with its parameters",
        "una celda en una sola caja con sus parámetros",
    ),
    "recipe.neurons": ("a circle per neuron", "un círculo por neurona"),
    "recipe.large_gradients": (
        "which weights learn most: width by gradient",
        "qué pesos aprenden más: el grosor según el gradiente",
    ),
    "recipe.legend": (
        "a figure that explains its own shapes and colours",
        "una figura que explica sus propias formas y colores",
    ),
    "recipe.dead": ("a dead unit: nothing comes back", "una neurona muerta: no vuelve nada"),
    "recipe.vanishing": (
        "a gradient that vanishes on its way back",
        "un gradiente que se desvanece al volver",
    ),
    "recipe.matrices": (
        "matrices as small grids of colours",
        "matrices como pequeñas cuadrículas de colores",
    ),
    "recipe.softmax": (
        "softmax and cross-entropy, with every product of the backward pass",
        "softmax y entropía cruzada, con cada producto de la pasada hacia atrás",
    ),
    "recipe.after_a_step": (
        "before and after a step of gradient descent",
        "antes y después de un paso de descenso por gradiente",
    ),
    "recipe.two_points": (
        "the same network for two inputs, with what differs marked",
        "la misma red con dos entradas, con lo que difiere marcado",
    ),
    "recipe.with_and_without": (
        "with and without a skip connection",
        "con y sin conexión de salto",
    ),
}
"""Each id with its wording in English and in Spanish."""
