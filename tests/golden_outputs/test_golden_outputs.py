"""What graphgrad prints, writes and draws is what it was when somebody last looked at it.

After a wished change look at the difference (`record.py` says how), then rewrite the digests::

    python -m tests.golden_outputs.record FOLDER --digests
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.golden_outputs.record import DIGESTS, digests, record

QUICK = "sample/colah/"


def recorded() -> dict[str, str]:
    return json.loads(DIGESTS.read_text("utf-8"))


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="a case needs os.fork")


def differences(found: dict[str, str], expected: dict[str, str]) -> list[str]:
    return sorted(k for k in found.keys() | expected.keys() if found.get(k) != expected.get(k))


@needs_fork
def test_one_sample_prints_writes_and_draws_what_it_did(tmp_path: Path) -> None:
    record(tmp_path, QUICK)
    expected = {path: digest for path, digest in recorded().items() if QUICK in path}
    assert len(expected) > 50
    assert differences(digests(tmp_path), expected) == []


@needs_fork
@pytest.mark.slow
def test_every_sample_prints_writes_and_draws_what_it_did(tmp_path: Path) -> None:
    record(tmp_path)
    assert differences(digests(tmp_path), recorded()) == []
