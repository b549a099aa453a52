"""Exports: writers of formats and their files."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The app as Django knows it."""

    name = "apps.exchange"
    label = "exchange"
