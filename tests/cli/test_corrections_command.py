"""``chaitime corrections``: decide, look, take back, from the outside; no engine runs."""

from __future__ import annotations

import json

from .conftest import Show
from .test_process import times_made


def test_a_decision_stands_in_the_texts_and_goes_again(show: Show) -> None:
    """What is added is written at once and says who decided it; undone, the texts are as they were."""
    show.run("process", show.tones(), "--guest", "Tom Ellery")
    facts, before = times_made(show.episode), (show.out / "transcript.md").read_text()
    code, out, err = show.run("corrections", "add", show.episode, 'find = "milk", replace = "ginger"')
    assert (code, err) == (0, "")
    assert "find milk, replace ginger" in out
    assert "ginger" in (show.out / "transcript.md").read_text()
    code, out, _ = show.run("corrections", "list", show.episode)
    assert "you" in out
    assert "c1" in out
    assert show.run("corrections", "undo", show.episode)[0] == 0
    assert (show.out / "transcript.md").read_text() == before
    assert show.run("corrections", "redo", show.episode)[0] == 0
    assert "ginger" in (show.out / "transcript.md").read_text()
    assert times_made(show.episode) == facts
    assert not list(show.out.glob("*.new"))


def test_one_decision_is_reverted_whatever_came_after(show: Show) -> None:
    """By its id; what was decided later stays."""
    show.run("process", show.tones())
    show.run("corrections", "add", show.episode, 'find = "milk", replace = "ginger"')
    show.run("corrections", "add", show.episode, 'find = "answer", replace = "reply"')
    assert show.run("corrections", "revert", show.episode, "c1")[0] == 0
    text = (show.out / "transcript.md").read_text()
    assert "milk" in text
    assert "reply" in text
    code, _, err = show.run("corrections", "revert", show.episode, "c1")
    assert (code, "there is no correction c1" in err) == (2, True)


def test_a_decision_that_comes_to_nothing_is_said_at_once(show: Show) -> None:
    """What episode.toml says goes first, and whoever decides otherwise is told so."""
    show.run("process", show.tones())
    brief = show.episode / "episode.toml"
    brief.write_text(brief.read_text() + '\n[[corrections]]\nfind = "milk"\nreplace = "lemon"\n')
    code, _, err = show.run("corrections", "add", show.episode, 'find = "milk", replace = "ginger"')
    assert code == 0
    assert "note: correction “milk” to “ginger” (by you) was not made" in err
    assert "lemon" in (show.out / "transcript.md").read_text()


def test_a_cut_says_what_has_to_be_made_again(show: Show) -> None:
    """The sound is slow to make: it is not begun unasked."""
    show.run("process", show.tones())
    code, _, err = show.run("corrections", "add", show.episode, 'cut = ["00:00.5", "00:01.5"]')
    assert code == 0
    assert "master has to be made again: chaitime process" in err
    assert show.run("process", show.episode)[0] == 0


def test_what_is_no_correction_is_refused_in_one_line(show: Show) -> None:
    """The line says what is wrong; nothing is written."""
    show.run("process", show.tones())
    for wrong in (
        "nonsense",
        'find = "a"',
        "foo = 1",
        'find = "a", replace = "b", give = "00:01"',
        "at = [[",
    ):
        code, _, err = show.run("corrections", "add", show.episode, wrong)
        assert code == 2, wrong
        assert len(err.strip().splitlines()) == 1, err
    assert not (show.episode / "corrections.toml").exists()
    assert show.run("corrections", "undo", show.episode)[0] == 2


def test_the_list_is_there_for_programs(show: Show) -> None:
    """JSON with the text before and after each decision."""
    show.run("process", show.tones())
    show.run("corrections", "add", show.episode, 'find = "milk", replace = "ginger"', "--author", "Ada")
    code, out, _ = show.run("corrections", "list", show.episode, "--json")
    found = json.loads(out)
    assert code == 0
    assert found["corrections"][0]["find"] == "milk"
    assert found["history"][0]["author"] == "Ada"
    assert 'find = "milk"' in found["history"][0]["after"]


def test_a_cut_makes_the_master_again_and_nothing_else(show: Show) -> None:
    """No engine listens for a cut, and the cut can be taken back."""
    show.run("process", show.tones())
    before = times_made(show.episode)
    show.run("corrections", "add", show.episode, 'cut = ["00:00.5", "00:01.5"]')
    assert show.run("process", show.episode)[0] == 0
    after = times_made(show.episode)
    assert {name for name in before if before[name] != after[name]} == {"master"}


