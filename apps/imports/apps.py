"""Lists of images: rows, connections, fetching, renditions."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """The app as Django knows it."""

    name = "apps.imports"
    label = "imports"

    def ready(self) -> None:
        """Answer the calls of a lower app: an image elsewhere is seen, a dataset goes."""
        from apps.datasets.ports import (  # noqa: PLC0415 - models must be loaded
            fetch_rendition,
            stop_imports,
        )
        from apps.imports import referenced  # noqa: PLC0415 - as above
        from apps.imports.actions import running  # noqa: PLC0415 - as above

        fetch_rendition.bind(referenced.fetch_rendition)
        stop_imports.bind(running.stop_imports)
