"""What people and the glossary correct, laid over what was recognised."""
