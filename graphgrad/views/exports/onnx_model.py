"""Write the forward pass of a graph as an ONNX model; the package onnx is an extra."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from typing import Any

from graphgrad.autodiff.record import leaf_values
from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.ops.evaluate import to_float
from graphgrad.views.exports.library_words import refuse
from graphgrad.views.exports.onnx_tensor import NodeCall, Tensor
from graphgrad.views.exports.onnx_words import REFUSED, OnnxWords

__all__ = ["onnx_file"]

_OPSET, _IR = 18, 10


def onnx_file(graph: Graph) -> bytes:
    """Return a model: inputs are its inputs, parameters and constants its initial values.

    Raises:
        UsageError: if onnx is not installed, or an op has no word there.
    """
    onnx = onnx_package()
    refuse(Counter(_refused(graph)), "ONNX")
    words = OnnxWords()
    values: dict[int, Tensor] = {}
    inputs, given = [], {}
    leaves = leaf_values(graph, None)
    for line in graph.lines():
        words.line = line.name
        whole = "" if graph.is_leaf(line.root) else words.names.new(line.name)
        for node in line.nodes:
            shape = graph.columns.shape(node)
            if graph.role(node) == "input":
                values[node] = Tensor(words, words.names.new(line.name), shape)
                inputs.append(values[node])
            elif graph.is_leaf(node):
                own = words.names.new(line.name if node == line.root else "const")
                values[node] = Tensor(words, own, shape)
                given[own] = to_float(leaves[node])
            else:
                parents = [values[parent] for parent in graph.columns.parents_of(node)]
                settings = dict(graph.columns.settings_of(node))
                row = graph.columns.row(node)
                values[node] = words.applied(row, parents, shape, settings)
        if whole:
            values[line.root] = words.called(values[line.root], whole)
    output = values[graph.output]
    if output.name not in {call.output for call in words.nodes}:  # a leaf
        output = words.node("Identity", [output], output.shape)
    return _model(onnx, graph, words, inputs, output, given | words.constants)


def onnx_package() -> Any:
    """Return the package onnx.

    Raises:
        UsageError: if it is not installed.
    """
    try:
        return import_module("onnx")
    except ImportError:
        raise UsageError("export.needs_onnx") from None


def _refused(graph: Graph) -> list[str]:
    rows = (graph.columns.row(node).name for node in range(len(graph)))
    return [name for name in rows if name in REFUSED]


def _model(
    onnx: Any,
    graph: Graph,
    words: OnnxWords,
    inputs: list[Tensor],
    output: Tensor,
    given: dict[str, Any],
) -> bytes:
    """Return a checked model as bytes."""
    helper, kind = onnx.helper, onnx.TensorProto
    import numpy as np

    whole = [(x.name, kind.DOUBLE, x.shape) for x in (*inputs, output)]
    declared = [helper.make_tensor_value_info(*one) for one in whole]
    initial = [onnx.numpy_helper.from_array(np.asarray(v), name) for name, v in given.items()]
    nodes = [_node(onnx, call) for call in words.nodes]
    made = helper.make_graph(nodes, "graphgrad", declared[:-1], declared[-1:], initial)
    model = helper.make_model(
        made,
        producer_name="graphgrad",
        ir_version=_IR,
        opset_imports=[helper.make_opsetid("", _OPSET)],
        doc_string=graph.heading.title,
    )
    onnx.checker.check_model(model, full_check=True)
    return bytes(model.SerializeToString())


def _node(onnx: Any, call: NodeCall) -> Any:
    attributes = dict(call.attributes)
    if "to" in attributes:
        kinds = {"double": onnx.TensorProto.DOUBLE, "bool": onnx.TensorProto.BOOL}
        attributes["to"] = kinds[attributes["to"]]
    outputs = [call.output]
    if call.operator == "TopK":
        outputs.append(f"{call.output}_places")
    return onnx.helper.make_node(call.operator, call.inputs, outputs, call.output, **attributes)
