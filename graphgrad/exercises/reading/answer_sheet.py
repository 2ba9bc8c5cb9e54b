"""Read an answer sheet: one step per line, comments with #, a heading of ``word: value`` lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from graphgrad.errors import GraphgradError, LimitError, Place, SourceError
from graphgrad.exercises.reading.asked_words import (
    in_plain,
    in_signs,
    in_step,
    introduced,
    read_quantity,
    step_key,
    with_errors,
)
from graphgrad.exercises.reading.pieces import Piece, pieces
from graphgrad.exercises.reading.targets import Target
from graphgrad.exercises.reading.whole_lines import bare_answer, whole_lines, without_lead
from graphgrad.expr.decimals import Decimal, decimal_of
from graphgrad.expr.dialect import ANSWER
from graphgrad.expr.differentials import derivative_parts, unknown_name
from graphgrad.expr.items import Item, Remark
from graphgrad.expr.lenient import Reading, parse_answer, read_tokens
from graphgrad.expr.tokens import Token, check_rows, place_of
from graphgrad.expr.vocabulary import Vocabulary
from graphgrad.graph.graph import Table
from graphgrad.messages.catalogue import Worded

__all__ = ["Answer", "Link", "Sheet", "Target", "parse_target", "read_answer", "read_sheet"]

MOST_ANSWERS = 2_000
_MOST_LINKS = 12
_LONGEST_LINE = 20_000
_LABEL = re.compile(r"^\s*(?:[-*•]\s+|\(?(?:[0-9]{1,3}|[a-hA-H])[.)]\s+)")
_HEADING = re.compile(
    r"(ejercicio|exercise|variante|variant|alumno|alumna|student|nombre|name|fecha|date)\s*+:\s*+"
    r"([^:]*?)(?=(?:(?<!\s)\s++|(?<=\s))\w++\s*+:|(?<!\s)\s*+$|$)",
    re.IGNORECASE,
)
_WORDS = {"ejercicio": "exercise", "variante": "variant"} | dict.fromkeys(
    ("alumno", "alumna", "nombre", "name"), "student"
)
_ARROW = re.compile(r"(?<=[\w)\]}'])(?:(?<! ):(?= )|(?<= )?→|(?<= )?⇒)|(?<=\s)[→⇒](?=\s)")
_INDEXED = re.compile(
    r"[Σ∑∏∈]|\\in\b|_\s*\{\s*[\[(\]]|\bsum(?:a|atori[oa])?\b|_[a-z\d]|[\[({=]\s*[a-z]\s*=|\[\d\]|1\}?\s*[\^ᵀ⊤]|[1𝟙𝟏}e][_₀-₉]"
)
_TIGHT_ROWS = re.compile(
    r"=\s?\[(?=[^\]]{0,600}\d,[-−+\d])(?=[^\]]{0,600};)[-−+\d.,; ]{1,600}\]\s?\Z"
)
_OWN = re.compile(r"^\s*(?:let|sea|def|define|definimos)\s+\\?(?P<name>[^\W\d]\w*)\s*(?==)")
_NAMED = re.compile(r"[^\W\d]\w*")
"""What a student may give a meaning of their own."""


class Link(NamedTuple):
    """One part of a chain ``a = b = c``: how it is joined to what stands before it."""

    sign: str
    reading: Reading
    text: str


@dataclass(frozen=True)
class Answer:
    """One answered step.

    Attributes:
        line: its line in the file, from 1.
        text: the line without comment and label.
        target: what it answers; None where that could not be read.
        links: the parts of its right-hand side; for a claim the first is its left-hand side.
        remarks: how it was read.
        error: why it could not be read.
        scope: what it is about: empty, ``row 2`` of the data, or the ``mean`` or ``sum`` over it.
    """

    line: int
    text: str
    target: Target | None = None
    links: tuple[Link, ...] = ()
    remarks: tuple[Remark, ...] = ()
    error: GraphgradError | None = None
    scope: str = ""


@dataclass(frozen=True)
class Sheet:
    """A read answer sheet: its answers and what its heading says."""

    answers: tuple[Answer, ...]
    heading: dict[str, str] = field(default_factory=dict)
    decimal: Decimal = "auto"


def read_sheet(
    text: str, vocabulary: Vocabulary, decimal: Decimal = "auto", table: Table | None = None
) -> Sheet:
    """Return the answers of a sheet; a line that cannot be read is an answer with an error.

    Args:
        text: the sheet.
        vocabulary: the words of the exercise.
        decimal: how its decimals are written.
        table: the exercise's data, for sheets over several rows of it.

    Raises:
        LimitError: if there are more lines than any sheet has, or one is longer than any table's.
    """
    text = unicodedata.normalize("NFC", text.removeprefix("\ufeff"))
    lines = [line.split("#", 1)[0].rstrip() for line in text.splitlines()]
    for number, line in enumerate(lines, 1):
        if len(line) > _LONGEST_LINE:
            raise LimitError(
                "source.long_line", got=len(line), limit=_LONGEST_LINE, place=Place(number, 1, line)
            )
    lines = whole_lines(lines)
    if sum(map(bool, lines)) > MOST_ANSWERS:
        raise LimitError("answer.too_many", limit=MOST_ANSWERS)
    if decimal == "auto":
        decimal = decimal_of("\n".join(lines))
    heading = dict[str, str]()
    for number, line in enumerate(lines):
        found = None if "=" in line else _HEADING.findall(line)
        if found:
            heading |= {_WORDS.get(w.lower(), w.lower()): v.strip() for w, v in found}
            lines[number] = ""
    answers = []
    found = list(pieces(lines, _known(vocabulary), table))
    for place, piece in enumerate(found, 1):
        answer, vocabulary = _answer(piece, vocabulary, decimal, found[place:])
        answers.append(replace(answer, scope=piece.scope))
    if len(answers) > MOST_ANSWERS:
        raise LimitError("answer.too_many", limit=MOST_ANSWERS)
    return Sheet(tuple(answers), heading, decimal)


def _known(vocabulary: Vocabulary) -> Callable[[str], bool]:
    """Tell, by a function, whether a text names what can be answered."""
    in_updates = {key for key, _ in vocabulary.steps}

    def known(text: str) -> bool:
        name = without_lead(text, _is_word(vocabulary)).strip()
        return parse_target(name, vocabulary) is not None or step_key(name) in in_updates

    return known


def _is_word(vocabulary: Vocabulary) -> Callable[[str], bool]:
    """Tell, by a function, whether a word is a name or a function of the exercise."""
    return lambda word: vocabulary.name(word) is not None or vocabulary.function(word) is not None


def _answer(
    piece: Piece, vocabulary: Vocabulary, decimal: Decimal, behind: Sequence[Piece]
) -> tuple[Answer, Vocabulary]:
    """Return one answer, and the vocabulary with the name it may introduce for those behind it."""
    number, line, _ = piece
    label = _LABEL.match(line)
    given = text = line[label.end() if label else 0 :].strip().rstrip(";").rstrip()
    text, aside = bare_answer(text, _is_word(vocabulary), _known(vocabulary))
    text = in_plain(in_signs(text), vocabulary)
    if "=" not in text and "≈" not in text:
        text = _ARROW.sub("=", text, count=1)
    try:  # before spellings are looked for, over and over, in what will not be read
        check_rows(text, ANSWER.max_length)
    except LimitError as error:
        return _failed(Answer(number, given), error), vocabulary
    text = with_errors(in_step(with_indices(text, vocabulary), vocabulary), vocabulary)
    own = _OWN.match(text)
    if own is None:
        answer = replace(read_answer(text, vocabulary, decimal, number), text=given)
        if aside:
            remark = Remark("read.aside", {"got": aside})
            answer = replace(answer, remarks=(*answer.remarks, remark))
        own = introduced(text, answer.error, vocabulary, (one.text for one in behind))
        if own is None:
            return answer, vocabulary
    blank = Answer(number, text)
    try:
        if vocabulary.name(own["name"]) is not None:
            raise SourceError("answer.taken", got=own["name"], place=_whole(text))
        target = Target("own", own["name"])
        read = _linked(text, " " * own.end() + text[own.end() :], vocabulary, decimal)
        vocabulary = vocabulary.with_names([own["name"]])
        return replace(blank, target=target, links=read[1], remarks=read[2]), vocabulary
    except GraphgradError as error:
        return _failed(blank, error), vocabulary


def with_indices(text: str, vocabulary: Vocabulary) -> str:
    """Return an answer with its sums over an index as formulas are read."""
    tight = _TIGHT_ROWS.search(text)
    if tight is None and not _INDEXED.search(text):
        return text
    from graphgrad.exercises.reading.index_spellings import (  # few answers
        with_plain_indices,
        with_tight_rows,
    )

    text = with_plain_indices(text, vocabulary) if _INDEXED.search(text) else text
    return text if tight is None else with_tight_rows(text, vocabulary)


def read_answer(
    text: str, vocabulary: Vocabulary, decimal: Decimal = "auto", number: int = 1
) -> Answer:
    """Return one answer or claim, ``target = formula = formula``; what fails is its error."""
    blank = Answer(number, text)
    quantity = read_quantity(text, vocabulary)
    try:
        if quantity is not None:
            _, links, remarks = _linked(quantity.text, quantity.text, vocabulary, decimal)
            return replace(blank, target=quantity.target, links=links, remarks=remarks)
        first, links, remarks = _linked(text, text, vocabulary, decimal)
        target, links = _target(text, first, links, vocabulary)
        return replace(blank, target=target, links=links, remarks=remarks)
    except GraphgradError as error:
        return _failed(blank, error)


def parse_target(text: str, vocabulary: Vocabulary) -> Target | None:
    """Return what the left-hand side of an answer names; None where that is no step.

    >>> parse_target("dL/dw", Vocabulary(["L", "w"], []))
    Target(kind='derivative', name='L', wrt='w', entry=())
    """
    quantity = read_quantity(f"{text} = 0", vocabulary)
    if quantity is not None:
        return quantity.target
    try:
        tokens = read_tokens(text, vocabulary, "point", [])
        first = tokens[: next(iter(_joints(tokens)), None)]
        target, _ = _target(text, first, (), vocabulary)
    except GraphgradError:
        return None
    return None if target.kind == "claim" else target


def _failed(blank: Answer, error: GraphgradError) -> Answer:
    if error.place is not None:
        error.place = error.place._replace(line=blank.line)
    if error.message_id == "answer.unknown_name":
        name = str(error.fields["got"])
        if _NAMED.fullmatch(name):
            error.fields["way"] = Worded("answer.way.own", name=name)
    return replace(blank, error=error)


def _linked(
    shown: str, text: str, vocabulary: Vocabulary, decimal: Decimal
) -> tuple[list[Token], tuple[Link, ...], tuple[Remark, ...]]:
    """Return the tokens before the first =, and the formulas after each = or ≈."""
    remarks: list[Remark] = []
    tokens = read_tokens(text, vocabulary, decimal, remarks)
    signs = _joints(tokens)
    if not signs:
        raise SourceError("answer.no_equals", place=_whole(shown))
    if len(signs) > _MOST_LINKS:
        raise LimitError("answer.too_long", limit=_MOST_LINKS, place=_whole(shown))
    links = []
    for place, end in zip(signs, [*signs[1:], len(tokens)], strict=True):
        part = tokens[place + 1 : end]
        if not part:
            token = tokens[place]
            raise SourceError("answer.nothing", place=place_of(shown, token.start, token.end))
        reading = parse_answer(text, vocabulary, decimal, part)
        remarks += reading.remarks
        sign = "=" if tokens[place].value in ("=", "==") else "≈"
        links.append(Link(sign, reading, shown[part[0].start : part[-1].end]))
    first = [token for token in tokens[: signs[0]] if token.value != ":"]
    return first, tuple(links), tuple(remarks)


def _joints(tokens: list[Token]) -> list[int]:
    """Return where a chain is joined: at = and ≈ outside brackets."""
    depth, found = 0, []
    for place, token in enumerate(tokens):
        depth += (token.value in ("(", "[")) - (token.value in (")", "]"))
        if depth == 0 and token.value in ("=", "==", "≈"):
            found.append(place)
    return found


def _target(
    text: str, first: list[Token], links: tuple[Link, ...], vocabulary: Vocabulary
) -> tuple[Target, tuple[Link, ...]]:
    """Return what stands before the first =: a name, a derivative, an entry, or a formula."""
    if not first:
        raise SourceError("answer.no_name", place=_whole(text))
    _refuse_misspelt(text, first, vocabulary)
    reading = parse_answer(text, vocabulary, "point", first)
    items = reading.expression.items
    index = _index(items)
    if items[0].kind == "name" and (len(items) == 1 or index):
        parts = derivative_parts(items[0].value)
        if parts is not None:
            return Target("derivative", parts[0], parts[1], index), links
        if vocabulary.name(items[0].value) is not None:
            return Target("value", items[0].value, "", index), links
    name = text[first[0].start : first[-1].end]
    claimed = Link("", reading, name)
    return Target("claim", name), (claimed, *links)


def _refuse_misspelt(text: str, first: list[Token], vocabulary: Vocabulary) -> None:
    """Refuse a word that names no step, though it could be a product: ``zz``, ``L_w``."""
    word = text[first[0].start : first[-1].end]
    names = [token.value for token in first]
    single = len(first) > 1 and all(t.kind == "name" for t in first) and re.fullmatch(r"\w+", word)
    if single and ("_" in word or len(set(names)) < len(names)):
        raise unknown_name(text, Token("name", word, first[0].start, first[-1].end), vocabulary)


def _index(items: tuple[Item, ...]) -> tuple[int, ...]:
    """Return the subscript of ``W[1,2]``, () for anything else."""
    inner = items[1:-1]
    plain = len(items) > 2 and items[-1].kind == "index" and items[-1].arity == len(items) - 1
    if not plain or any(item.kind != "number" or not item.value.isdecimal() for item in inner):
        return ()
    return tuple(int(item.value) for item in inner)


def _whole(text: str) -> Place:
    return place_of(text, 0, max(1, len(text)))
