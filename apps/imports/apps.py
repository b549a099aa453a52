"""Lists of images: rows, connections, fetching, renditions."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """The app as Django knows it."""

    name = "apps.imports"
    label = "imports"

    def ready(self) -> None:
        """Answer the call of a lower app: somebody looks at an image that lies elsewhere."""
        from apps.datasets.ports import fetch_rendition  # noqa: PLC0415 - models must be loaded
        from apps.imports import referenced  # noqa: PLC0415 - as above

        fetch_rendition.bind(referenced.fetch_rendition)
