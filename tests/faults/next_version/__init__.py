"""What the database of a next version may have: more than this one knows of."""
