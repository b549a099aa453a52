"""A whole instance as a folder, and an instance from such a folder again."""
