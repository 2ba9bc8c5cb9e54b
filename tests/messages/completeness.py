"""List what each further language still tells in English.

    python -m tests.messages.completeness [CODE [AREA]]

An area is a module of `graphgrad.messages`; without one, each language is counted by area. `faults`
are what no language may have; a missing id is none, it is told in English.
"""

from __future__ import annotations

import string
import sys
from collections.abc import Iterator

from graphgrad.messages.catalogue import AREAS, LANGUAGES, catalogue, ids_of
from graphgrad.messages.languages.record import Language, language_record

__all__ = ["areas", "faults", "fields", "missing", "report"]


def fields(wording: str) -> set[str]:
    """Return the names of the fields of a wording."""
    return {
        name.split(".")[0].split("[")[0]
        for _, name, _, _ in string.Formatter().parse(wording)
        if name
    }


def missing(language: Language) -> list[str]:
    """Return the ids that a language does not word."""
    worded = language.messages or catalogue()
    return [key for key in catalogue() if key not in worded]


def faults(language: Language, module: str) -> list[str]:
    """Return what is wrong with a language, one line each.

    Args:
        language: the record.
        module: the name of its module, which must be its code.
    """
    loud = [start for start in language.locales if start != start.lower()]
    found = [f"{start!r}: not in small letters" for start in loud]
    if module != language.code:
        found.append(f"{module}: its code is {language.code!r}")
    for key, wording in language.messages.items():
        english = catalogue().get(key, ("",))[0]
        has, wanted = sorted(fields(wording)), sorted(fields(english))
        if key not in catalogue():
            found.append(f"{key}: no such id")
        elif has != wanted:
            found.append(f"{key}: has {has}, not {wanted}")
        elif bool(wording) != bool(english):
            found.append(f"{key}: only one of it and the English is empty")
    return found


def areas() -> dict[str, list[str]]:
    """Return the ids of each area of the catalogue."""
    return {area.rpartition(".")[2]: list(ids_of(area)) for area in AREAS}


def report(code: str, area: str = "") -> Iterator[str]:
    """Yield the faults of a language and what it lacks, counted by area, or one area's ids."""
    language = language_record(code)
    lacking = set(missing(language))
    yield f"{code} ({language.name}): {len(catalogue()) - len(lacking)} of {len(catalogue())} ids"
    yield from (f"  FAULT {line}" for line in faults(language, code))
    for name, ids in areas().items():
        absent = [key for key in ids if key in lacking]
        if not area and absent:
            yield f"  {name}: {len(absent)} of {len(ids)} missing"
        elif area == name:
            yield from (f"  {key}: {catalogue()[key][0]}" for key in absent)


def main() -> None:
    """Print the report of one language, or of all."""
    code, area = [*sys.argv[1:], "", ""][:2]
    for known in [code] if code else LANGUAGES:
        sys.stdout.writelines(f"{line}\n" for line in report(known, area))


if __name__ == "__main__":
    main()
