"""Models in the loop: their predictions come in, and are kept apart from what people answer."""
