"""Pure code that makes one answer of several: no database, no HTTP."""
