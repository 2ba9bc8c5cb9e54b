"""Word what goes wrong with files: one that is missing, out of reach, or already there."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES = {
    "file.missing": (
        "{path}: there is no such file. Check the path.",
        "{path}: no existe ese archivo. Revise la ruta.",
    ),
    "file.missing_sample": (
        "{path}: there is no such file. Check the path; `graphgrad samples` lists the samples.",
        "{path}: no existe ese archivo. Revise la ruta; `graphgrad samples` lista los ejemplos.",
    ),
    "file.missing_answers": (
        "{path}: there is no such file: expected a student's answers, a line such as `z = 7` per "
        "step, or - for standard input. Check the path.",
        "{path}: no existe ese archivo: se esperaban las respuestas de un estudiante, una línea "
        "como `z = 7` por paso, o - para la entrada estándar. Revise la ruta.",
    ),
    "file.missing_submissions": (
        "{path}: there is no such folder: expected a folder, or a .zip file, with a file of "
        "answers per student. Check the path.",
        "{path}: no existe esa carpeta: se esperaba una carpeta, o un archivo .zip, con un archivo "
        "de respuestas por estudiante. Revise la ruta.",
    ),
    "file.is_folder": (
        "{path}: this is a folder, expected a file. Name a file in it.",
        "{path}: es una carpeta y se esperaba un archivo. Nombre un archivo dentro de ella.",
    ),
    "file.denied": (
        "{path}: permission denied. Change the file's permissions or choose another place.",
        "{path}: permiso denegado. Cambie los permisos del archivo o elija otro lugar.",
    ),
    "file.unreadable": (
        "{path}: cannot be read ({why}). Check the disk and the name.",
        "{path}: no se puede leer ({why}). Revise el disco y el nombre.",
    ),
    "file.unwritable": (
        "{path}: cannot be written ({why}). It is as it was; choose another place.",
        "{path}: no se puede escribir ({why}). Está como estaba; elija otro lugar.",
    ),
    "file.twice": (
        "{path} is named for two things that are written: {one} and {other}. Give each a name of "
        "its own.",
        "{path} se nombra para dos cosas que se escriben: {one} y {other}. Dé a cada una su propio "
        "nombre.",
    ),
    "file.why.folder_missing": ("there is no such folder", "no existe esa carpeta"),
    "file.why.is_folder": ("it is a folder", "es una carpeta"),
    "file.why.denied": ("permission denied", "permiso denegado"),
    "file.why.read_only": ("the disk may only be read", "el disco es de solo lectura"),
    "file.why.is_file": ("it is a file, not a folder", "es un archivo, no una carpeta"),
    "file.why.full": ("the disk is full", "el disco está lleno"),
    "file.why.large": ("no file may become so large", "ningún archivo puede crecer tanto"),
    "file.why.long_name": ("the name is too long", "el nombre es demasiado largo"),
    "file.why.links": ("its links lead in a circle", "sus enlaces forman un círculo"),
    "file.why.many_files": ("too many files are open", "hay demasiados archivos abiertos"),
    "file.why.disk": ("the disk reports a fault", "el disco informa de un fallo"),
    "file.why.taken": ("another program uses it", "otro programa lo usa"),
    "file.why.other": ("the system refuses: {detail}", "el sistema se niega: {detail}"),
    "file.too_large": (
        "{path}: got {got} bytes, the limit is {limit}. Split the file.",
        "{path}: tiene {got} bytes y el límite es {limit}. Divida el archivo.",
    ),
    "file.too_many_cells": (
        "{path}: the table has more than {limit} cells. Leave out rows or columns.",
        "{path}: la tabla tiene más de {limit} celdas. Quite filas o columnas.",
    ),
    "file.binary": (
        "{path}: this is not a text file. Expected text in UTF-8 or UTF-16: save a spreadsheet as "
        "CSV, a document as plain text.",
        "{path}: no es un archivo de texto. Se esperaba texto en UTF-8 o UTF-16: guarde una hoja "
        "de cálculo como CSV, un documento como texto sin formato.",
    ),
    "file.not_text": (
        "{path}, line {line}: the bytes are not UTF-8 text. Save the file as UTF-8 in the editor.",
        "{path}, línea {line}: los bytes no son texto UTF-8. Guarde el archivo como UTF-8 en el "
        "editor.",
    ),
    "file.special": (
        "{path}: this is no regular file, but a device, a pipe or the like. Name a file; what "
        "another program writes can be piped to `graphgrad COMMAND -`.",
        "{path}: no es un archivo ordinario, sino un dispositivo, una tubería o algo parecido. "
        "Nombre un archivo; lo que escribe otro programa se puede pasar a `graphgrad ORDEN -`.",
    ),
    "file.no_folder": (
        "{path}: there is no such folder. Check the path.",
        "{path}: no existe esa carpeta. Revise la ruta.",
    ),
    "file.outside": (
        "{name} lies outside the folder of the file that names it; it was not opened. Expected a "
        "file beside it or below: move it there. Of your own files, --data-root FOLDER allows "
        "another folder.",
        "{name} está fuera de la carpeta del archivo que lo nombra; no se abrió. Se esperaba un "
        "archivo junto a él o más abajo: muévalo allí. Para archivos propios, --data-root CARPETA "
        "permite otra carpeta.",
    ),
    "file.fenced": (
        "{path} lies outside {folder}, the folder in which the server was started; it was neither "
        "opened nor written. Choose a place in that folder.",
        "{path} está fuera de {folder}, la carpeta en que se inició el servidor; no se abrió ni se "
        "escribió. Elija un lugar dentro de esa carpeta.",
    ),
    "file.exists": (
        "{path} exists already with other content; it was left as it is. Choose another name, or "
        "replace it with --force.",
        "{path} ya existe con otro contenido; se dejó como estaba. Elija otro nombre, o "
        "reemplácelo con --force.",
    ),
    "file.not_results": (
        "{path} exists already and holds no results of questions; nothing was added. Name a new "
        "file, or one that --results has written.",
        "{path} ya existe y no contiene resultados de preguntas; no se añadió nada. Nombre un "
        "archivo nuevo, o uno que --results haya escrito.",
    ),
    "file.csv": (
        "this is no row of a CSV file: a cell is too long, or a quotation mark is not closed. "
        "Save the table as CSV again.",
        "esto no es una fila de un archivo CSV: una celda es demasiado larga, o falta cerrar unas "
        "comillas. Guarde la tabla como CSV de nuevo.",
    ),
    # ---- files of JSON ----
    "data.wrong": (
        "{where}: got {got}, expected {expected}",
        "{where}: hay {got}, se esperaba {expected}",
    ),
    "data.by_place": (
        "{path}: rows typed in a file do not name the cells of an array, so columns are taken by "
        "their place: {pairs}. To take them by name, call them in the first row as behind the "
        "arrows.",
        "{path}: las filas escritas en un archivo no nombran las celdas de un array; las columnas "
        "se toman por su lugar: {pairs}. Para tomarlas por nombre, llámelas en la primera fila "
        "como tras las flechas.",
    ),
    "data.missing": ("{where} is missing", "falta {where}"),
    "data.no_json": ("it is no JSON", "no es JSON"),
    "data.top": ("the whole file", "el archivo entero"),
    "data.too_many": (
        "it holds more than {limit} values",
        "contiene más de {limit} valores",
    ),
    "data.expected.object": ("an object", "un objeto"),
    "data.expected.no_key": ("no such key", "ninguna clave así"),
    "data.expected.list": ("a list", "una lista"),
    "data.expected.count": ("{count} entries", "{count} elementos"),
    "data.expected.text": ("a text", "un texto"),
    "data.expected.flag": ("true or false", "true o false"),
    "data.expected.whole": ("a whole number", "un número entero"),
    "data.expected.bounds": ("{least} to {most}", "de {least} a {most}"),
    "data.expected.number": ("a number", "un número"),
    "data.expected.rational": ("a fraction such as 1/3", "una fracción como 1/3"),
    "data.expected.format": ("{format}", "{format}"),
    "data.expected.op": ("a function of graphgrad", "una función de graphgrad"),
    "data.expected.shape": ("a value of shape {shape}", "un valor de forma {shape}"),
    "data.expected.null": (
        "null, for the output is not computed from {node}",
        "null, porque la salida no se calcula a partir de {node}",
    ),
    "data.expected.value": ("a number or an array", "un número o una matriz"),
    "option.data_root": (
        "a folder below which the file may name data, beside its own",
        "una carpeta bajo la cual el archivo puede nombrar datos, además de la suya",
    ),
    "option.force": (
        "replace files that are there already",
        "reemplazar archivos que ya existen",
    ),
    "take.replace": (
        "{path} exists already. Replace it? y or n",
        "{path} ya existe. ¿Reemplazarlo? s o n",
    ),
    "take.kept": ("{path} was left as it is.", "{path} se dejó como estaba."),
}
