"""Saved searches, as they are to be read today."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from apps.datasets.models import Dataset, Label
from apps.desk.models import View


class TodaysSearch:
    """The search of a view, with its labels called as they are called now.

    Names change; what was looked for does not. Asks once for the names of a dataset.
    """

    def __init__(self, dataset: Dataset) -> None:
        rows = Label.objects.filter(dataset=dataset).values_list("id", "name")
        self._names = {str(label): name for label, name in rows}

    def __call__(self, view: View) -> str:
        renamed = {name: self._names.get(label, name) for name, label in view.labels.items()}
        if all(old == new for old, new in renamed.items()):
            return view.search
        given = parse_qsl(view.search, keep_blank_values=True)
        return urlencode(
            [
                (name, renamed.get(value, value) if name == "label" else value)
                for name, value in given
            ]
        )
