"""Graphs drawn in the character cells of a terminal."""

from graphgrad.views.cells.layout import layout
from graphgrad.views.cells.model import CellBox
from graphgrad.views.cells.paint import paint
