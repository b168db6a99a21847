"""What ``--json`` prints is what docs/schema/ says: every command that reports, on real output."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from chaitime_audio.cli.json_output import SCHEMA
from chaitime_audio.project.settings import example
from chaitime_audio.project.settings_schema import settings_schema

from .conftest import Show

HOME = Path(__file__).parents[2] / "docs" / "schema"
NAMES = sorted(path.stem for path in HOME.glob("*.json"))


def strict(schema: Any) -> Any:
    """The schema with no fields but those it describes: for a reader more are fine, for us they are not."""
    if isinstance(schema, list):
        return [strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    inside = {key: strict(value) for key, value in schema.items()}
    return {**inside, "additionalProperties": False} if isinstance(schema.get("properties"), dict) else inside


def schema_of(name: str) -> Any:
    return json.loads((HOME / f"{name}.json").read_text(encoding="utf-8"))


def hold(name: str, data: Any) -> Any:
    """Fail unless the data is as the schema says, no field more or less."""
    problems = [
        f"{problem.json_path}: {problem.message}"
        for problem in Draft202012Validator(strict(schema_of(name))).iter_errors(data)
    ]
    assert not problems, f"{name}: {problems}"
    return data


@pytest.fixture
def made(show: Show) -> Show:
    """A show with one episode, a glossary, a correction, and a talk that is no episode yet."""
    with (show.folder / "config" / "chaitime.toml").open("a", encoding="utf-8") as config:
        config.write('[publish]\ntargets = { www = "www" }\n')
    terms = '[[terms]]\nspelling = "Chai"\nheard = ["tea"]\n'
    (show.folder / "config" / "glossary.toml").write_text(terms)
    assert show.run("process", show.tones(), "--guest", "Tom Ellery", "-q")[0] == 0
    assert show.run("corrections", "add", show.episode, 'find = "milk", replace = "lemon"')[0] == 0
    return show


@pytest.mark.pure
@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_a_schema_with_a_version(name: str) -> None:
    """Each is one by its dialect, says what it is of, and carries the number that its output does."""
    schema = schema_of(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:chaitime:{name}:{SCHEMA}"
    assert schema["title"] == name
    assert schema["description"]


def test_every_report_is_as_its_schema_says(made: Show) -> None:
    """One JSON document on stdout for each command, no more and no less than the schema has."""
    show, held = made, set[str]()
    (show.folder / "theirs.md").write_text((show.out / "transcript.md").read_text().replace("tea", "cocoa"))
    asked = (
        ("process", "process", show.episode),
        ("check", "check", show.episode),
        ("score", "score", show.episode, "--against", show.folder / "theirs.md"),
        ("queue", "queue", show.episode),
        ("speakers", "speakers", show.episode),
        ("export", "export", "labels", show.episode),
        ("corrections", "corrections", "list", show.episode),
        ("config", "config", "show", show.episode),
        ("doctor", "doctor"),
        ("models-list", "models", "list"),
        ("models-verify", "models", "verify"),
        ("voices", "voices", "list"),
        ("glossary", "glossary", "list"),
        ("glossary-apply", "glossary", "apply", show.folder, "--dry-run"),
        ("render", "render", show.episode),
        ("report", "report", show.episode),
        ("feed", "feed", "episodes", "--base-url", "https://tea.example"),
        ("publish", "publish", "site", "--to", "www", "--dry-run"),
        ("import", "import", show.episode, show.folder / "theirs.md", "--dry-run"),
        ("relisten", "relisten", show.episode),
        ("trust", "trust"),
        ("plugins", "plugins"),
    )
    for name, *arguments in asked:
        code, out, problem = show.run(*arguments, "--json")
        assert code in (0, 4, 7), problem
        hold(name, json.loads(out))
        held.add(name)
    (show.episode / "facts" / "transcript.json").write_text("{}")
    for name in ("status", "fsck"):
        for line in show.run(name, show.folder, "--json")[1].splitlines():
            hold(name, json.loads(line))
    assert {*held, "status", "fsck", "progress", "batch-report"} == set(NAMES)


def test_what_is_heard_again_is_told(made: Show) -> None:
    """The passage, whether anything was heard, and each change with its time; then the list of them."""
    code, out, problem = made.run("relisten", made.episode, "0:00-0:06", "--model", "tiny.en", "--json")
    assert code == 0, problem
    (passage,) = hold("relisten", json.loads(out))["passages"]
    assert (passage["start_ms"], passage["end_ms"]) == (0, 6000)
    (listed,) = hold("relisten", json.loads(made.run("relisten", made.episode, "--json")[1]))["passages"]
    assert (listed["model"], listed["applies"]) == ("tiny.en", True)


def test_progress_of_one_run_is_lines_on_stderr(show: Show) -> None:
    """``--progress json``: every line is an event, stages begin and end, stdout has the result alone."""
    code, out, err = show.run("process", show.tones(), "--progress", "json", "--json")
    assert code == 0
    hold("process", json.loads(out))
    events = [hold("progress", json.loads(line)) for line in err.splitlines()]
    moved = [event for event in events if event["event"] == "moved"]
    assert {event["path"] for event in moved} == {str(show.episode)}
    for stage in ("transcript", "master"):
        states = [event["state"] for event in moved if event["stage"] == stage]
        assert (states[0], states[-1]) == ("started", "done")


def test_progress_of_a_batch_is_the_same_lines(show: Show) -> None:
    """On stderr with ``--progress json``, on stdout with ``--json``; batch-report.json has a schema, too."""
    show.tones("one.wav")
    code, out, err = show.run("batch", show.folder, "--progress", "json", "--jobs", "1")
    assert code == 0
    lines = [line for line in err.splitlines() if line.startswith("{")]
    kinds = [hold("progress", json.loads(line))["event"] for line in lines]
    assert (kinds[0], kinds[1], kinds[-1]) == ("planned", "begun", "ended")
    assert "one" in out
    hold("batch-report", json.loads((show.folder / "episodes" / "batch-report.json").read_text()))
    again = show.run("batch", show.folder, "--json")[1].splitlines()
    assert [hold("progress", json.loads(line))["event"] for line in again] == ["planned", "ended"]


@pytest.mark.pure
def test_the_schema_of_settings_is_made_of_them() -> None:
    """Every setting is in it with its sentence; a whole configuration passes, and what is none does not."""
    schema = settings_schema()
    Draft202012Validator.check_schema(schema)
    hold_settings = Draft202012Validator(schema)
    values = {
        "show": {"links": ({"title": "Site", "url": "https://tea.example"},), "ai_content": True},
        "engines": {"asr_options": {"phrase": "x"}, "quality": "good", "prefer": ("a:b",)},
        "audio": {"target_lufs": -14.0, "extra_formats": ("m4a",)},
    }
    assert not list(hold_settings.iter_errors(tomllib.loads(example(values))))
    for wrong in ({"shwo": {}}, {"text": {"clean": "tidy"}}, {"audio": {"denoise": True}}):
        assert list(hold_settings.iter_errors(wrong)), wrong
    for section in schema["properties"].values():
        assert all(one["description"] for one in section["properties"].values())


def test_config_schema_prints_it(show: Show) -> None:
    """On stdout, as JSON, to be put into a file."""
    code, out, _ = show.run("config", "schema")
    assert (code, json.loads(out)) == (0, settings_schema())
