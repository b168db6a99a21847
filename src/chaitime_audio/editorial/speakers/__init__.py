"""Who says what, and what the voices are called."""
