"""From spoken words to words that read well: fillers, false starts, figures, typography."""
