"""Templates: the show's own win, are sandboxed and escaped, and a broken one is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_episode import example, said

from chaitime_audio.errors import ConfigError
from chaitime_audio.formats import Templates, render_all


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
