"""What to check first: the places of a talk that may be wrong, by what it would cost to publish them so."""
