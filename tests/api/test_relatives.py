"""Near relatives of the calls and files that once failed: what comes of them, as recorded."""

from __future__ import annotations

import json

import pytest

from graphgrad.errors import GraphgradError
from tests.api.relatives import DATA, OUTCOMES, PYTHONS_OWN, calls, files, of_call, table


def test_the_outcomes_are_as_they_were_recorded() -> None:
    assert list(table()) == OUTCOMES.read_text("utf-8").splitlines()
    assert len(calls()) > 250
    assert len(files()) > 140


@pytest.mark.parametrize("call", calls())
def test_a_call_gives_a_value_or_is_refused_in_our_words(call: str) -> None:
    came = of_call(call)
    if came.startswith("bare "):
        assert came.removeprefix("bare ") in PYTHONS_OWN


@pytest.mark.parametrize("text", files())
def test_a_file_runs_or_is_refused_with_its_place(text: str) -> None:
    import graphgrad as gg

    try:
        gg.parse(text)
    except GraphgradError as error:
        for language in ("en", "es"):
            said = error.text(language)
            assert said.count("\n") < 4
            assert "but ." not in said


def test_each_input_that_once_failed_is_among_them() -> None:
    """The inputs were written by people: their kinds are counted, not their words."""
    cases = json.loads((DATA / "open.json").read_text("utf-8"))
    assert len(cases) == 54
    verbs = {case["input"] for case in cases if case["kind"].startswith("verb called")}
    known = {call.replace(" ", "") for call in calls()}
    missing = {
        verb
        for verb in verbs
        if not any(call.startswith(verb.partition("(")[0] + "(") for call in known)
    }
    assert missing == set()
