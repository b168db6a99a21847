"""Quality stands for a model by the machine, and an episode keeps the one it was made with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chaitime_audio.domain.brief import Brief
from chaitime_audio.pipeline.registry import Registry
from chaitime_audio.project.settings import EngineSettings, Quality, Settings
from chaitime_audio.recognition.model_choice import GIGABYTE, MODELS, Machine, model_for

SMALL = Machine(gpu=False, cores=2, memory_bytes=2 * GIGABYTE)
LAPTOP = Machine(gpu=False, cores=4, memory_bytes=16 * GIGABYTE)
TOWER = Machine(gpu=False, cores=16, memory_bytes=64 * GIGABYTE)
GPU = Machine(gpu=True, cores=2, memory_bytes=8 * GIGABYTE)


@pytest.mark.parametrize(
    ("quality", "machine", "model"),
    [
        *(("quick", one, "base") for one in (SMALL, LAPTOP, TOWER, GPU)),
        *(("good", one, "small") for one in (LAPTOP, TOWER, GPU)),
        *(("best", one, "turbo") for one in (TOWER, GPU)),
        ("best", LAPTOP, "small"),
        ("good", SMALL, "base"),
        ("best", SMALL, "base"),
    ],
)
def test_quality_stands_for_what_pays_on_a_machine(quality: Quality, machine: Machine, model: str) -> None:
    """base, small, turbo; less where memory is short, or where turbo would take hours."""
    assert model_for(quality, machine) == model


@pytest.mark.parametrize("quality", MODELS)
def test_an_episode_keeps_its_model_on_another_machine(quality: Quality) -> None:
    """As long as it is one that this quality can stand for; another wish chooses anew."""
    for kept in ("base", "small", "turbo", "tiny.en"):
        expected = kept if kept in MODELS[quality] else model_for(quality, LAPTOP)
        assert model_for(quality, LAPTOP, kept) == expected


def test_a_model_that_is_named_outranks_quality_and_what_was_kept() -> None:
    """engines.model, or --model, which takes its place, before quality; asr chooses the engine only."""
    engines = EngineSettings(quality="best", model="tiny.en", asr="whisper")
    named = Registry(Settings(engines=engines))
    assert named.whisper_model(kept="turbo") == "tiny.en"
    assert named.with_model("base").whisper_model(kept="turbo") == "base"
    open_ = Registry(Settings(engines=replace(engines, model="", quality="quick")))
    assert open_.whisper_model() == "base"
    for registry, model in ((named, "tiny.en"), (open_, "base")):
        chosen = registry.transcriber(Brief())
        assert (chosen.name, chosen.options["model"]) == ("whisper", model)
