"""Pure code about labels and shapes: no database, no HTTP."""
