"""The formats of exports: what each can hold, and why one is refused.

What a format cannot hold is refused by name; nothing is bent to fit.
"""

from __future__ import annotations

from dataclasses import dataclass

from apps.exchange.domain.options import ExportOptions
from apps.exchange.domain.records import Entry

DRAWN = frozenset({"image_manual"})
JUDGED = frozenset({"image"})
CHOSEN = frozenset({"choice"})
SAID = frozenset({"classification"}) | CHOSEN
PICKED = frozenset({"image_choice"})
ALL = DRAWN | JUDGED | SAID | PICKED

ZIP = "application/zip"
NO_OUTLINES = (
    "Pascal VOC holds boxes, and outlines are among the answers. Choose coco, yolo, cvat or jsonl."
)


class Unfit(ValueError):
    """Why a format does not take what is asked of it; `code` is stable, `detail` a sentence."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is called, and what it holds.

    `interfaces` are those whose answers it has a place for; `outlines` says whether shapes other
    than rectangles are among them, `several` whether the answers of several people to one image
    are, `verdicts` whether answers other than accept are. A `tree` is many files, which are sent as
    one zip; others are one file, in a zip only together with images or in several splits.
    """

    name: str
    title: str
    ending: str
    media_type: str
    interfaces: frozenset[str]
    outlines: bool = True
    several: bool = False
    verdicts: bool = False
    tree: bool = False

    def holds(self, entry: Entry, options: ExportOptions) -> bool:
        """Whether a task is in such a file."""
        settled = entry.settled
        if self.verdicts:
            final = options.finals and settled is not None
            return final or (options.answers and bool(entry.given))
        # Of a question of yes or no the no is an answer, too.
        asks = entry.asked.interface == "classification"
        learnt = ("accept", "reject") if asks else ("accept",)
        return settled is not None and settled.response.answer in learnt


FORMATS = {
    each.name: each
    for each in (
        Format(
            *("jsonl", "JSON lines", "jsonl", "application/x-ndjson", ALL),
            several=True,
            verdicts=True,
        ),
        Format("csv", "CSV", "csv", "text/csv", ALL, several=True, verdicts=True),
        Format("coco", "COCO", "coco.json", "application/json", DRAWN | JUDGED),
        Format("yolo", "YOLO", "yolo", ZIP, DRAWN | SAID, tree=True),
        Format("voc", "Pascal VOC", "voc", ZIP, DRAWN, outlines=False, tree=True),
        Format("cvat", "CVAT", "cvat.xml", "application/xml", DRAWN | CHOSEN),
        Format(
            *("label_studio", "Label Studio", "label-studio.json", "application/json"),
            DRAWN | SAID,
            several=True,
            verdicts=True,
        ),
        Format("image_folder", "Image folders", "image-folder", ZIP, SAID, tree=True),
    )
}

NAMES = [*FORMATS]


def is_packed(options: ExportOptions) -> bool:
    """Whether the file is a zip."""
    return FORMATS[options.format].tree or options.images or options.splits is not None


def ending_of(options: ExportOptions) -> str:
    """What the name of the file ends with."""
    ending = FORMATS[options.format].ending
    return f"{ending}.zip" if is_packed(options) else ending


def media_type_of(options: ExportOptions) -> str:
    """What the file is, for browsers."""
    return ZIP if is_packed(options) else FORMATS[options.format].media_type


def check(options: ExportOptions, *, interface: str, multiple: bool) -> None:
    """Raise Unfit `format_not_for_interface`, `format_needs_finals`, `format_needs_images`,
    `one_class_each`, `splits_not_for_interface` for what is wanted of a dataset.

    `multiple` says whether people may choose several options of one image.
    """
    form = FORMATS[options.format]
    if interface not in form.interfaces:
        detail = (
            f"{form.title} has no place for what is asked in this dataset. {_others(interface)}"
        )
        raise Unfit("format_not_for_interface", detail)
    if options.answers and not form.several:
        detail = f"{form.title} has no place for several people's answers to one image."
        raise Unfit("format_needs_finals", f"{detail} Export the final answers, or choose jsonl.")
    if options.splits is not None and interface in PICKED:
        detail = (
            "Tasks to pick images in show several each, which cannot be told apart into splits."
        )
        raise Unfit("splits_not_for_interface", detail)
    if form.tree and interface in SAID:
        _check_folders(form, options, multiple=multiple)


def _check_folders(form: Format, options: ExportOptions, *, multiple: bool) -> None:
    """Of whole images such a format is nothing but image files in folders."""
    if multiple:
        detail = f"In {form.title} an image has one class, and here people may choose several."
        raise Unfit("one_class_each", f"{detail} Choose jsonl or csv.")
    if not options.images:
        detail = f"{form.title} is made of the images themselves here. Export it with images."
        raise Unfit("format_needs_images", detail)


def _others(interface: str) -> str:
    """The formats that would do, as advice."""
    names = [form.name for form in FORMATS.values() if interface in form.interfaces]
    return f"Choose {', '.join(names[:-1])} or {names[-1]}."
