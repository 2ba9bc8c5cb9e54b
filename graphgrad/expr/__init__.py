"""Read formulas: one tokenizer and one Pratt parser, with dialects, into postfix items."""

from graphgrad.expr.dialect import ANSWER, COMMA, STRICT, Dialect
from graphgrad.expr.items import Expression, Item
from graphgrad.expr.parser import parse, parse_tokens
from graphgrad.expr.tokens import Token, tokenize

__all__ = [
    "ANSWER",
    "COMMA",
    "STRICT",
    "Dialect",
    "Expression",
    "Item",
    "Token",
    "parse",
    "parse_tokens",
    "tokenize",
]
