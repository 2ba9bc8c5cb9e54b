"""Check `gg.nn`: what PyTorch computes with the same arguments, and how modules behave."""

from __future__ import annotations

import copy
import pickle
import sys
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad import nn, torchlike
from graphgrad.autodiff.record import record
from graphgrad.errors import NonFiniteError, ShapeError, UsageError
from graphgrad.layers.registry import DOORS
from graphgrad.messages.catalogue import in_language
from graphgrad.nn import functional as F  # noqa: N812  # as everyone writes it
from graphgrad.views.text.trouble import trouble_error
from tests.layers.record_torch import recorded, recorded_signatures, weights_of
from tests.layers.torch_cases import COUNT, MAKERS, MODULES, Case, cases, values_of

_, RECORDED = recorded()
CASES = dict(cases())
OFFERED = [
    name for name in MAKERS | MODULES if not CASES[f"{name}-0"].torch.startswith("Sequential")
]

SNIPPET = """
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import optim

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(2, 8)
        self.fc2 = nn.Linear(8, 1)

    def forward(self, x):
        x = F.tanh(self.fc1(x))
        return torch.sigmoid(self.fc2(x))

model = Net()
criterion = nn.BCELoss()
optimizer = optim.Adam(model.parameters(), lr=0.05)
for epoch in range(200):
    loss = criterion(model(X), y)
    loss.backward()
    optimizer.step()
hits = [(p > 0.5).value == t for p, t in zip(model(X)[:, 0], y[:, 0])]
"""


def test_a_snippet_of_pytorch_runs_with_only_its_imports_changed() -> None:
    nn.draw(1)
    changed = SNIPPET.replace("import torch\n", "import graphgrad as torch\n")
    changed = changed.replace("torch.nn as", "graphgrad.nn as")
    changed = changed.replace("torch.nn.functional as", "graphgrad.nn.functional as")
    changed = changed.replace("from torch import", "from graphgrad import")
    names: dict[str, Any] = {
        "X": np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]),
        "y": np.array([[0.0], [1.0], [1.0], [0.0]]),
    }
    exec(changed, names)
    assert names["loss"].item() < 0.01
    assert all(names["hits"])


def test_the_door_is_one_module_under_all_its_names() -> None:
    import graphgrad.nn.functional

    assert gg.nn is nn is sys.modules["graphgrad.nn"]
    assert isinstance(F, ModuleType)
    assert gg.nn.functional is F is graphgrad.nn.functional
    with pytest.raises(AttributeError, match="Conv7d"):
        _ = nn.Conv7d
    assert "Conv2d" in dir(nn)


# ---- against PyTorch ----


def made(case: Case, name: str) -> tuple[Any, dict[str, Any]]:
    """Return what computes a case with PyTorch's arguments, and its leaves by our names."""
    if case.torch.startswith("F."):
        plain = F.FUNCTIONS[case.torch[2:]]
        return lambda *inputs: plain(*inputs, **case.keywords), {}
    module = getattr(nn, case.torch)(*case.arguments, **case.keywords)
    module.train(case.training)
    state = module.state_dict()
    for own, theirs in case.parameters.items():
        leaf, rows = theirs if isinstance(theirs, tuple) else (theirs, None)
        whole = state[leaf] if rows is None else state[leaf][rows[0] : rows[1]]
        value = values_of(name, own, whole.shape)
        whole[...] = np.abs(value) + 0.5 if own == "var" else value
    module.load_state_dict(state)
    return module, dict(module.named_parameters())


