"""Frozen snapshots of a dataset's final answers, and what differs between two."""
