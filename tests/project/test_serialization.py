"""Values to text and back."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from chaitime_audio.domain.brief import Brief
from chaitime_audio.domain.people import Person
from chaitime_audio.domain.sound import SourceMs, span
from chaitime_audio.errors import ConfigError
from chaitime_audio.project import serialization

BRIEF = Brief(
    title="Tea – 世界",
    date=date(2026, 1, 2),
    published=datetime(2026, 1, 2, 6, tzinfo=UTC),
    people=(Person("Maya Rao", "host", at=(SourceMs(2100),)),),
    cuts=(span(0, 1500),),
)


def brief_of(text: str) -> Brief:
    return serialization.from_plain(Brief, tomllib.loads(text), "episode.toml")


def test_json_round_trip() -> None:
    """A value read back from its JSON equals the value."""
    assert serialization.from_json(Brief, serialization.to_json(BRIEF)) == BRIEF


def test_digest_tells_values_apart() -> None:
    """Equal values have equal digests, and a change of one character changes it."""
    assert serialization.digest(BRIEF) == serialization.digest(replace(BRIEF))
    assert serialization.digest(BRIEF) != serialization.digest(replace(BRIEF, title="Tea – 世畍"))


def test_toml_times_are_written_as_clock() -> None:
    """Times in TOML are clock strings and arrive as milliseconds."""
    brief = brief_of('cuts = [{ start = "01:02.5", end = "1:00:00" }]')
    assert brief.cuts == (span(62_500, 3_600_000),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('titel = "x"', "episode.toml: unknown setting “titel”; did you mean “title”?"),
        ('[[people]]\nnam = "A"', "episode.toml: people[1]: unknown setting “nam”; did you mean “name”?"),
        ('[[people]]\nname="A"\nrole="hst"', "people[1].role: “hst” is none of “host”, “guest”; did you"),
        ('[[people]]\nrole = "host"', "episode.toml: people[1].name is missing"),
        ('number = "3"', "episode.toml: number: “3” should be a whole number"),
        ("number = true", "episode.toml: number: “True” should be a whole number"),
        ('date = "2026-01-01"', "episode.toml: date: “2026-01-01” is not a date"),
        (
            "published = 2026-01-01",
            "“2026-01-01” is not a datetime; write it without quotes, like 2026-01-31T",
        ),
        ('cuts = [{ start = "x", end = "00:01" }]', "cuts[1].start: “x” is not a time; write it like 02:15"),
        ('cuts = [{ start = "00:03", end = "00:01" }]', "cuts[1]: span ends before it starts"),
    ],
)
def test_wrong_toml_is_refused_in_one_sentence(text: str, said: str) -> None:
    """A wrong value is named with file, place, and a suggestion or what is expected."""
    with pytest.raises(ConfigError) as caught:
        brief_of(text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_json_of_another_shape_is_refused() -> None:
    """Kept data with a field too many or of a wrong type never turns into a value."""
    for text in ('{"titel": "x"}', '{"number": "1"}', "[]", "{"):
        with pytest.raises(ValueError, match="not a Brief"):
            serialization.from_json(Brief, text)