def outputs_of(case: Case, function: Any, inputs: list[Any]) -> list[Any]:
    if case.outputs == "one":
        return [function(*inputs)]
    if case.outputs == "first":
        mask = case.given.get(3)
        return [function(*inputs[:3], attn_mask=mask)[0]]
    if case.outputs == "masks":
        given = {"attn_mask": case.given[3], "key_padding_mask": case.given[4]}
        return [function(*inputs[:3], **given)[0]]
    if case.outputs == "added":
        return [function(*inputs[:3], inputs[4])]
    x, *states = inputs
    if case.outputs == "cell":
        state = None if states[0] is None else tuple(states)
        found = function(x, state[0] if state and len(state) == 1 else state)
        return list(found) if isinstance(found, tuple) else [found]
    if case.outputs == "stacked":
        output, last = function(x, states[0] if len(states) == 1 else tuple(states))
        return [output, *(last if isinstance(last, tuple) else (last,))]
    layered = [gg.stack(state, axis=0) for state in states]
    output, last = function(x, layered[0] if len(layered) == 1 else tuple(layered))
    ends = last if isinstance(last, tuple) else (last,)
    return [output, *(end[0] for end in ends)]


@pytest.mark.parametrize("name", OFFERED)
def test_a_class_computes_what_the_one_of_pytorch_does(name: str) -> None:
    for number in range(COUNT):
        key = f"{name}-{number}"
        case, expected = CASES[key], RECORDED[key]
        function, leaves = made(case, key)
        inputs = [
            None if value is None else gg.input(f"x{place}", value)
            for place, value in enumerate(case.inputs)
        ]
        shown = [
            case.given[at] if at in case.given and at > 1 else x for at, x in enumerate(inputs)
        ]
        found = outputs_of(case, function, shown)
        total = sum(
            ((out * weights_of(key, place, out.shape)).sum() for place, out in enumerate(found)),
            start=0.0,
        )
        total.backward()
        for place, out in enumerate(found):
            _close(out.value, expected[f"out{place}"], key)
        for at, leaf in enumerate(inputs):
            if f"x{at}" in expected:
                gradient = 0.0 if leaf.grad is None else leaf.grad
                _close(gradient, expected[f"x{at}"], f"{key}.x{at}")
        for own, theirs in case.parameters.items():
            if own in expected:
                leaf, rows = theirs if isinstance(theirs, tuple) else (theirs, (None, None))
                _close(leaves[leaf].grad[rows[0] : rows[1]], expected[own], f"{key}.{own}")


def _close(got: Any, expected: Any, told: str) -> None:
    np.testing.assert_allclose(got, expected, rtol=1e-10, atol=1e-10, err_msg=told)


ABSENT = {
    "device", "dtype",  # everything is float64 on the CPU
    "size_average", "reduce",  # deprecated in PyTorch: reduction says both
    "norm_type", "scale_grad_by_freq", "sparse", "_weight", "_freeze",  # of Embedding
    "add_bias_kv", "add_zero_attn", "kdim", "vdim",  # of MultiheadAttention
    "proj_size", "num_chunks", "recompute_scale_factor", "divisor_override",
    "min_value", "max_value",  # deprecated in PyTorch: min_val, max_val
}  # fmt: skip


@pytest.mark.parametrize("name", recorded_signatures())
def test_arguments_and_defaults_are_those_of_pytorch(name: str) -> None:
    theirs: dict[str, str] = dict(recorded_signatures()[name])  # type: ignore[arg-type]
    kind = getattr(nn, name)
    parameters = list(kind.door.signature.parameters.values())
    shown = [p.name for p in parameters]
    if name not in ("RNN", "Identity"):  # RNN reads its nonlinearity from keywords
        assert set(shown) <= set(theirs)
        assert [argument for argument in theirs if argument in shown] == shown
        assert {argument for argument in theirs if argument not in shown} <= ABSENT
    for parameter in parameters:
        default = "" if parameter.default is parameter.empty else repr(parameter.default)
        if (name, parameter.name) in {("Softmax", "dim"), ("LogSoftmax", "dim")}:
            continue  # None there, which is deprecated; the last axis here
        if parameter.name in theirs:
            assert default == theirs[parameter.name], parameter.name


def test_every_class_is_tried() -> None:
    tried = {CASES[f"{name}-{n}"].torch for name in OFFERED for n in range(COUNT)}
    assert set(DOORS) - tried == {"Dropout"}


# ---- modules ----


