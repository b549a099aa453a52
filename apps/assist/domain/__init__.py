"""Pure code: what a prediction is."""
