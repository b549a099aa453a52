"""Pure code of the desk: no database, no HTTP."""