class Net(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 2, 3, padding=1)
        self.norm = nn.BatchNorm2d(2)
        self.head = nn.Sequential(nn.Flatten(), nn.Dropout(0.5), nn.Linear(8, 3))
        self.scale = nn.Parameter([1.0, 1.0, 1.0])

    def forward(self, x: Any) -> Any:
        pooled = F.max_pool2d(F.relu(self.norm(self.conv(x))), 2)
        return self.scale * self.head(pooled)


IMAGES = np.random.RandomState(3).uniform(-1, 1, (5, 1, 4, 4))
NAMES = [
    "scale", "conv.weight", "conv.bias", "norm.weight", "norm.bias", "head.2.weight",
    "head.2.bias",
]  # fmt: skip


def test_parameters_have_the_names_of_pytorch() -> None:
    net = Net()
    assert [name for name, _ in net.named_parameters()] == NAMES
    assert len(list(net.parameters())) == 7
    assert list(net.state_dict()) == [
        *NAMES, "norm.running_mean", "norm.running_var", "norm.num_batches_tracked",
    ]  # fmt: skip
    assert [name for name, _ in net.named_children()] == ["conv", "norm", "head"]
    assert [name for name, _ in net.named_modules()] == [
        "", "conv", "norm", "head", "head.0", "head.1", "head.2",
    ]  # fmt: skip
    assert net.conv.weight.shape == (2, 1, 3, 3)
    assert net.get_parameter("head.2.bias") is net.head[2].bias
    with pytest.raises(UsageError) as caught:
        net.get_parameter("head.2.wieght")
    assert "head.2.weight" in str(caught.value)


def test_draws_are_reproducible_and_layers_differ() -> None:
    nn.draw(7)
    first = Net().state_dict()
    nn.draw(7)
    again = Net().state_dict()
    other = Net().state_dict()
    assert all((first[name] == again[name]).all() for name in first)
    assert (first["conv.weight"] != other["conv.weight"]).any()
    with pytest.raises(UsageError):
        nn.draw(-1)


def test_a_state_is_saved_and_loaded_and_a_wrong_one_changes_nothing() -> None:
    nn.draw(2)
    net, twin = Net(), Net()
    net.eval(), twin.eval()
    assert (net(IMAGES).value != twin(IMAGES).value).any()
    twin.load_state_dict(net.state_dict())
    np.testing.assert_array_equal(net(IMAGES).value, twin(IMAGES).value)
    before = twin.state_dict()
    wrong: dict[str, Any] = dict(net.state_dict())
    wrong["scale"] = wrong["scale"] + 1
    del wrong["conv.bias"]
    with pytest.raises(UsageError) as caught:
        twin.load_state_dict(wrong | {"extra": 1.0})
    assert caught.value.fields == {"missing": "conv.bias", "unknown": "extra"}
    wrong["conv.bias"] = np.zeros(3)
    with pytest.raises(ShapeError):
        twin.load_state_dict(wrong)
    assert all((before[name] == value).all() for name, value in twin.state_dict().items())
    twin.load_state_dict({"scale": [2.0, 2.0, 2.0]}, strict=False)
    assert twin.scale.value.tolist() == [2.0, 2.0, 2.0]


def test_train_and_eval_change_dropout_and_batch_norm_only() -> None:
    nn.draw(4)
    net = Net()
    first, second = net(IMAGES).value, net(IMAGES).value
    assert (first != second).any()
    assert net.norm.num_batches_tracked == 2
    assert (net.norm.running_mean != 0).any()
    net.eval()
    assert not net.head[1].training
    still = net.state_dict()
    np.testing.assert_array_equal(net(IMAGES).value, net(IMAGES).value)
    assert all((still[name] == value).all() for name, value in net.state_dict().items())
    np.testing.assert_allclose(net(IMAGES[:1]).value[0], net(IMAGES).value[0], rtol=1e-12)


def test_a_frozen_parameter_is_a_constant_and_gets_no_gradient() -> None:
    net = Net().eval()
    net.conv.weight.requires_grad = False
    F.cross_entropy(net(IMAGES), np.array([0, 1, 2, 0, 1])).backward()
    assert net.conv.weight.grad is None
    assert net.scale.grad is not None
    net.requires_grad_(False)
    assert not any(leaf.requires_grad for leaf in net.parameters())


