"""The nouns of the house: frozen values, tuples, whole milliseconds. Standard library only."""
