"""Measured figures: their form, the names that outsiders read, and the table of them."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Record:
    """One figure. `value` is None where nothing was measured, and `note` says why.

    `n` is how many observations it rests on, `ceiling` the best that this machine could do in the
    same run, `peer` what another tool did there, `ratio` the figure's share of one of them.
    """

    name: str
    value: float | None = None
    unit: str = ""
    n: int | None = None
    p50: float | None = None
    p95: float | None = None
    peer: float | None = None
    ratio: float | None = None
    ceiling: float | None = None
    note: str = ""


PROMISED: dict[str, dict[str, str]] = {
    "merge": {
        **{
            f"merge_{figure}_{scene}_{people}": unit
            for scene in ("regular", "crowded")
            for people in (3, 5)
            for figure, unit in (("f1", ""), ("iou", ""), ("seconds", "s"))
        },
        "merge_ms_36_boxes": "ms",
        "merge_ms_2500_boxes": "ms",
        "vote_accuracy": "",
        "vote_seconds": "s",
    },
    "start": {"start_seconds": "s", "idle_mib": "MiB"},
    "queue": {
        "cycles_per_second_10k_8users": "/s",
        "cycles_per_second_100k_8users": "/s",
        "cycles_per_second_1m_8users": "/s",
        "claim_ms_100k_8users": "ms",
        "submit_ms_100k_8users": "ms",
        "claim_tail_ms_1m": "ms",
    },
    "browse": {
        "browse_first_page_ms_1m": "ms",
        "browse_last_page_ms_1m": "ms",
        "browse_filters_ms_1m": "ms",
        "browse_text_ms_1m": "ms",
        "browse_geometry_ms_1m": "ms",
        "browse_count_ms_1m": "ms",
        "browse_scroll_frame_ms_1m": "ms",
    },
    "insights": {
        "insights_ms_100k": "ms",
        "insights_counts_ms_100k": "ms",
        "insights_measure_seconds_100k": "s",
    },
    "import": {
        "register_urls_per_second_100k": "/s",
        "register_peak_mib_1m": "MiB",
        "import_fraction_of_ceiling_1worker": "",
        "import_fraction_of_ceiling_2workers": "",
        "import_hostile_slowdown": "",
        "import_jsonl_rows_seconds_10k": "s",
        "import_coco_rows_seconds_10k": "s",
    },
    "export": {
        "export_jsonl_seconds_10k": "s",
        "export_coco_seconds_10k": "s",
        "export_peak_mib_10k": "MiB",
        "export_jsonl_seconds_100k": "s",
        "export_coco_seconds_100k": "s",
        "export_peak_mib_100k": "MiB",
    },
    "canvas": {
        **{f"canvas_open_s_{boxes}": "s" for boxes in (0, 100, 1000, 5000)},
        "canvas_pan_fps_1000": "fps",
        "canvas_pan_fps_5000": "fps",
        "canvas_drag_fps_5000": "fps",
        "canvas_frame_ms_5000": "ms",
        "canvas_heap_mib_5000": "MiB",
        "labelling_page_gzip_bytes": "B",
        "submit_to_next_painted_ms": "ms",
        "review_next_conflict_ms": "ms",
    },
    "guess": {"told_by_time_ms_log_in": "ms", "told_by_time_ms_letter": "ms"},
    "assist": {
        "assist_store_seconds_100k": "s",
        "assist_rank_seconds_100k": "s",
        "assist_rank_peak_mib_100k": "MiB",
        "assist_claim_ms_100k": "ms",
        "assist_figures_seconds_100k": "s",
        "assist_figures_peak_mib_100k": "MiB",
    },
}
"""The names that outsiders read, by part. Each is in every report, measured or not."""


def of_milliseconds(name: str, seconds: Sequence[float], *, note: str = "") -> Record:
    """The record of repeated timings: its value is their median."""
    ranked = sorted(each * 1000 for each in seconds)
    median = statistics.median(ranked)
    p95, p99 = (ranked[min(len(ranked) - 1, int(part * len(ranked)))] for part in (0.95, 0.99))
    note = "; ".join(filter(None, (note, f"p99 {p99:.1f}")))
    return Record(name, median, "ms", len(ranked), p50=median, p95=p95, note=note)


def with_absent(part: str, records: Iterable[Record], *, why: str) -> list[Record]:
    """What was measured, and a record without value for every promised name that was not."""
    measured = {record.name: record for record in records}
    absent = {
        name: Record(name, unit=unit, note=why)
        for name, unit in PROMISED[part].items()
        if name not in measured
    }
    return [*measured.values(), *absent.values()]


def with_load(record: Record, load: str) -> Record:
    """A measured record that says what else was running."""
    note = "; ".join(text for text in (record.note, load) if text)
    return record if record.value is None else replace(record, note=note)


def table(records: Iterable[Record]) -> str:
    """The records for people: one line each."""
    lines = [
        f"{'name':<38}{'value':>12} {'unit':<5}{'n':>7}{'p50':>10}{'p95':>10}{'ratio':>8}"
        f"{'peer':>9}  note"
    ]
    return "\n".join([*lines, *map(line, records)])


def line(record: Record) -> str:
    """One record for people."""
    shown = (
        f"{record.name:<38}{_shown(record.value):>12} {record.unit:<5}"
        f"{_shown(record.n):>7}{_shown(record.p50):>10}{_shown(record.p95):>10}"
        f"{_shown(record.ratio):>8}{_shown(record.peer):>9}  {record.note}"
    )
    return shown.rstrip()


def _shown(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.4g}" if abs(value) < 1000 and isinstance(value, float) else f"{value:,.0f}"