def test_shared_modules_are_counted_once_and_called_twice() -> None:
    class Siamese(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.twin = nn.Linear(2, 2)
            self.same = self.twin

        def forward(self, a: Any, b: Any) -> Any:
            return (abs(self.twin(a) - self.same(b))).sum()

    net = Siamese()
    assert [name for name, _ in net.named_parameters()] == ["twin.weight", "twin.bias"]
    graph = gg.graph(net([1.0, 2.0], [0.0, 1.0]))
    assert [name for name in graph.line_names if name.startswith(("twin", "same"))] == [
        "twin.weight", "twin.bias", "twin", "twin_2",
    ]  # fmt: skip


def test_lines_are_named_after_the_place_of_a_module_in_the_network() -> None:
    class Deep(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.blocks = nn.ModuleList([nn.Sequential(nn.Linear(2, 2)), nn.Linear(2, 1)])

        def forward(self, x: Any) -> Any:
            return self.blocks[1](self.blocks[0](x)).sum()

    net = Deep()
    net.blocks[0].append(nn.Tanh())
    assert gg.graph(net([1.0, 2.0])).line_names[:5] == [
        "blocks[0][0].weight", "blocks[0][0].bias", "blocks[0][0]", "blocks[0][1]",
        "blocks[1].weight",
    ]  # fmt: skip


def test_a_graph_has_a_group_per_layer_and_reads_back() -> None:
    nn.draw(1)
    net = Net().eval()
    loss = F.cross_entropy(net(IMAGES), np.array([0, 1, 2, 0, 1]))
    graph = gg.graph(loss)
    assert {"conv", "norm", "head[0]", "head[2]", "L"} <= set(graph.groups)
    assert {"conv.weight", "conv.windows", "head[2].bias", "L.t"} <= set(graph.line_names)
    back = gg.parse(gg.to_gg(graph))
    assert back.line_names == graph.line_names
    np.testing.assert_allclose(gg.trace(back).value("L"), loss.value, rtol=1e-12)
    assert gg.gradcheck(graph, symbolic=False).ok


def test_a_graph_tells_which_layer_made_which_lines() -> None:
    net = nn.Sequential(nn.Linear(2, 3), nn.Tanh())
    out, (h, c) = nn.LSTM(3, 2)(gg.stack(net([1.0, 2.0]), net([0.0, 1.0])))
    graph = gg.graph(out.sum() + h.sum() + c.sum())
    blocks = {block.group: block for block in graph.heading.blocks}
    first = blocks["layers[0]"]
    assert (first.kind, first.owner) == ("dense", "layers[0]")
    assert first.parameters == ("layers[0].weight", "layers[0].bias")
    assert first.outputs == ("layers[0]",)
    assert dict(first.settings)["units"] == 3
    again = blocks["layers[0]_2"]
    assert (again.owner, again.parameters) == (first.owner, first.parameters)
    assert blocks["layers[1]"].inputs == ("layers[0]",)
    assert set(blocks["lstm"].parameters) == {
        "weight_ih_l0", "bias_ih_l0", "weight_hh_l0", "bias_hh_l0",
    }  # fmt: skip
    assert blocks["lstm"].outputs == ("lstm", "lstm.h", "lstm.c")


def test_copies_and_pickles_are_networks_of_their_own() -> None:
    net = Net().eval()
    for twin in (copy.deepcopy(net), pickle.loads(pickle.dumps(net))):
        np.testing.assert_array_equal(twin(IMAGES).value, net(IMAGES).value)
        assert [name for name, _ in twin.named_parameters()] == NAMES
        twin.scale.value = [0.0, 0.0, 0.0]
        assert net.scale.value.tolist() == [1.0, 1.0, 1.0]


def test_containers_hold_and_apply() -> None:
    layers = nn.ModuleList([nn.Linear(2, 2) for _ in range(3)])
    layers.append(nn.Tanh())
    assert len(layers) == 4
    assert [name for name, _ in layers.named_parameters()][:2] == ["0.weight", "0.bias"]
    assert isinstance(layers[1:], nn.ModuleList)
    named = nn.ModuleDict({"a": nn.Linear(2, 1), "b": nn.ReLU()})
    assert list(named) == ["a", "b"]
    assert "a" in named
    chain = nn.Sequential({"first": nn.Linear(2, 3), "act": nn.ReLU()})
    assert chain([1.0, 2.0]).shape == (3,)
    assert chain.first.weight.name == "first.weight"
    with pytest.raises(UsageError):
        nn.ModuleList([3])  # type: ignore[list-item]


def test_zero_grad_says_that_it_is_not_needed() -> None:
    with pytest.warns(UserWarning, match="overwrites"):
        nn.Linear(2, 1).zero_grad()


def test_layers_of_recurrent_networks_stand_one_above_the_other() -> None:
    net = nn.LSTM(3, 2, num_layers=2, batch_first=True)
    x = np.random.RandomState(1).uniform(-1, 1, (4, 5, 3))
    output, (h, c) = net(x)
    assert output.shape == (4, 5, 2)
    assert h.shape == c.shape == (2, 4, 2)
    np.testing.assert_array_equal(output.value[:, -1], h.value[1])
    assert "weight_ih_l1" in dict(net.named_parameters())


@pytest.mark.parametrize("kind", ["RNN", "LSTM", "GRU"])
def test_dropout_between_layers_of_a_recurrent_network_is_that_of_one_layer_after_another(
    kind: str,
) -> None:
    nn.draw(3)
    net = getattr(nn, kind)(3, 2, num_layers=2, dropout=0.5, batch_first=True)
    parts = [getattr(nn, kind)(width, 2, batch_first=True) for width in (3, 2)]
    state = net.state_dict()
    for level, part in enumerate(parts):
        own = {name: state[name.replace("l0", f"l{level}")] for name in part.state_dict()}
        part.load_state_dict(own)
    x = np.random.RandomState(1).uniform(-1, 1, (4, 5, 3))
    nn.draw(8)
    output, _ = net(x)
    nn.draw(8)
    dropped = F.dropout(parts[0](x)[0], 0.5)
    np.testing.assert_allclose(output.value, parts[1](dropped)[0].value, rtol=1e-12)
    assert 0.2 < (dropped.value == 0).mean() < 0.8
    again, _ = net(x)
    assert (again.value != output.value).any()
    net.eval()
    np.testing.assert_allclose(net(x)[0].value, parts[1](parts[0](x)[0])[0].value, rtol=1e-12)


@pytest.mark.parametrize("wrong", ["attn_mask", "key_padding_mask"])
def test_a_mask_of_another_shape_is_refused_with_the_shapes_that_fit(wrong: str) -> None:
    x = np.ones((2, 3, 4))
    with pytest.raises(ShapeError) as caught:
        nn.MultiheadAttention(4, 2, batch_first=True)(x, x, x, **{wrong: np.ones((3, 2))})
    expected = "3x3, 4x3x3" if wrong == "attn_mask" else "2x3"
    assert (caught.value.fields["got"], caught.value.fields["expected"]) == ("3x2", expected)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("loss", "target", "told"),
    [
        (nn.CrossEntropyLoss(), [7, 1], "= 7"),
        (lambda net, y: nn.NLLLoss()(F.log_softmax(net, dim=1), y), [1, -1], "= -1"),
        (F.multi_margin_loss, [3, 0], "= 3"),
        (F.cross_entropy, [0.5, 1], "= 0.5"),
        (lambda net, y: nn.BCELoss()(net.sigmoid(), y), [[2.0, 0, 0], [0, 0, 1]], "= 2"),
        (nn.KLDivLoss(), [[-1.0, 0, 0], [0, 0, 1]], "= -1"),
    ],
)
def test_a_target_outside_its_loss_is_refused_where_it_is_known(
    loss: Any, target: Any, told: str, language: str
) -> None:
    net = nn.Linear(2, 3)
    z = net([[1.0, 2.0], [0.0, 1.0]])
    with in_language(language), pytest.raises(UsageError) as at_once:
        loss(z, target)
    assert f"{told} " in str(at_once.value)
    assert str(at_once.value).startswith("target[")
    later = gg.input("y", np.zeros(np.shape(target)))
    found = loss(z, later)
    later.value = target
    with in_language(language), pytest.raises(NonFiniteError) as caught:
        found.backward()
    assert told in str(caught.value)
    assert net.weight.grad is None


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("output", [1.5, -0.5])
@pytest.mark.parametrize("target", [0.0, 1.0])
@pytest.mark.parametrize("loss", [F.binary_cross_entropy, nn.BCELoss()])
def test_an_output_that_is_no_probability_is_refused_in_backward_as_in_a_file(
    loss: Any, output: float, target: float, language: str
) -> None:
    p = gg.param("p", output)
    found = loss(p, target)
    assert np.isnan(found.value)
    with in_language(language), pytest.raises(NonFiniteError) as caught:
        found.backward()
    assert "xlogy" in str(caught.value)
    graph = gg.parse(f"param p = {output}\nloss L = bce(p, {target})")
    error = trouble_error(record(graph, refuse=False))
    assert error is not None
    assert error.message_id == caught.value.message_id == "trouble.domain"
    assert p.grad is None


@pytest.mark.parametrize("edge", [0.0, 1.0])
def test_a_probability_at_the_edge_passes_where_the_target_agrees(edge: float) -> None:
    p = gg.param("p", edge)
    F.binary_cross_entropy(p, edge).backward()
    assert np.isfinite(p.grad)


@pytest.mark.parametrize("loss", [nn.MSELoss(), F.mse_loss])
@pytest.mark.parametrize("shape", [(4,), (1, 4)])
def test_a_column_of_outputs_meets_a_row_of_targets_pair_by_pair_as_in_a_file(
    loss: Any, shape: tuple[int, ...]
) -> None:
    outputs, targets = [[1.0], [2.0], [3.0], [5.0]], np.array([1.0, 2.0, 4.0, 7.0])
    file = gg.parse("p = [[1], [2], [3], [5]]\nt = [1, 2, 4, 7]\nloss L = mse(p, t)")
    expected = gg.trace(file).values[file.output]
    assert loss(gg.param("p", outputs), targets.reshape(shape)).value == expected == 1.25


def test_a_class_that_is_ignored_and_values_that_are_no_targets_pass() -> None:
    net = nn.Linear(2, 3)
    nn.CrossEntropyLoss()(net([[1.0, 2.0], [0.0, 1.0]]), [-100, 1]).backward()
    assert np.isfinite(net.weight.grad).all()
    nn.MSELoss()(net([[float("nan"), 2.0]]), [[0.0, 0.0, 0.0]]).backward()
    assert np.isnan(net.weight.grad).any()


@pytest.mark.parametrize(
    ("name", "options", "low", "high", "deviation"),
    [
        ("xavier_uniform_", {}, -((6 / 75) ** 0.5), (6 / 75) ** 0.5, (2 / 75) ** 0.5),
        ("xavier_normal_", {"gain": 2.0}, None, None, 2 * (2 / 75) ** 0.5),
        ("kaiming_uniform_", {}, -((6 / 50) ** 0.5), (6 / 50) ** 0.5, (2 / 50) ** 0.5),
        ("kaiming_normal_", {"mode": "fan_out"}, None, None, (2 / 25) ** 0.5),
        ("kaiming_normal_", {"nonlinearity": "tanh"}, None, None, 5 / 3 / 50**0.5),
        ("uniform_", {"a": 1.0, "b": 3.0}, 1.0, 3.0, 3**-0.5),
        ("normal_", {"mean": 4.0, "std": 0.5}, None, None, 0.5),
    ],
)
def test_initial_values_have_the_bounds_and_deviations_of_pytorch(
    name: str, options: dict[str, Any], low: Any, high: Any, deviation: float
) -> None:
    nn.draw(1)
    weight = nn.Linear(50, 25).weight
    values = np.array([getattr(nn.init, name)(weight, **options).value for _ in range(20)])
    if low is not None:
        assert low <= values.min() < low + 0.01 * (high - low)
        assert high >= values.max() > high - 0.01 * (high - low)
    assert values.std() == pytest.approx(deviation, rel=0.02)


def test_constants_and_orthogonal_rows() -> None:
    layer = nn.Linear(4, 3)
    assert set(nn.init.zeros_(layer.bias).value) == {0.0}
    assert set(nn.init.ones_(layer.bias).value) == {1.0}
    rows = nn.init.orthogonal_(layer.weight).value
    np.testing.assert_allclose(rows @ rows.T, np.eye(3), atol=1e-12)
    with pytest.raises(UsageError):
        nn.init.zeros_(np.zeros(3))
    with pytest.raises(UsageError):
        nn.init.calculate_gain("swish")


# ---- what is refused ----


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: nn.Linear(2),
        lambda: nn.Linear(2, 3, biass=False),
        lambda: nn.Linear(2, 0),
        lambda: nn.Conv2d(1, 2, 3, padding_mode="reflect"),
        lambda: nn.MaxPool2d(2, return_indices=True),
        lambda: nn.BCELoss(weight=[1.0, 2.0]),
        lambda: nn.MSELoss(reduction="median"),
        lambda: nn.RNNCell(2, 3, nonlinearity="sigmoid"),
        lambda: nn.LSTM(2, 3, dropout=1.0),
        lambda: nn.MultiheadAttention(4, 2, dropout=0.5),
        nn.Linear(2, 3),
        lambda: nn.Module()(1.0),
        F.relu,
        lambda: F.mse_loss([1.0]),
    ],
)
def test_what_cannot_be_done_is_told_in_both_languages(wrong: Any) -> None:
    told = []
    for language in ("en", "es"):
        with in_language(language), pytest.raises(UsageError) as caught:
            wrong()
        with in_language(language):
            told.append(str(caught.value))
    assert told[0] != told[1]
    assert "{" not in told[0]


