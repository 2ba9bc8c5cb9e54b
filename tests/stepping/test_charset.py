"""Which characters a terminal is drawn with."""

from __future__ import annotations

import pytest

from graphgrad.stepping.charset import charset_of


@pytest.mark.parametrize(
    ("encoding", "environment", "expected"),
    [
        ("utf-8", {}, "unicode"),
        ("UTF8", {"LANG": "es_ES.UTF-8"}, "unicode"),
        ("utf-8", {"LANG": "en_US.utf8", "LC_ALL": ""}, "unicode"),
        ("utf-8", {"LANG": "C", "LC_ALL": "C.UTF-8"}, "unicode"),
        ("utf-8", {"LANG": "C", "LC_CTYPE": "en_US.UTF-8"}, "unicode"),
        ("utf-8", {"LANG": "C.UTF-8"}, "unicode"),
        ("utf-8", {"LC_CTYPE": "UTF-8"}, "unicode"),  # the terminal of macOS
        ("utf-8", {"LC_CTYPE": "C.UTF-8"}, "unicode"),  # no locale, as in a container
        ("ascii", {}, "ascii"),
        ("iso8859-1", {"LANG": "es_ES"}, "ascii"),
        ("utf-8", {"LC_ALL": "C"}, "ascii"),
        ("utf-8", {"LANG": "C", "LC_CTYPE": "C.UTF-8"}, "ascii"),  # coerced by Python
        ("utf-8", {"LANG": "POSIX"}, "ascii"),
        ("utf-8", {"LANG": "es_ES.ISO-8859-15@euro"}, "ascii"),
    ],
)
def test_characters(encoding, environment, expected):
    assert charset_of(encoding, environment) == expected
