"""Exports: writers of formats and their files."""
