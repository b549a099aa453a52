"""The command line. It installs without the server; server verbs are loaded by dotted string."""
