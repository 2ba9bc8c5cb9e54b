"""Say what a reader is, and hold what the rows of the table share."""

from __future__ import annotations

import atexit
import gc
import importlib
import pkgutil
import random
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import graphgrad
from graphgrad.autodiff.record import record
from graphgrad.source.gg import read_gg
from graphgrad.source.text import decode
from tests.architecture import measure
from tests.fuzz.mutate import mutated

__all__ = ["CORPUS", "REGRESSION", "ROOT", "SAMPLES", "Reader", "files", "folder", "input_of"]
__all__ += ["load_all", "placed", "regression", "seeds_of", "texts"]

ROOT = measure.ROOT
SAMPLES = ROOT / "samples"
CORPUS = Path(__file__).with_name("corpus")
REGRESSION = (SAMPLES / "linear_regression.gg").read_bytes()


class Reader(NamedTuple):
    """One row of the table.

    Attributes:
        name: of its folder in the corpus.
        read: reads bytes; may raise an error of ours, nothing else.
        seeds: inputs that are right, made when first needed.
        words: what it knows.
        seconds: of processor time that one input may take.
        share: how many inputs it gets, beside the others.
        draw: composes a new input, where a grammar says more than seeds do.
    """

    name: str
    read: Callable[[bytes], object]
    seeds: Callable[[], list[bytes]]
    words: list[str]
    seconds: float = 2.0
    share: float = 1.0
    draw: Callable[[random.Random], bytes] | None = None


def seeds_of(reader: Reader) -> list[bytes]:
    """Return the seeds of a reader, and what was found with it before."""
    found = sorted((CORPUS / reader.name).glob("*"))
    return reader.seeds() + [path.read_bytes() for path in found if path.name != "README"]


def input_of(reader: Reader, seeds: list[bytes], rng: random.Random) -> bytes:
    """Return an input that is nearly right; a composed one is left alone half of the time."""
    if reader.draw is None or rng.random() < 0.3:
        return mutated(seeds, rng, reader.words)
    drawn = reader.draw(rng)
    return drawn if rng.random() < 0.5 else mutated([drawn, *seeds[:1]], rng, reader.words)


@cache
def folder() -> Path:
    """Return a folder of this process, for readers that take a path."""
    made = Path(tempfile.mkdtemp(prefix="graphgrad-fuzz-"))  # below /dev nothing is written
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def placed(data: bytes, name: str) -> str:
    """Write an input into the folder and return its path."""
    place = folder() / name
    place.write_bytes(data)
    return str(place)


def files(pattern: str, top: Path = SAMPLES) -> Callable[[], list[bytes]]:
    """Return seeds that are files of the repository."""
    return lambda: [path.read_bytes() for path in sorted(top.glob(pattern))]


def texts(*found: str) -> Callable[[], list[bytes]]:
    """Return seeds that are written out."""
    return lambda: [text.encode() for text in found]


@cache
def regression():
    """Return the pass of the simplest sample."""
    return record(read_gg(decode(REGRESSION, "")))


def load_all() -> None:
    """Import everything, so that a process forked from this one has only its input to read."""
    for module in pkgutil.walk_packages(graphgrad.__path__, "graphgrad."):
        if not module.name.endswith("__main__"):
            _load(module.name)
    gc.collect()


def _load(name: str) -> None:
    """Import a module, unless it stands on a library that is an extra and not here."""
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("graphgrad"):
            raise
