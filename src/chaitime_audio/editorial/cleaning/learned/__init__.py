"""What was learned from how human editors clean speech: features, weights, and where they meet the rules."""
