"""Graphs drawn in the character cells of a terminal."""

from graphgrad.views.cells.layout import layout
from graphgrad.views.cells.model import CellBox, CellLayout, Charset, PlacedBox, Size
from graphgrad.views.cells.paint import CellPicture, paint
