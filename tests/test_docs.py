"""Check the reference in docs/: its examples run, its tables are those of the program.

Tables between ``<!-- table: NAME -->`` and the next blank line are generated; regenerate them by
``UPDATE_DOCS=1 python -m pytest tests/test_docs.py``. Where a page words a table's last column
itself (in Spanish, say), that wording is kept.
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple, get_args

import numpy as np
import pytest

from graphgrad import errors
from graphgrad.api import PUBLIC
from graphgrad.autodiff.record import record
from graphgrad.exercises import answers, check
from graphgrad.expr import ANSWER, STRICT, juxtaposed, lenient
from graphgrad.expr import decimals as answer_numbers
from graphgrad.graph import check_graph
from graphgrad.graph.graph import Graph
from graphgrad.messages import catalogue
from graphgrad.nn import INITIAL_VALUES
from graphgrad.ops import ROWS, Infix, Leaf, Prefix, Row, Setting, remove_row
from graphgrad.source import load, lower, numbers, read_gg, text
from graphgrad.source.statements import KEYWORDS
