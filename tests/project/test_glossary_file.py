"""``config/glossary.toml`` and ``corrections.toml``: read strictly, errors that help."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chaitime_audio.domain.brief import Brief
from chaitime_audio.domain.people import Person
from chaitime_audio.errors import ConfigError
from chaitime_audio.pipeline.registry import Registry
from chaitime_audio.project.episode_file import read_brief
from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.project.glossary_file import read_glossary
from chaitime_audio.project.settings import EngineSettings, Settings


def written(folder: Path, text: str, name: str = "glossary.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_terms_are_read(tmp_path: Path) -> None:
    """All fields of a term arrive, and the show knows them."""
    text = (
        '[[terms]]\nspelling = "PyTorch"\nheard = ["pie torch"]\n'
        'link = "https://pytorch.org"\nkind = "project"'
    )
    (term,) = read_glossary(written(tmp_path, text))
    assert (term.spelling, term.heard, term.link, term.kind) == (
        "PyTorch",
        ("pie torch",),
        "https://pytorch.org",
        "project",
    )
    registry = Registry(Settings(), tmp_path)
    assert registry.show().glossary == (term,)


def test_a_recogniser_is_told_names_only_when_asked(tmp_path: Path) -> None:
    """Names told beforehand can cost whole sentences: by default none are, with `tell_names` all are."""
    written(tmp_path, '[[terms]]\nspelling = "PyTorch"')
    told = replace(Settings(), engines=EngineSettings(tell_names=True, model="tiny.en"))
    silent = replace(Settings(), engines=EngineSettings(model="tiny.en"))
    names = [
        _vocabulary(
            Registry(settings, tmp_path).transcriber(Brief(people=(Person("Maya Rao", "guest"),))).engine
        )
        for settings in (silent, told)
    ]
    assert names == [(), ("Maya Rao", "PyTorch")]


def _vocabulary(engine: Any) -> Any:
    return engine.vocabulary


def test_no_glossary_is_an_empty_one(tmp_path: Path) -> None:
    """Without the file, or without a configuration, there are no terms."""
    assert read_glossary(tmp_path) == read_glossary(None) == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[terms]]\nspeling = "x"', "did you mean “spelling”?"),
        ('[[terms]]\nspelling = "x"\nkind = "persn"', "did you mean “person”?"),
        ('[[terms]]\nspelling = "x"\nlink = "javascript:alert(1)"', "should begin with https://"),
        ('[[terms]]\nspelling = ""', "needs a spelling"),
        ('[[term]]\nspelling = "x"', "did you mean “terms”?"),
        (
            '[[terms]]\nspelling = "A1"\nheard = ["b"]\n[[terms]]\nspelling = "B"',
            "stands for “A1” and for “B”",
        ),
        ("[[terms]", "not valid TOML"),
    ],
)
def test_what_is_no_glossary_is_refused(tmp_path: Path, text: str, told: str) -> None:
    """One sentence names the file and what to write instead."""
    with pytest.raises(ConfigError, match=r"glossary\.toml") as caught:
        read_glossary(written(tmp_path, text))
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("correction", "told"),
    [
        ('fnd = "a"', "did you mean “find”?"),
        ('find = "a"', "“find” needs “replace” beside it"),
        ('border = "00:12"', "“border” needs “to” beside it"),
        ('border = "00:12"\nto = "00:13"\nreplace = "b"', "“replace” means nothing beside “border”"),
        ('find = "a"\nreplace = "b"\nbreak_at = "00:10"', "this has find and break_at"),
        ('author = "Tom"', "this has none of them"),
        ('merge = ["00:10"]', "merge needs a time of each voice"),
        ('drop = ["a", "b", "c"]', "drop takes one quote, or from and to"),
        ("break_at = 12", "must be a time in quotes"),
        ('find = "a"\nreplace = "b"\nat = "soon"', "“soon” is not a time"),
    ],
)
def test_a_correction_that_is_none_is_refused(tmp_path: Path, correction: str, told: str) -> None:
    """Every correction is of one kind, whole, and without what means nothing beside it."""
    written(tmp_path, f"[[corrections]]\n{correction}\n", "episode.toml")
    with pytest.raises(ConfigError, match=r"episode\.toml: corrections\[1\]") as caught:
        read_brief(EpisodeFolder(tmp_path))
    assert told in str(caught.value)


def test_reviewed_corrections_come_behind_the_human_s(tmp_path: Path) -> None:
    """``corrections.toml`` has the same shapes, and yields by coming second."""
    written(tmp_path, '[[corrections]]\nfind = "a"\nreplace = "b"\n', "episode.toml")
    written(
        tmp_path,
        '[[corrections]]\nid = "1"\nauthor = "Tom"\nfind = "a"\nreplace = "c"\nat = "01:02.5"\n',
        "corrections.toml",
    )
    first, second = read_brief(EpisodeFolder(tmp_path)).corrections
    assert first.replace == "b"
    assert (second.replace, second.author, second.at) == ("c", "Tom", 62_500)
    written(tmp_path, '[[correction]]\nfind = "a"', "corrections.toml")
    with pytest.raises(ConfigError, match=r"corrections\.toml.*did you mean “corrections”"):
        read_brief(EpisodeFolder(tmp_path))
