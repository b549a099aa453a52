"""Writes of datasets, their members and labels."""
