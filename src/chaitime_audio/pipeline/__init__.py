"""The way of one episode: stages with receipts, what is derived from them, and what is published."""
