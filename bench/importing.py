"""The import: images per second against what the same steps cost without any platform."""

from __future__ import annotations

import hashlib
import http.client
import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from bench.annotated import measure_annotated_lists
from bench.hostile import make_hostile, mixed, seconds_until_good, silent
from bench.instance import free_port, throwaway, worker
from bench.long_lists import measure_long_list
from bench.photos import LARGE, SIZE, import_all, make_photos, order_import, serving
from bench.records import Record

if TYPE_CHECKING:
    from apps.datasets.models import Dataset
    from concord.services.environment import Environment

IMAGES = 300
LARGE_IMAGES = 60
HOSTILE_AMONG = 300
URLS = 100_000


def measure() -> Iterator[Record]:
    """Figures of the part `import`."""
    port, other = free_port(), free_port()
    os.environ["CONCORD_FETCH_ALLOW"] = f"127.0.0.1/32:{port},127.0.0.1/32:{other}"
    with throwaway() as environment:
        folder = environment.data_dir / "web"
        with serving(folder, port):
            for processes in (1, 2):
                yield from _shares(environment, folder, port, processes=processes)
            with worker(environment, processes=2):
                yield from _beside_hostile_ones(folder, port, other)
            names = make_photos(folder, "first", count=IMAGES)
            with worker(environment, processes=2):
                urls = [f"http://127.0.0.1:{port}/{name}" for name in names]
                yield from measure_long_list(_dataset("million"), urls, port)
        yield _registered()
        yield from measure_annotated_lists(_dataset)


def _shares(
    environment: Environment, folder: Path, port: int, *, processes: int
) -> Iterator[Record]:
    """The pace of so many worker processes against as many bare ones, with photos of two sizes."""
    workers = "1worker" if processes == 1 else "2workers"
    with worker(environment, processes=processes):
        _import(f"warm-up-{processes}", [f"http://127.0.0.1:{port}/none.jpg"])
        for size, count, name in ((SIZE, IMAGES, ""), (LARGE, LARGE_IMAGES, "_12_mpx")):
            names = make_photos(folder, f"{workers}{name}", count=count, size=size)
            ceiling = _ceiling(port, names, folder=folder, processes=processes)
            urls = [f"http://127.0.0.1:{port}/{name}" for name in names]
            rate = _import(f"photos-{processes}-{size[0]}", urls)
            note = f"{count} JPEGs of {size[0]} x {size[1]} over loopback HTTP"
            yield from _records(f"{workers}{name}", rate, ceiling, count=count, note=note)


def _beside_hostile_ones(folder: Path, port: int, other: int) -> Iterator[Record]:
    """How much longer good images take among bad ones, and beside a host that never answers."""
    base = f"http://127.0.0.1:{port}"
    good = {
        kind: [f"{base}/{name}" for name in make_photos(folder, kind, count=HOSTILE_AMONG)]
        for kind in ("clean", "hostile", "silent")
    }
    took = {"clean": seconds_until_good(_dataset("clean"), good["clean"], good=HOSTILE_AMONG)}
    with silent(other) as nobody:
        bad = [*(f"{base}/{name}" for name in make_hostile(folder, "clean-0.jpg")), f"{nobody}/1"]
        lists = {"hostile": mixed(good["hostile"], bad, every=9),
                 "silent": mixed(good["silent"], [f"{nobody}/2"], every=1)}  # fmt: skip
        for kind, urls in lists.items():
            took[kind] = seconds_until_good(_dataset(kind), urls, good=HOSTILE_AMONG)
    note = f"until {HOSTILE_AMONG} photos are in, every tenth line a bad one, against none"
    yield Record("import_hostile_slowdown", took["hostile"] / took["clean"], "", 1, note=note)
    note = "pace of photos, every second line of a host that never answers, against none"
    share = took["clean"] / took["silent"]
    yield Record("import_pace_beside_a_silent_host", share, "", 1, ratio=share, note=note)


def _records(name: str, rate: float, ceiling: float, *, count: int, note: str) -> Iterator[Record]:
    share = rate / ceiling
    yield Record(f"import_fraction_of_ceiling_{name}", share, "", count, ratio=share, note=note)
    yield Record(
        f"import_images_per_second_{name}", rate, "/s", count, ratio=share, ceiling=ceiling
    )


def _ceiling(port: int, names: Sequence[str], *, folder: Path, processes: int) -> float:
    """Images per second of so many bare processes that do nothing but what has to be done."""
    kept = folder.parent / "bare"
    kept.mkdir(exist_ok=True)
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(_bare, [port] * processes, [[]] * processes, [kept] * processes))
        shares = [names[n::processes] for n in range(processes)]
        began = time.perf_counter()
        list(pool.map(_bare, [port] * processes, shares, [kept] * processes))
        return len(names) / (time.perf_counter() - began)


def _bare(port: int, names: Sequence[str], kept: Path) -> None:
    """Download, decode, hash, make rendition and thumbnail, write the files."""
    from apps.imports.decoder.picture import decode

    with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        for name in names:
            connection.request("GET", f"/{name}")
            data = connection.getresponse().read()
            picture = decode(data)
            for part in (data, picture.rendition, picture.thumbnail):
                if part is not None:
                    (kept / hashlib.sha256(part).hexdigest()).write_bytes(part)


def _import(name: str, urls: Sequence[str]) -> float:
    """Import a list through the worker; lines per second from the order to the end."""
    return len(urls) / import_all(_dataset(name), urls)


def _registered() -> Record:
    """Lines per second from a kept list to rows; nothing is fetched."""
    from apps.imports.actions.reading import read_rows

    urls = [f"http://example.org/{n}.jpg" for n in range(URLS)]
    found = order_import(_dataset("list"), urls)
    began = time.perf_counter()
    while read_rows(found=found, beat=lambda: None):
        found.refresh_from_db()
    rate = URLS / (time.perf_counter() - began)
    return Record("register_urls_per_second_100k", rate, "/s", URLS, note="one address a line")


def _dataset(slug: str) -> Dataset:
    from apps.annotators.models import User
    from apps.datasets.models import Dataset

    owner, _ = User.objects.get_or_create(email="owner@example.org")
    return Dataset.objects.create(
        slug=slug, name=slug, interface="image_manual", config={"overlap": 2}, created_by=owner
    )
