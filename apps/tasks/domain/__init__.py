"""Pure code about tasks: no database, no HTTP."""