def test_a_spelling_that_was_decided_goes_into_the_glossary(show: Show) -> None:
    """``glossary add --from`` takes all that it was heard as."""
    show.run("process", show.tones())
    show.run("corrections", "add", show.episode, 'spelling = "chai", heard = ["tea", "tee"]')
    assert show.run("glossary", "add", "chai", "--from", show.episode)[0] == 0
    assert 'heard = ["tea", "tee"]' in (show.folder / "config" / "glossary.toml").read_text()


def test_a_spelling_is_told_to_the_glossary_too(show: Show) -> None:
    """What is written so everywhere in one episode is offered to the others by the glossary."""
    show.run("process", show.tones())
    code, _, err = show.run("corrections", "add", show.episode, 'spelling = "Milch", heard = ["milk"]')
    assert code == 0
    assert "the glossary knows “Milch” now" in err
    assert 'spelling = "Milch"' in (show.folder / "config" / "glossary.toml").read_text()
    assert "Milch" in (show.out / "transcript.md").read_text()


def test_the_list_shows_the_text_before_and_after(show: Show) -> None:
    """Who decided what and when, and below it what that took out and put in, without JSON."""
    show.run("process", show.tones())
    show.run("corrections", "add", show.episode, 'find = "milk", replace = "ginger"')
    show.run("corrections", "undo", show.episode, "--author", "Ana")
    _, out, _ = show.run("corrections", "list", show.episode)
    lines = [line.strip() for line in out.splitlines()]
    assert lines[1:3] == ['+ find = "milk"', '+ replace = "ginger"']
    assert "Ana" in lines[3]
    assert lines[4:6] == ['- find = "milk"', '- replace = "ginger"']


def test_a_cut_by_quote_lies_in_the_quiet_and_makes_the_sound_alone_again(show: Show) -> None:
    """Its times are written with what was said there; the MP3 is to be made again, and nothing else is."""
    show.run("process", show.tones())
    before = times_made(show.episode)
    text = (show.out / "transcript.txt").read_text()
    quote = next(line for line in text.splitlines() if "milk" in line).split(": ")[-1].rstrip(".")
    code, _, err = show.run("corrections", "add", show.episode, "--cut", quote)
    assert code == 0, err
    assert "master has to be made again" in err
    written = (show.episode / "corrections.toml").read_text()
    assert "cut = [" in written
    assert "milk" in written.split("said = ")[1]
    assert show.run("process", show.episode)[0] == 0
    after = times_made(show.episode)
    assert {name for name in after if after[name] != before.get(name)} == {"master"}
    assert "milk" not in (show.out / "transcript.txt").read_text().split(quote)[0]
    for wrong in (("--cut", "never said"), ("--cut", "a", "--cut", "b", "--cut", "c"), ()):
        assert show.run("corrections", "add", show.episode, *wrong)[0] == 2


def test_a_decision_against_episode_toml_is_refused_at_once(show: Show) -> None:
    """What a person wrote there stands; whoever tries is told, and nothing is written."""
    show.run("process", show.tones(), "--guest", "Tom Ellery")
    with (show.episode / "episode.toml").open("a") as file:
        file.write('\n[[corrections]]\ngive = "00:03"\nspeaker = "Tom Ellery"\n')
    code, _, err = show.run("corrections", "add", show.episode, 'give = "00:03", speaker = "Maya Rao"')
    assert code == 2
    assert "episode.toml says otherwise (give 00:03.000, speaker Tom Ellery), change it there" in err
    assert not (show.episode / "corrections.toml").exists()


def test_what_was_made_for_other_words_is_named_when_the_words_change(show: Show) -> None:
    """After the transcript is another one, a turn given by time stays in the file and is not made."""
    show.run("process", show.tones(), "--guest", "Tom Ellery")
    code, _, err = show.run("corrections", "add", show.episode, 'give = "00:03", speaker = "Tom Ellery"')
    assert code == 0, err
    file = show.episode / "corrections.toml"
    text = file.read_text()
    assert "said = " in text
    said = text.split('said = "')[1].split('"')[0]
    file.write_text(text.replace(said, "Something else was heard when I decided"))
    _, out, err = show.run("process", show.episode)
    assert "it was made for “Something else was heard when I decided”" in out + err
