"""Benchmarks: how right, how fast, how much memory. ``python -m bench --help``."""
