"""Everything that writes to imports, their rows and connections."""
