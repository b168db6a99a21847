"""Every engine in its folder: it has its protocol's members, and options reach it from the settings."""

from __future__ import annotations

import dataclasses
import inspect
from typing import Any

import pytest

from chaitime_audio.domain.brief import Brief
from chaitime_audio.errors import ConfigError
from chaitime_audio.pipeline.registry import Registry
from chaitime_audio.project.discovery import load_module, module_names
from chaitime_audio.project.settings import EngineSettings, Settings
from chaitime_audio.recognition.activity import ActivityDetector
from chaitime_audio.recognition.asr import Transcriber
from chaitime_audio.recognition.diarization import Diarizer

PROTOCOLS = (ActivityDetector, Diarizer, Transcriber)
ENGINES = [(protocol, name) for protocol in PROTOCOLS for name in module_names(protocol.__module__)]


def members(protocol: Any) -> dict[str, Any]:
    functions = inspect.getmembers(protocol, inspect.isfunction)
    return {name: made for name, made in functions if not name.startswith("_")}


@pytest.mark.parametrize(("protocol", "name"), ENGINES, ids=lambda it: getattr(it, "__name__", it))
def test_an_engine_has_the_members_of_its_protocol(protocol: Any, name: str) -> None:
    """A frozen dataclass, made of nothing, a revision, and every method with the protocol's parameters."""
    engine = load_module(protocol.__module__, name).Engine
    for method, wanted in members(protocol).items():
        own = inspect.signature(getattr(engine, method)).parameters
        declared = inspect.signature(wanted).parameters
        assert len(own) == len(declared), method
        named = [name for name, it in declared.items() if it.kind is not it.POSITIONAL_ONLY]
        assert set(named) <= own.keys(), method
    made = engine()
    assert isinstance(engine.revision, int)
    assert all(isinstance(one, str) for one in made.model_names())
    assert engine.__dataclass_params__.frozen


def registry(name: str, **options: Any) -> Registry:
    return Registry(Settings(engines=EngineSettings(asr=name, asr_options=options)))


def test_an_option_of_its_own_reaches_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ``asr_options`` says fills the field of that name; another type, or name, is refused in a line."""

    @dataclasses.dataclass(frozen=True)
    class Engine:
        model: str = ""
        beams: int = 1
        revision = 1

        def receipt(self) -> dict[str, str]:
            return {"beams": str(self.beams)}

    monkeypatch.setattr(load_module(Transcriber.__module__, "standin"), "Engine", Engine)
    chosen = registry("standin", beams=5).transcriber(Brief())
    assert (chosen.engine.beams, chosen.options["beams"]) == (5, "5")  # type: ignore[attr-defined]
    with pytest.raises(ConfigError, match=r"asr_options \(standin\): beams: “five” should be a whole number"):
        registry("standin", beams="five").transcriber(Brief())
    with pytest.raises(ConfigError, match="no option “beam”; did you mean “beams”"):
        registry("standin", beam=5).transcriber(Brief())
    with pytest.raises(ConfigError, match="no option “model”"):
        registry("standin", model="x").transcriber(Brief())


def test_models_needed_are_what_engines_say() -> None:
    """A stand-in needs none; the default engines need the networks of all three kinds."""
    standins = EngineSettings(asr="standin", activity="standin", diarization="standin")
    assert Registry(Settings(engines=standins)).model_names() == ()
    assert Registry(Settings()).model_names() == ("whisper-base", "segmentation-3.0", "campplus")
