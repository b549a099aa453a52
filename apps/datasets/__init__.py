"""Datasets, members and roles, labels, images and their bytes."""
