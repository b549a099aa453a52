"""Holding a prediction to what its dataset asks for."""

from __future__ import annotations

from typing import Any

from apps.assist.domain.predictions import Prediction, PredictionError, read_score
from apps.datasets.models import Dataset, Image, Interface
from apps.tasks.actions.suggesting import Said
from apps.tasks.models import Task
from apps.tasks.options import check_options, picked_tiles
from apps.tasks.spans import label_ids, store_spans

ASKED: dict[str, str] = {
    Interface.IMAGE_MANUAL: "spans",
    Interface.IMAGE: "spans",
    Interface.CHOICE: "accept",
    Interface.IMAGE_CHOICE: "accept",
    Interface.CLASSIFICATION: "label",
}
"""What a prediction can say in a dataset of each interface, beside its score."""


class Checker:
    """Checks the predictions of one batch against one dataset."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self._labels = label_ids(dataset)

    def said(self, prediction: Prediction, *, task: Task, image: Image) -> Said:
        """Return what is kept of a prediction; raises PredictionError or Invalid."""
        self._refuse_unasked(prediction)
        return Said(
            spans=self.spans(prediction, image=image),
            accept=self._accept(prediction, task),
            label=self._label(prediction, task),
            score=prediction.score,
        )

    def boxes(self, prediction: Prediction, *, image: Image) -> Said:
        """Return the boxes of a prediction, each to be judged by itself."""
        self._refuse_unasked(prediction)
        if prediction.spans is None:
            raise PredictionError("empty_prediction", "A prediction here has spans.")
        return Said(spans=self.spans(prediction, image=image), score=prediction.score)

    def spans(self, prediction: Prediction, *, image: Image) -> list[dict[str, Any]]:
        """Return the shapes as stored: labels known, inside the image, scores finite."""
        blob = image.blob
        stored = store_spans(
            prediction.spans or [], labels=self._labels, width=blob.width, height=blob.height
        )
        for span in stored:
            read_score(span.get("score"))
        return stored

    def _refuse_unasked(self, prediction: Prediction) -> None:
        asked = ASKED[self.dataset.interface]
        given = {
            "spans": prediction.spans is not None,
            "accept": prediction.accept is not None,
            "label": bool(prediction.label),
        }
        for name, there in given.items():
            if there and name != asked:
                detail = f"This dataset does not ask for {name}; it asks for {asked}."
                raise PredictionError("not_asked", detail)

    def _accept(self, prediction: Prediction, task: Task) -> list[int | str]:
        """The options that a model picks; images to pick from go by the names of files."""
        if self.dataset.interface == Interface.IMAGE_CHOICE:
            if prediction.target.kind != "task":
                raise PredictionError("bad_target", "One image is no group: name its task.")
            return picked_tiles(task, prediction.accept or [])
        return check_options(task, prediction.accept or [])

    def _label(self, prediction: Prediction, task: Task) -> str:
        """The label that a model gives the image as a whole: one of the dataset's or the task's."""
        label = prediction.label
        if label and self._labels and label not in self._labels and label != task.label:
            raise PredictionError("unknown_label", f"The dataset has no label {label!r}.")
        return label
