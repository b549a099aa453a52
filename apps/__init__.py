"""The rooms of the house; who may import whom is written in pyproject.toml."""
