"""Datasets, members and roles, labels, images and their bytes."""

from django.apps import AppConfig


class DatasetsConfig(AppConfig):
    """The app as Django knows it."""

    name = "apps.datasets"
    label = "datasets"
