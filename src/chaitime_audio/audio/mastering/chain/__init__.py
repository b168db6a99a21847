"""The mastering chain: one module a step, from the recording's samples to the encoded file."""
