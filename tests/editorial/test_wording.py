"""Rules for the tables of fixed words."""

from __future__ import annotations

import re

import pytest

from chaitime_audio.editorial.languages.wording import languages, speaks, worded, wording


@pytest.mark.parametrize("code", languages())
def test_every_table_is_whole(code: str) -> None:
    """A language has every word that another has, nothing empty, and fills in the same values."""
    table = wording(code)
    assert set(table) == set(wording("de"))
    for english, own in table.items():
        assert own.strip()
        assert sorted(re.findall(r"{\w+}", own)) == sorted(re.findall(r"{\w+}", english)), english


def test_what_is_not_known_is_english() -> None:
    """A region is ignored; a language without a table, and a word no table has, stay English."""
    assert worded("Guest", "de-AT") == "Gast"
    assert worded("Guest", "xx") == worded("Guest", "../de") == "Guest"
    assert worded("never translated", "de") == "never translated"
    assert (speaks("en"), speaks("ja"), speaks("xx")) == (True, True, False)
