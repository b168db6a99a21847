"""``chaitime import`` and ``chaitime glossary`` from the outside: what is shown, written and left."""

from __future__ import annotations

import tomllib

import pytest

from .conftest import Show
from .test_process import times_made


@pytest.fixture
def made(show: Show) -> Show:
    """An episode of four turns."""
    show.run("process", show.tones(seconds=24), "--guest", "Tom Ellery")
    return show


def corrections(show: Show) -> list[dict[str, object]]:
    """What stands in corrections.toml."""
    path = show.episode / "corrections.toml"
    return tomllib.loads(path.read_text())["corrections"] if path.exists() else []


def edited(show: Show, name: str, old: str, new: str) -> str:
    """A copy of a file of out/, edited."""
    text = (show.out / name).read_text(encoding="utf-8")
    assert old in text
    (show.folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return name


def test_every_file_of_ours_imports_to_nothing(made: Show) -> None:
    """Nothing is written, nothing listed, exit code 0."""
    slug = made.episode.name
    for name in (f"{slug}.vtt", f"{slug}.srt", f"{slug}.transcript.json", "transcript.md", "transcript.txt"):
        code, out, err = made.run("import", made.episode, made.out / name)
        assert (code, out) == (0, ""), name
        assert err == "nothing differs; there is nothing to take over\n", name
    assert corrections(made) == []


def test_a_dry_run_shows_and_writes_nothing_and_an_import_writes(made: Show) -> None:
    """Corrections have id, author and time; the texts are written again; no engine runs."""
    facts, name = times_made(made.episode), edited(made, f"{made.episode.name}.vtt", "milk", "honey")
    code, out, err = made.run("import", made.episode, name, "--dry-run")
    assert code == 0
    assert "words: 1" in out
    assert "“milk" in out
    assert "nothing was written" in err
    assert corrections(made) == []
    assert made.run("import", made.episode, name)[0] == 0
    (kept,) = corrections(made)
    assert kept["author"] == f"import {name}"
    assert kept["id"]
    assert kept["at"]
    assert "honey" in (made.out / "transcript.md").read_text()
    assert times_made(made.episode) == facts
    assert "nothing differs" in made.run("import", made.episode, name)[2]


def test_a_name_is_changed_only_when_asked(made: Show) -> None:
    """It is offered; with --rename it goes into episode.toml."""
    slug = made.episode.name
    text = (made.out / f"{slug}.vtt").read_text().replace("Tom Ellery", "Thomas Ellery")
    (made.folder / "talk.vtt").write_text(text)
    code, _, err = made.run("import", made.episode, "talk.vtt")
    assert code == 0
    assert "Tom Ellery is called in the file (--rename takes that over): Thomas Ellery" in err
    assert "Thomas" not in (made.out / f"{slug}.vtt").read_text()
    assert made.run("import", made.episode, "talk.vtt", "--rename")[0] == 0
    assert "Thomas Ellery" in (made.out / f"{slug}.vtt").read_text()


def test_a_transcript_of_another_episode_is_refused(made: Show) -> None:
    """In one line, with how alike it is; exit code 3."""
    words = " ".join(f"Nobody mentioned tortoise number {at} before lunch." for at in range(60))
    (made.folder / "other.txt").write_text(f"Maya Rao: {words}\n")
    code, _, err = made.run("import", made.episode, "other.txt")
    assert code == 3
    assert "% of its words are ours" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("only", ["word", "", "words,voices"])
def test_kinds_that_do_not_exist_are_a_mistake_of_use(made: Show, only: str) -> None:
    """They are named with those that do."""
    code, _, err = made.run("import", made.episode, made.out / "transcript.md", "--only", only)
    assert code == 2
    assert "speakers" in err


def test_the_glossary_learns_and_older_episodes_are_asked_about(made: Show) -> None:
    """A comment stays; a dry run shows; without a terminal --yes is needed; then the texts are written."""
    path = made.folder / "config" / "glossary.toml"
    path.write_text('# ours\n[[terms]]\nspelling = "Assam"  # the strong one\n', encoding="utf-8")
    accepted = made.episode / "corrections.toml"
    accepted.write_text('[[corrections]]\nfind = "tea"\nreplace = "Darjeeling"\nat = "00:01"\n')
    link = "https://example.org/d"
    code, out, _ = made.run("glossary", "add", "Darjeeling", "--from", made.episode, "--link", link)
    assert (code, out) == (0, f"added: Darjeeling · heard as tea · {link}\n")
    accepted.unlink()
    text = path.read_text(encoding="utf-8")
    assert text.startswith('# ours\n[[terms]]\nspelling = "Assam"  # the strong one\n')
    assert made.run("glossary", "list")[1] == f"Assam\nDarjeeling · heard as tea · {link}\n"
    before = (made.out / "transcript.md").read_text()
    code, out, err = made.run("glossary", "apply", made.folder / "episodes", "--dry-run")
    assert code == 0
    assert "“tea" in out
    assert "Darjeeling" in out
    assert "1 episodes would change" in err
    assert made.run("glossary", "apply", made.folder / "episodes")[0] == 2
    assert (made.out / "transcript.md").read_text() == before
    assert made.run("glossary", "apply", made.folder / "episodes", "--yes")[0] == 0
    assert "Darjeeling" in (made.out / "transcript.md").read_text()
    assert "0 episodes" in made.run("glossary", "apply", made.folder / "episodes", "--dry-run")[2]


def test_a_new_spelling_hears_the_old_one(show: Show) -> None:
    """The old spelling and what was there are shown; a spelling of two terms is refused, nothing written."""
    assert show.run("glossary", "add", "Darjeling", "--kind", "term")[0] == 0
    code, out, _ = show.run("glossary", "add", "Darjeeling", "--instead-of", "Darjeling")
    assert (code, out) == (0, "was: Darjeling (term)\n")
    assert show.run("glossary", "list")[1] == "Darjeeling (term) · heard as Darjeling\n"
    text = (show.folder / "config" / "glossary.toml").read_text()
    code, _, err = show.run("glossary", "add", "Assam", "--heard", "Darjeling")
    assert code == 2
    assert "stands for" in err
    assert show.run("glossary", "add", "X", "--instead-of", "Darjeelin")[0] == 2
    assert show.run("glossary", "add", "...")[0] == 2
    assert (show.folder / "config" / "glossary.toml").read_text() == text


def test_an_older_export_takes_nothing_back_that_was_decided_since(made: Show) -> None:
    """Export, correct, import: what the editor changed comes in, what was corrected since stays."""
    slug = made.episode.name
    name = edited(made, f"{slug}.vtt", "milk", "honey")
    for word in ("answer", "tea", "question"):
        assert made.run("corrections", "add", made.episode, f'find = "{word}", replace = "x{word}"')[0] == 0
    code, out, err = made.run("import", made.episode, name)
    assert code == 0
    assert "words: 1" in out
    assert "the file was made before the last 3 decisions, which stand" in err
    text = (made.out / "transcript.txt").read_text()
    assert "honey" in text
    assert "xanswer" in text


def test_where_both_changed_a_place_what_was_decided_since_stands_and_is_listed(made: Show) -> None:
    """A conflict is named with both, nothing is overwritten; --now lays the file beside today's text."""
    slug = made.episode.name
    name = edited(made, f"{slug}.vtt", "milk", "honey")
    made.run("corrections", "add", made.episode, 'find = "milk", replace = "ginger"')
    code, _, err = made.run("import", made.episode, name, "--dry-run")
    assert code == 0
    assert "not placed: decided otherwise since the file was made: correction “milk" in err
    _, out, _ = made.run("import", made.episode, name, "--now", "--dry-run")
    assert "ginger" in out
    assert "honey" in out


def test_a_rename_is_a_change_of_the_journal(made: Show) -> None:
    """So that undo takes it back, byte for byte."""
    slug, before = made.episode.name, (made.episode / "episode.toml").read_bytes()
    text = (made.out / f"{slug}.vtt").read_text().replace("Tom Ellery", "Thomas Ellery")
    (made.folder / "talk.vtt").write_text(text)
    assert made.run("import", made.episode, "talk.vtt", "--rename")[0] == 0
    assert "Thomas Ellery" in (made.episode / "episode.toml").read_text()
    assert "import talk.vtt" in made.run("corrections", "list", made.episode)[1]
    assert made.run("corrections", "undo", made.episode)[0] == 0
    assert (made.episode / "episode.toml").read_bytes() == before
    assert "Tom Ellery" in (made.out / "transcript.txt").read_text()