def test_shapes_that_do_not_fit_are_told() -> None:
    with pytest.raises(ShapeError):
        nn.Linear(3, 2)([1.0, 2.0])
    with pytest.raises(ShapeError):
        nn.BatchNorm1d(2)([[1.0, 2.0]])
    with pytest.raises(ShapeError):
        nn.MSELoss()(np.ones((4, 2)), np.ones(4))


@pytest.mark.parametrize(
    "made", [lambda x: gg.input("x", x), lambda x: gg.param("x", x), torchlike.tensor, np.array]
)
@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        (nn.Linear(3, 2), (4, 5)),
        (nn.BatchNorm1d(3), (1, 3)),
        (nn.Conv2d(1, 2, 3), (1, 2, 5, 5)),
    ],
)
def test_shapes_of_leaves_that_do_not_fit_are_told(made: Any, layer: Any, shape: Any) -> None:
    with pytest.raises(ShapeError) as caught:
        layer(made(np.ones(shape)))
    assert "x".join(map(str, shape)) in str(caught.value)


def test_a_target_outside_the_domain_is_told_where_the_loss_is_run() -> None:
    target = gg.input("t", [1])
    loss = nn.CrossEntropyLoss()(np.array([[0.5, 1.0]]), target)
    target.value = [2]
    with pytest.raises(NonFiniteError) as caught:
        loss.trace()
    assert caught.value.message_id == "trouble.target"


def test_a_network_on_a_plain_array_trains() -> None:
    x, y = np.random.RandomState(0).rand(15, 4), np.arange(15) % 3
    net = nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 3))
    loss = nn.CrossEntropyLoss()(net(x), y)
    found = gg.train(loss, steps=5, rate=0.1)
    assert found.losses[-1] < found.losses[0]
