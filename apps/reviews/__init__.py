"""Merging, conflicts, decisions, final answers."""
