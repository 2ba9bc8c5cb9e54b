"""The logic outside the widgets."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.source.gg import read_gg
from graphgrad.stepping.journey import Journey, break_places, matching_nodes
from graphgrad.views.cells.placing import layout
from graphgrad.views.text.narrate_stops import stop_text
from graphgrad.views.text.stops import Stops
from graphgrad_tui.deeds.selection import neighbour_box
from graphgrad_tui.graph_view.box_text import changed_entries, short
from graphgrad_tui.graph_view.boxes import Boxes
from graphgrad_tui.graph_view.cast import active_edges
from graphgrad_tui.graph_view.plan import MOST_BOXES, plan_for
from graphgrad_tui.graph_view.window import Room
from graphgrad_tui.orders import Order, read_order
from graphgrad_tui.texts.node_text import compact_lines, node_lines
from graphgrad_tui.widgets.timeline import place_of, position_of, time_cells
from tests.tui.screens import REGRESSION, SHARED, traced


def test_previous_is_the_inverse_of_next():
    stops = Stops(traced(REGRESSION))
    for position in range(len(stops)):
        forth = Journey(stops, position, 0).destination("next")
        assert forth == position + 1
        assert Journey(stops, forth, 0).destination("previous") == position


def test_commands_stay_inside_the_stops():
    stops = Stops(traced(REGRESSION))
    last = len(stops)
    assert Journey(stops, last, 0).destination("next") == last
    assert Journey(stops, 0, 0).destination("previous") == 0
    assert Journey(stops, 3, 0, times=50).destination("next") == last
    assert Journey(stops, 3, 0, times=7).destination("end") == 7
    assert Journey(stops, 3, 0, times=0).destination("next") == 3


def test_run_to_goes_to_the_value_then_to_the_adjoint_then_back_to_the_value():
    trace = traced(REGRESSION)
    stops, node = Stops(trace), trace.graph.find("yhat")
    assert node is not None
    value = Journey(stops, 0, node).destination("to")
    adjoint = Journey(stops, value, node).destination("to")
    assert trace.state(stops.stop(value).last).value(node) == 7
    assert trace.state(stops.stop(value - 1).last).value(node) is None
    assert trace.state(stops.stop(adjoint).last).adjoint(node) == -4
    assert trace.state(stops.stop(adjoint - 1).last).adjoint(node) is None
    assert Journey(stops, adjoint, node).destination("to") == value


def test_breakpoints_stop_at_value_and_adjoint():
    trace = traced(REGRESSION)
    stops, node = Stops(trace), trace.graph.find("z")
    assert node is not None
    places = break_places(stops, [node])
    assert len(places) == 2
    assert Journey(stops, 0, 0, places).destination("continue") == places[0]
    assert Journey(stops, places[0], 0, places).destination("continue") == places[1]
    assert Journey(stops, places[1], 0, places).destination("continue") == len(stops)
    assert Journey(stops, len(stops), 0, places).destination("back") == places[1]
    assert Journey(stops, places[0], 0, places).destination("back") == 0


def test_without_a_backward_pass_backward_stays():
    stops = Stops(traced("input x = [1, 2]\ny = x^2"))
    assert Journey(stops, 1, 0).destination("backward") == 1


def test_search_looks_at_names_operations_and_formulas():
    trace = traced(REGRESSION)
    keys = Boxes(trace, "line").keys
    names = [trace.graph.name(node) for node in matching_nodes(trace.graph, keys, "YHAT")]
    assert names == ["yhat", "e"]
    assert matching_nodes(trace.graph, keys, "powi")
    assert matching_nodes(trace.graph, keys, "  ") == []


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("42", Order("goto", "42")),
        ("goto 7", Order("goto", "7")),
        ("w", Order("node", "w")),
        ("n", Order("node", "n")),
        ("quit", Order("quit")),
        ("q", Order("quit")),
        ("inicio", Order("start")),
        ("t yhat", Order("to", "yhat")),
        ("pausa z", Order("break", "z")),
        ("", Order("")),
    ],
)
def test_typed_orders(typed, order):
    assert read_order(typed) == order


def test_boxes_hide_what_is_not_known():
    trace = traced(REGRESSION)
    boxes = Boxes(trace, "line")
    stops = Stops(trace)
    drawn = boxes.reserved(boxes.titled("formula"))
    start = boxes.at(drawn, trace.state(0), {})
    assert {box.title: box.rows for box in start}["z = w·x"] == ("v ?", "∇ ?")
    assert {box.title: box.rows for box in start}["x"] == ("v 3", "∇ ?")
    end = boxes.at(drawn, trace.state(stops.stop(len(stops)).last), {})
    assert {box.title: box.rows for box in end}["w"] == ("v 2", "∇ -12")


def test_boxes_keep_their_places_from_step_to_step():
    trace = traced(SHARED)
    boxes = Boxes(trace, "line")
    plan = plan_for(boxes, Room(120, 40), 0)
    widths = [(placed.x, placed.width) for placed in plan.layout.boxes]
    for index in range(len(trace.steps) + 1):
        for box, placed in zip(
            boxes.at(plan.boxes, trace.state(index), {}), plan.layout.boxes, strict=True
        ):
            assert len(box.title) + 4 <= placed.width
            assert all(len(row) + 4 <= placed.width for row in box.rows)
    assert widths == [(placed.x, placed.width) for placed in plan.layout.boxes]


def test_an_unreachable_adjoint_and_trouble_are_marked_without_colour():
    trace = traced("input x = -1\ninput u = 2\nloss L = log(x)")
    boxes = Boxes(trace, "line")
    rows = {
        box.title: box.rows
        for box in boxes.at(boxes.reserved(boxes.titled("name")), trace.state(len(trace.steps)), {})
    }
    assert rows["u"] == ("v 2", "∇ ·")
    assert rows["L"][0] == "v nan !"


def test_long_arrays_are_shown_by_their_shape():
    trace = traced("param W: 20x10 = he_normal(draw=1)\nloss L = sum(W^2)")
    assert "20×10" in short(trace.values[0])


def test_the_lectures_graphs_fit_a_small_terminal():
    for source in (REGRESSION, SHARED):
        plan = plan_for(Boxes(traced(source), "line"), Room(80, 14), 0)
        assert plan.fits(80, 14)


def test_a_large_graph_is_drawn_as_a_neighbourhood():
    lines = "\n".join(f"y{i} = y{i - 1} + 1" if i else "y0 = x" for i in range(MOST_BOXES + 20))
    boxes = Boxes(traced(f"input x = 1\n{lines}"), "line")
    plan = plan_for(boxes, Room(80, 20), boxes.keys[100])
    assert plan.holds(boxes.keys[100])
    assert not plan.holds(boxes.keys[50])
    assert len(plan.boxes) < 10
    assert boxes.keys[100] in plan.layout.placed


def test_edges_are_active_that_are_read_or_gathered():
    trace = traced(SHARED)
    boxes, stops, graph = Boxes(trace, "line"), Stops(trace), trace.graph
    z1, w1, yhat = graph.find("z1"), graph.find("w1"), graph.find("yhat")
    assert z1 is not None
    first = active_edges(boxes, stops.stop(stops.value_position(z1)))
    assert {edge[:2] for edge in first} == {(0, z1), (w1, z1)}
    assert active_edges(boxes, stops.stop(0)) == frozenset()
    assert w1 is not None
    gathered = active_edges(boxes, stops.stop(stops.adjoint_position(w1)))
    assert {edge[1] for edge in gathered} == {z1, yhat}


def test_one_pullback_is_one_active_edge():
    trace = traced("input x = 3\ny = x*x")
    boxes, stops = Boxes(trace, "edge"), Stops(trace, "edge")
    seen = [
        active_edges(boxes, stops.stop(k))
        for k in range(1, len(stops) + 1)
        if stops.stop(k).phase == "pullback"
    ]
    assert seen == [frozenset({(0, 1, 0)}), frozenset({(0, 1, 1)})]


def test_selection_goes_through_all_boxes_and_back():
    plan = plan_for(Boxes(traced(SHARED), "line"), Room(120, 40), 0)
    walk = [neighbour_box(plan.layout, None, 1)]
    while (following := neighbour_box(plan.layout, walk[-1], 1)) != walk[-1]:
        walk.append(following)
    assert sorted(key for key in walk if key is not None) == sorted(plan.layout.placed)
    for before, after in pairwise(walk):
        assert neighbour_box(plan.layout, after, -1) == before
    assert neighbour_box(layout([]), None, 1) is None


def test_the_chain_rule_has_a_line_per_consumer_and_the_sum():
    trace = traced(SHARED)
    w1 = trace.graph.find("w1")
    assert w1 is not None
    told = [line.text for line in node_lines(trace.state(len(trace.steps)), w1, "line")]
    assert "   dyhat/dyhat·∂yhat/∂w1 = 1·11 = 11" in told
    assert " + dyhat/dz1·∂z1/∂w1 = 8·1 = 8" in told
    assert " = 11 + 8 = 19" in told
    before = [line.text for line in node_lines(trace.state(0), w1, "line")]
    assert not any("19" in text or "11" in text for text in before)


def test_the_node_text_gives_the_partial_in_symbols_then_as_a_number():
    trace = traced(REGRESSION)
    L = trace.graph.find("L")
    assert L is not None
    end = [line.text for line in node_lines(trace.state(len(trace.steps)), L, "line")]
    assert "∂L/∂e = 2e = -4" in end
    start = [line.text for line in node_lines(trace.state(0), L, "line")]
    assert "∂L/∂e = 2e = ?" in start


def test_compact_lines_begin_with_value_and_chain_rule():
    trace = traced(REGRESSION)
    z = trace.graph.find("z")
    assert z is not None
    lines = compact_lines(node_lines(trace.state(len(trace.steps)), z, "line"))
    assert lines[0].text == "z = w·x   v = 6"
    assert lines[1].text == "dL/dz = dL/dyhat·∂yhat/∂z = -4·1 = -4"


def test_the_time_axis_marks_seed_cursor_and_breakpoints():
    text = "".join(cell.character for cell in time_cells(40, 3, 13, 5, [8]))
    assert len(text) == 40
    assert (text.count("●"), text.count("◆"), text.count("┼")) == (1, 1, 1)
    assert time_cells(0, 0, 0, 0, []) == []
    assert "".join(cell.character for cell in time_cells(5, 0, 0, 1, [])) == "●────"


def test_a_click_on_the_time_axis_finds_its_position():
    for count in (1, 5, 13, 100):
        for position in range(0, count + 1, max(1, count // 7)):
            assert (
                abs(position_of(place_of(position, count, 60), count, 60) - position) <= count / 60
            )


def test_every_stop_has_words():
    trace = traced(SHARED)
    for fold in ("line", "node", "edge"):
        stops = Stops(trace, fold)
        for k in range(len(stops) + 1):
            assert stop_text(trace, stops.stop(k), fold).caption


TWO_LAYERS = """input x = [1, 2]
input t = 1
param W = [0.5, -0.3; 0.2, 0.4]
param b = [0.1, 0]
param v = [0.6, -0.5]
param c = 0.2
z = W @ x + b
h = sigmoid(z)
s = v @ h + c
y = sigmoid(s)
loss L = (y - t)^2/2
"""
TWO_DENSE = """input x = [1, 2]
input t = 2
layer hidden = dense(3, act=relu)
layer out = dense(3)
z = out(hidden(x))
loss L = cross_entropy_with_logits(z, t)
"""


@pytest.mark.parametrize("source", [TWO_LAYERS, TWO_DENSE], ids=["arrays", "dense"])
@pytest.mark.parametrize("charset", ["unicode", "ascii"])
def test_a_network_of_two_layers_is_whole_in_a_wide_terminal(source: str, charset: str):
    """At 120x40 the graph has 78 columns and 29 rows; its second layer stands below the first."""
    boxes = Boxes(record(read_gg(source)), "line")
    plan = plan_for(boxes, Room(78, 29, charset), 0)
    assert plan.fits(78, 29)
    assert set(plan.layout.placed) == set(boxes.keys)
    assert plan.layout.size == "full"
    assert plan.unwrapped is not None
    assert plan.unwrapped.width > 78


def test_an_edited_matrix_tells_the_entries_that_changed():
    old, new = np.array([[0.5, -0.3], [0.2, 0.4]]), np.array([[0.5, 0.6], [0.2, 0.4]])
    assert changed_entries(old, new) == "[1,2] -0.3→0.6"
    assert changed_entries(old, old + 1) == "[1,1] 0.5→1.5 +3"
    assert changed_entries(old, old) == ""
