"""CAM++, the speaker embedding network, written from its paper.

Wang, Zheng, Chen, Cheng, Chen: "CAM++: A Fast and Efficient Network for Speaker Verification
Using Context-Aware Masking", Interspeech 2023 (arXiv 2303.00332). A small 2-D convolution front
end (FCM), three densely connected time-delay blocks of 12, 24 and 16 layers (growth 32) whose
layers mask what they add by its context, statistics pooling, 192 numbers. Module names follow
the published state dict, so that it loads strictly.

`trunk` is everything before pooling. It runs once over a stretch of speech; any number of
windows or masks is then pooled from its 20 ms frames at next to no cost.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

MEL_BANDS = 80
DIMENSION = 192
FRAME_MS = 20
_CONTEXT_FRAMES = 100


class _ResidualBlock(nn.Module):
    """Two 3x3 convolutions with a shortcut; ``stride`` shrinks the frequency axis only."""

    def __init__(self, channels: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, (stride, 1), 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.shortcut = nn.Sequential()
        if stride != 1:
            self.shortcut = nn.Sequential(
                nn.Conv2d(channels, channels, 1, (stride, 1), bias=False), nn.BatchNorm2d(channels)
            )

    def forward(self, image: Tensor) -> Tensor:
        inner = functional.relu(self.bn1(self.conv1(image)))
        return functional.relu(self.bn2(self.conv2(inner)) + self.shortcut(image))


class _FrontEnd(nn.Module):
    """The front-end convolution module (FCM): (batch, 80, frames) to (batch, 320, frames)."""

    def __init__(self, channels: int = 32) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, channels, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.layer1 = nn.Sequential(_ResidualBlock(channels, 2), _ResidualBlock(channels, 1))
        self.layer2 = nn.Sequential(_ResidualBlock(channels, 2), _ResidualBlock(channels, 1))
        self.conv2 = nn.Conv2d(channels, channels, 3, (2, 1), 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.out_channels = channels * MEL_BANDS // 8

    def forward(self, features: Tensor) -> Tensor:
        image = functional.relu(self.bn1(self.conv1(features.unsqueeze(1))))
        image = self.layer2(self.layer1(image))
        image = functional.relu(self.bn2(self.conv2(image)))
        return image.flatten(1, 2)


def _normalise(channels: int, *, active: bool = True, affine: bool = True) -> nn.Sequential:
    """Batch normalisation, then (if ``active``) a rectifier, under the published names."""
    layers: OrderedDict[str, nn.Module] = OrderedDict(batchnorm=nn.BatchNorm1d(channels, affine=affine))
    if active:
        layers["relu"] = nn.ReLU()
    return nn.Sequential(layers)


class _Mask(nn.Module):
    """Context-aware masking: what the whole stretch and the 2 s round a frame say about a frame's worth."""

    def __init__(self, in_channels: int, out_channels: int, dilation: int) -> None:
        super().__init__()
        self.linear_local = nn.Conv1d(
            in_channels, out_channels, 3, padding=dilation, dilation=dilation, bias=False
        )
        self.linear1 = nn.Conv1d(in_channels, in_channels // 2, 1)
        self.linear2 = nn.Conv1d(in_channels // 2, out_channels, 1)

    def forward(self, frames: Tensor) -> Tensor:
        local = functional.avg_pool1d(frames, _CONTEXT_FRAMES, _CONTEXT_FRAMES, ceil_mode=True)
        context = frames.mean(-1, keepdim=True) + local
        gate = torch.sigmoid(self.linear2(functional.relu(self.linear1(context))))
        gate = gate.repeat_interleave(_CONTEXT_FRAMES, dim=-1)[..., : frames.shape[-1]]
        return cast(Tensor, self.linear_local(frames) * gate)


class _DenseLayer(nn.Module):
    """One layer of a dense block: bottleneck, then masked convolution; returns only what it adds."""

    def __init__(self, in_channels: int, growth: int, dilation: int, bottleneck: int = 128) -> None:
        super().__init__()
        self.nonlinear1 = _normalise(in_channels)
        self.linear1 = nn.Conv1d(in_channels, bottleneck, 1, bias=False)
        self.nonlinear2 = _normalise(bottleneck)
        self.cam_layer = _Mask(bottleneck, growth, dilation)

    def forward(self, frames: Tensor) -> Tensor:
        inner = self.linear1(self.nonlinear1(frames))
        return cast(Tensor, self.cam_layer(self.nonlinear2(inner)))


class _DenseBlock(nn.Module):
    """``layers`` dense layers; each sees everything before it."""

    def __init__(self, in_channels: int, layers: int, dilation: int, growth: int = 32) -> None:
        super().__init__()
        for index in range(layers):
            self.add_module(f"tdnnd{index + 1}", _DenseLayer(in_channels + index * growth, growth, dilation))
        self.out_channels = in_channels + layers * growth

    def forward(self, frames: Tensor) -> Tensor:
        for layer in self.children():
            frames = torch.cat([frames, layer(frames)], dim=1)
        return frames


class _Transit(nn.Module):
    """Halves the channels between blocks."""

    def __init__(self, in_channels: int) -> None:
        super().__init__()
        self.nonlinear = _normalise(in_channels)
        self.linear = nn.Conv1d(in_channels, in_channels // 2, 1, bias=False)

    def forward(self, frames: Tensor) -> Tensor:
        return cast(Tensor, self.linear(self.nonlinear(frames)))


class _Step(nn.Module):
    """A linear map over time, then normalisation."""

    def __init__(self, linear: nn.Conv1d, *, active: bool, affine: bool) -> None:
        super().__init__()
        self.linear = linear
        self.nonlinear = _normalise(linear.out_channels, active=active, affine=affine)

    def forward(self, frames: Tensor) -> Tensor:
        return cast(Tensor, self.nonlinear(self.linear(frames)))


class CamPlus(nn.Module):
    """Filterbank features in, speaker embeddings out."""

    def __init__(self) -> None:
        super().__init__()
        self.head = _FrontEnd()
        first = nn.Conv1d(self.head.out_channels, 128, 5, stride=2, padding=2, bias=False)
        parts: OrderedDict[str, nn.Module] = OrderedDict(tdnn=_Step(first, active=True, affine=True))
        channels = 128
        for number, (layers, dilation) in enumerate(((12, 1), (24, 2), (16, 2)), start=1):
            block = _DenseBlock(channels, layers, dilation)
            parts[f"block{number}"] = block
            parts[f"transit{number}"] = _Transit(block.out_channels)
            channels = block.out_channels // 2
        parts["out_nonlinear"] = _normalise(channels)
        dense = nn.Conv1d(2 * channels, DIMENSION, 1, bias=False)
        parts["dense"] = _Step(dense, active=False, affine=False)
        self.xvector = nn.Sequential(parts)

    def trunk(self, features: Tensor) -> Tensor:
        """Filterbank (batch, frames, 80), mean removed, to (batch, 512, frames / 2), one every 20 ms."""
        frames = self.head(features.transpose(1, 2))
        for name, part in self.xvector.named_children():
            if name != "dense":
                frames = part(frames)
        return cast(Tensor, frames)

    def pool(self, frames: Tensor, weights: Tensor) -> Tensor:
        """Weighted mean and deviation of trunk frames (512, frames) under each of (masks, frames).

        Returns (masks, 192). A mask must weigh at least two frames.
        """
        total = weights.sum(dim=1, keepdim=True)
        mean = weights @ frames.T / total
        square = weights @ frames.square().T / total
        unbiased = total / (total - 1).clamp_min(1e-3)
        deviation = ((square - mean.square()).clamp_min(0) * unbiased).sqrt()
        pooled = torch.cat([mean, deviation], dim=1).unsqueeze(-1)
        return cast(Tensor, self.xvector.get_submodule("dense")(pooled).squeeze(-1))

    def forward(self, features: Tensor) -> Tensor:
        """Filterbank (batch, frames, 80), mean removed, to embeddings (batch, 192)."""
        frames = self.trunk(features)
        everything = torch.ones(1, frames.shape[-1], dtype=frames.dtype, device=frames.device)
        return torch.cat([self.pool(item, everything) for item in frames])
