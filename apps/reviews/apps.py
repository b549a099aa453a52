"""Merging, conflicts, decisions, final answers."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """The app as Django knows it."""

    name = "apps.reviews"
    label = "reviews"
