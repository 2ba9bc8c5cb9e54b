"""What was found once stays mended; and a minute of new inputs, by readers in turn."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.outcome import tried
from tests.fuzz.reader import CORPUS, Reader, input_of, seeds_of
from tests.fuzz.readers import READERS

SECONDS = 20.0
FOUND = sorted(path for path in CORPUS.glob("*/*") if path.is_file())
BY_NAME = {reader.name: reader for reader in READERS}


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}-{path.name[:8]}")
def test_what_was_found_stays_mended(path) -> None:
    found = tried(BY_NAME[path.parent.name], path.read_bytes())
    assert found is None or found.kind == "time", found  # of a busy machine no time is asserted


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_seeds_are_read_without_a_finding(reader: Reader) -> None:
    for data in reader.seeds():
        found = tried(reader, data)
        assert found is None or found.kind == "time", found


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_inputs_that_are_nearly_right(reader: Reader) -> None:
    rng, seeds = random.Random(11), seeds_of(reader)
    end = time.monotonic() + SECONDS / len(READERS)
    while time.monotonic() < end:
        data = input_of(reader, seeds, rng)
        found = tried(reader, data)
        assert found is None or found.kind == "time", (found, data[:2000])


LIGHT = [reader for reader in READERS if reader.name in ("frame", "roster", "csv", "keymap")]


@pytest.mark.parametrize("reader", LIGHT, ids=lambda reader: reader.name)
def test_any_bytes_at_all(reader: Reader) -> None:
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.binary(max_size=300)
        | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
    )
    def any_bytes(data: bytes) -> None:
        assert tried(reader, data) is None

    any_bytes()
