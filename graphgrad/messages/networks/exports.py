"""Word what a graph is exported to: the command, its errors, and the comments in what it writes."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, tuple[str, str]] = {
    # ---- a graph as text ----
    "command.export.short": ("write a graph in another form", "escribe un grafo en otra forma"),
    "command.export.help": (
        "Write a graph in the form of another program, with the numbers of its leaves.",
        "Escribe un grafo en la forma de otro programa, con los números de sus hojas.",
    ),
    "export.option.to": (
        "the form: gg, an expression file, unrolled; numpy, pytorch or jax, a script that prints "
        "value and gradients; onnx, a model file; latex, both passes as formulas; mermaid, a "
        "flowchart; networkx-json",
        "la forma: gg, un archivo de fórmulas, desenrollado; numpy, pytorch o jax, un programa "
        "que muestra el valor y los gradientes; onnx, un archivo de modelo; latex, ambas "
        "pasadas como fórmulas; mermaid, un esquema; networkx-json",
    ),
    "export.option.output": (
        "the file to write; otherwise the text is printed",
        "el archivo que se escribe; si no, se muestra el texto",
    ),
    "export.renamed": (
        "names that no file can have were changed: {names}",
        "se cambiaron nombres que un archivo no puede tener: {names}",
    ),
    "export.parts": (
        "parts of formulas that got lines of their own: {names}",
        "partes de fórmulas que tienen línea propia: {names}",
    ),
    "export.empty": (
        "{name} has shape {shape} and no entries: a file has no array of that kind. Export another "
        "form, or give it entries.",
        "{name} tiene forma {shape} y ningún elemento: un archivo no tiene arrays así. Exporte "
        "otra forma o dele elementos.",
    ),
    "export.not_finite": (
        "{name} is not a finite number: a file cannot say it. Give it another value.",
        "{name} no es un número finito: un archivo no puede expresarlo. Dele otro valor.",
    ),
    "export.unspoken": (
        "{target} has no words for: {ops}. Export another form, or another output of the graph.",
        "{target} no tiene palabras para: {ops}. Elija otra forma u otra salida del grafo.",
    ),
    "export.form": (
        "{got} is no form of a graph: expected {known}.{near}",
        "{got} no es ninguna forma de un grafo: se esperaba {known}.{near}",
    ),
    "export.nothing": (
        "{got} is nothing to export: expected a graph, a node such as the loss, or a module with "
        "what it is called with, as in gg.export(model, 'onnx', x).",
        "{got} no puede exportarse: se esperaba un grafo, un nodo como la pérdida o un módulo con "
        "aquello con lo que se llama, como en gg.export(model, 'onnx', x).",
    ),
    "export.needs_onnx": (
        "ONNX files are written with the package onnx, which is not installed. Install it with "
        "pip install 'graphgrad[onnx]'.",
        "Los archivos ONNX se escriben con el paquete onnx, que no está instalado. Instálelo con "
        "pip install 'graphgrad[onnx]'.",
    ),
    "export.needs_file": (
        "a model of {target} is not text: say where to write it, with -o model.{ending}",
        "un modelo de {target} no es texto: diga dónde escribirlo, con -o modelo.{ending}",
    ),
    "export.script": (
        "Written by `graphgrad export`. Run it with {target}: it prints the value and its "
        "gradients.",
        "Escrito por `graphgrad export`. Ejecútelo con {target}: muestra el valor y sus "
        "gradientes.",
    ),
    "export.precision": ("15 digits, as in graphgrad", "15 cifras, como en graphgrad"),
    "export.leaves": ("Inputs and parameters", "Entradas y parámetros"),
    "export.forward": ("Forward pass", "Pasada hacia delante"),
    "export.backward": ("Backward pass", "Pasada hacia atrás"),
    "export.jax_forward": (
        "Compute the output from the leaves, one line per formula.",
        "Calcula la salida a partir de las hojas, una línea por fórmula.",
    ),
    "export.no_gradient_of_array": (
        "The output is no number that depends on a leaf: it has no gradient.",
        "La salida no es un número que dependa de una hoja: no tiene gradiente.",
    ),
    "export.unreached": (
        "the output has no slope in it: no path, or only steps on the way",
        "la salida no tiene pendiente en ella: no hay camino, o solo escalones en él",
    ),
    "export.latex": (
        r"in the preamble: \usepackage{{amsmath}}",
        r"en el preámbulo: \usepackage{{amsmath}}",
    ),
    "export.mermaid": (
        "round: inputs; double sides: parameters; hexagon: the loss",
        "redondeado: entradas; lados dobles: parámetros; hexágono: la pérdida",
    ),
    "export.helper.windows": (
        "Return all windows along the last axes: the places in a window first, then where it lies.",
        "Devuelve todas las ventanas en los últimos ejes: primero los lugares de una ventana y "
        "después su posición.",
    ),
    "export.helper.fold": (
        "Add windows up where they lie, in an array of a shape.",
        "Suma las ventanas en su lugar, en un arreglo de una forma dada.",
    ),
    "export.helper.largest": (
        "Return the largest entry along an axis; of equal ones the first gets the gradient.",
        "Devuelve el mayor elemento en un eje; entre iguales, el gradiente es del primero.",
    ),
    "export.helper.absolute": (
        "Return the absolute value; its derivative at 0 is taken as 0.",
        "Devuelve el valor absoluto; su derivada en 0 se toma como 0.",
    ),
    "export.helper.xlogy": (
        "Return x log(y), which is 0 where x and y are 0.",
        "Devuelve x log(y), que es 0 donde x e y son 0.",
    ),
    "export.helper.norm": (
        "Return the Euclidean norm; its derivative at 0 is taken as 0.",
        "Devuelve la norma euclídea; su derivada en 0 se toma como 0.",
    ),
    "export.helper.placed": (
        "Return zeros of a shape with the entries at a place.",
        "Devuelve ceros de una forma dada con los elementos en un lugar.",
    ),
    "export.helper.put": (
        "Return zeros of a shape with the entries added at their places, counted row by row.",
        "Devuelve ceros de una forma dada con los elementos sumados en sus lugares, contados fila "
        "a fila.",
    ),
}
