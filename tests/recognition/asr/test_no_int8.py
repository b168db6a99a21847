"""A torch that cannot compute in int8 says so, and what to set."""

from __future__ import annotations

from typing import NoReturn

import pytest

from chaitime_audio.errors import ConfigError


@pytest.mark.models
def test_int8_that_is_refused_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other numbers are never used in silence: one line names the setting."""
    import torch
    from torch.ao import quantization

    from chaitime_audio.recognition.asr.windowed.quantize import quantised

    def refuse(*_: object, **__: object) -> NoReturn:
        raise RuntimeError("Didn't find engine for operation quantized::linear_prepack\nmore")

    monkeypatch.setattr(quantization, "quantize_dynamic", refuse)
    with pytest.raises(ConfigError, match=r"int8.*prepack.*engines\.precision = .fp32.") as caught:
        quantised(torch.nn.Sequential(torch.nn.Linear(2, 2)))
    assert "\n" not in str(caught.value)
