"""Templates: the show's own win, are sandboxed and escaped, and a broken one is named with its line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from example_episode import example, said

from chaitime_audio.errors import ConfigError
from chaitime_audio.formats import Templates, chosen, render_all, render_one


def put(folder: Path, name: str, text: str) -> Templates:
    (folder / name).write_text(text, encoding="utf-8")
    return Templates(folder)


def test_a_shows_own_template_wins(tmp_path: Path) -> None:
    """``transcript.md.j2`` in the show's folder replaces ours; the other formats stay as they are."""
    texts = render_all(example(), put(tmp_path, "transcript.md.j2", "Mine: {{ page.title }}"))
    assert texts["transcript.md"] == "Mine: Tom Ellery on dull baselines\n"
    assert texts["transcript.html"] == render_all(example(), Templates())["transcript.html"]


def test_a_template_may_extend_ours(tmp_path: Path) -> None:
    """A show changes one block and keeps the rest of the built-in template."""
    own = '{% extends "chaitime/transcript.md.j2" %}{% block note %}Edited by hand.{% endblock %}'
    text = render_all(example(), put(tmp_path, "transcript.md.j2", own))["transcript.md"]
    assert "Edited by hand." in text
    assert "transcribed by machine" not in text
    assert "**Maya Rao:** Welcome" in text


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("transcript.html", "&lt;b&gt; *x*"),
        ("transcript.md", r"&lt;b&gt; \*x\*"),
        ("transcript.txt", "<b> *x*"),
    ],
)
def test_everything_is_escaped_for_its_sink(tmp_path: Path, name: str, printed: str) -> None:
    """A template cannot forget to escape: the sink follows from its name."""
    templates = put(tmp_path, f"{name}.j2", "{{ page.title }}")
    assert render_all(said(example(), "<b> *x*"), templates)[name] == f"{printed}\n"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("one\n{% if %}\n", 2, "Expected an expression"),
        ("one\ntwo\n{{ page.titel }}", 3, "titel"),
        ("{{ page.title.__class__.__mro__ }}", 1, "unsafe"),
        ("{{ page.turns.append(1) }}", 1, "append"),
        ("\n{{ 1 / 0 }}", 2, "division"),
        ("\n\n{{ page.turns[99].name }}", 3, ""),
        ("{% include 'missing.j2' %}", 1, "missing.j2"),
        ("{% include '../../../etc/passwd' %}", 1, "passwd"),
        ("{{ 'x' | nofilter }}", 1, "nofilter"),
        ("{% for i in range(10000000) %}{% endfor %}", 1, "Range"),
    ],
)
def test_a_broken_template_is_named_with_its_line(tmp_path: Path, text: str, line: int, reason: str) -> None:
    """One sentence: which file, which line, what is wrong, how to mend it."""
    templates = put(tmp_path, "transcript.md.j2", text)
    with pytest.raises(ConfigError) as caught:
        render_all(example(), templates)
    message = str(caught.value)
    assert str(tmp_path / "transcript.md.j2") in message
    assert f"line {line}" in message
    assert reason in message
    assert "\n" not in message


def test_a_template_that_is_no_text(tmp_path: Path) -> None:
    """A file that is not UTF-8 is a bad template, not a traceback."""
    (tmp_path / "transcript.md.j2").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"transcript\.md\.j2"):
        render_all(example(), Templates(tmp_path))


MINE = """{#
# Who was there.
file = "{slug}.people.txt"
#}
{% for person in page.guests %}
{{ person.name }}
{% endfor %}
"""


def test_a_shows_own_format_is_a_template_alone(tmp_path: Path) -> None:
    """A template whose first comment names a file makes that file, without a line of Python."""
    templates = put(tmp_path, "people.txt.j2", MINE)
    assert render_all(example(), templates)["001-tom-ellery.people.txt"] == "Dr. Tom Ellery\n"
    assert list(render_one("people-txt", example(), templates)) == ["001-tom-ellery.people.txt"]
    assert "001-tom-ellery.people.txt" not in render_all(example(), Templates())


def test_a_format_of_the_show_may_wait_to_be_asked(tmp_path: Path) -> None:
    """``made = "on request"`` and ``needs`` say when there is a file."""
    asked = MINE.replace("#}", 'made = "on request"\nneeds = "keywords"\n#}')
    templates = put(tmp_path, "people.txt.j2", asked)
    assert "001-tom-ellery.people.txt" not in render_all(example(), templates)
    assert "people_txt" in chosen((), templates)
    assert "001-tom-ellery.people.txt" in render_all(example(), templates, asked={"people_txt"})
    bare = replace(example(), notes=replace(example().notes, keywords=()))
    assert render_one("people-txt", bare, templates) == {}


def test_a_format_may_run_by_the_recordings_clock(tmp_path: Path) -> None:
    """``clock = "source"`` prints the times of the recording, the default those of the MP3."""
    text = '{#\nfile = "times.txt"\nCLOCK#}\n{{ page.turns[1].start_ms }}'
    late = replace(example(), timeline=replace(example().timeline, intro_ms=5000))
    for clock, start in (("", "11000\n"), ('clock = "source"\n', "6000\n")):
        templates = put(tmp_path, "times.txt.j2", text.replace("CLOCK", clock))
        assert render_one("times-txt", late, templates)["times.txt"] == start


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.txt", 'file = "a.txt"\nmad = "always"', "“mad” is unknown; did you mean “made”?"),
        ("a.txt", 'file = "../a.txt"', "no name for a file in out/"),
        ("a.txt", 'file = "a.mp3"', "no name for a file in out/"),
        ("a.txt", 'file = "{title}.txt"', "only {slug} is filled in"),
        ("a.txt", "file = 3", "file must be a text"),
        ("a.txt", 'file = "a.txt"\nmade = "never"', "made must be “always” or “on request”"),
        ("a.txt", 'file = "a.txt"\nneeds = "turn"', "did you mean “turns”?"),
        ("a.txt", 'file = "a.txt', "first comment"),
        ("a.txt", 'name = "notes_feed"\nfile = "a.txt"', "already; give it another name"),
        ("a.txt", 'name = "vtt"\nfile = "a.txt"', "“vtt” is a format already"),
        ("a.md", 'file = "transcript.md"', "both make transcript.md"),
    ],
)
def test_a_comment_that_cannot_be_used_is_named(tmp_path: Path, name: str, text: str, reason: str) -> None:
    """One sentence: what is wrong in the first comment of which template."""
    templates = put(tmp_path, f"{name}.j2", f"{{#\n{text}\n#}}\nx")
    with pytest.raises(ConfigError) as caught:
        render_all(example(), templates)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("ending", "printed"),
    [
        ("json", '"<b> \\"x\\""'),
        ("yaml", '"<b> \\"x\\""'),
        ("csv", '"<b> ""x"""'),
        ("svg", "&lt;b&gt; &#34;x&#34;"),
        ("srt", '‹b› "x"'),
        ("vtt", '&lt;b&gt; "x"'),
    ],
)
def test_every_kind_of_file_has_its_escape(tmp_path: Path, ending: str, printed: str) -> None:
    """A show's own format is safe by its file's ending, whatever a title holds."""
    templates = put(tmp_path, f"mine.{ending}.j2", f'{{#\nfile = "mine.{ending}"\n#}}\n{{{{ page.title }}}}')
    assert render_all(said(example(), '<b> "x"'), templates)[f"mine.{ending}"] == f"{printed}\n"
