"""A dataset as scripts use it: tasks and predictions go in, answers and files come out."""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote
from uuid import UUID, uuid4

import httpx

from concord.client import replies
from concord.client.api import Api
from concord.client.batching import batches
from concord.client.errors import ClientError, Refused
from concord.client.feed import Feed
from concord.client.forms import FileForm, FileToSend
from concord.client.imports import FIRST_LOOK, LAST_LOOK, Outcome, Tell, untold, wait
from concord.client.tasks import Task, ready_to_send

MOST_TASKS, MOST_BYTES = 500, 8_000_000
"""Of tasks and of predictions in one request."""

Json = dict[str, Any]


class Dataset:
    """One dataset of an instance; `facts` are as of when it was asked for."""

    def __init__(self, api: Api, facts: replies.Facts) -> None:
        self._api = api
        self.facts = facts
        self._path = f"datasets/{facts.id}/"

    @property
    def id(self) -> UUID:
        """What it is called for ever."""
        return self.facts.id

    @property
    def slug(self) -> str:
        """What it is called in addresses."""
        return self.facts.slug

    @property
    def url(self) -> str:
        """Where people find it."""
        return f"{self._api.url}/datasets/{quote(self.slug, safe='')}"

    def add(self, *, labels: Sequence[str] = (), options: Sequence[Json] = ()) -> None:
        """Add labels and options that it lacks."""
        for name in labels:
            if name not in self.facts.labels:
                path = f"{self._path}labels/"
                self._api.send("POST", path, {"name": name}, replies.object_in, tries=1)
                self.facts.labels.append(name)
        known = [(type(each.get("id")), each.get("id")) for each in self.facts.options]
        more = [each for each in options if (type(each["id"]), each["id"]) not in known]
        if more:
            self._change({"options": [*self.facts.options, *more]})

    def push(
        self, tasks: Iterable[Mapping[str, Any]], *, tell: Tell = untold, **options: Any
    ) -> Outcome:
        """Bring tasks in, and wait for it. They may be a generator that never holds them all.

        A task is as a line of a file: `image`, `spans`, `options`, `meta`, ...; an `image` that is
        a `Path` is sent with it. `options` are those of an import: `fetch`, `on_duplicate`, ...
        """
        imports, sent = [], 0
        for batch in self._batches(map(ready_to_send, tasks)):
            imports.append(self._import({"tasks": batch, **options}))
            sent += len(batch)
            tell("Sending", sent, 0)
        return wait(self._api, imports, tell=tell)

    def import_list(self, path: Path, *, fields: Mapping[str, str] | None = None) -> replies.Import:
        """Bring in what a file lists; the server recognises .txt, .csv, .tsv, .json, .jsonl, and
        gzip of these."""
        try:
            file = FileToSend(path, path.name, path.stat().st_size)
        except OSError as error:
            raise ClientError(f"Not there, or not to be read: {path}") from error
        return self._post_form("imports/", [file], name="file", fields=fields, key=str(uuid4()))

    def import_addresses(self, addresses: Sequence[str], **options: Any) -> replies.Import:
        """Bring in what http(s) addresses, and `s3://bucket/folder/`, name."""
        return self._import({"urls": list(addresses), **options})

    def send_files(
        self,
        files: Sequence[FileToSend],
        *,
        key: str,
        on_sent: Callable[[int], None] = lambda _: None,
    ) -> replies.Import:
        """Send image files, at most 1,000, as an import of their own; the same `key` never brings
        them twice. `on_sent` hears how many bytes have gone. Raises Changed, too."""
        return self._post_form("images/", files, key=key, on_sent=on_sent)

    def wait(self, imports: Iterable[replies.Import], *, tell: Tell = untold) -> Outcome:
        """Wait until imports are over. Raises ClientError for one that does not go on."""
        return wait(self._api, imports, tell=tell)

    def predict(
        self, model: str, version: str, predictions: Iterable[Mapping[str, Any]]
    ) -> Counter[str]:
        """Send what a version of a model says of tasks: each names a `task`, an `image` (an id) or
        the `url` that it came from, and has `spans`, `accept`, `label`, `score`. Returns how many
        were `created`, and how many the model had said before (`unchanged`)."""
        counts: Counter[str] = Counter(created=0, unchanged=0)
        for batch in self._batches(predictions):
            body = {"model": model, "version": version, "predictions": batch}
            kept = self._api.send(
                "POST",
                f"{self._path}predictions/",
                body,
                replies.predicted_in,
                headers={"Idempotency-Key": str(uuid4())},
            )
            counts.update(created=kept.created, unchanged=kept.unchanged)
        return counts

    def tasks(self, **filters: str | int) -> Iterator[Task]:
        """Tasks as the data browser lists them, by its filters: `state="open"`, `label`, ..."""
        for data in self._api.every(f"{self._path}tasks/", {"limit": 100, **filters}):
            yield Task(data, self._api)

    def answers(self, *, since: str | None = None, final: bool = True) -> Feed:
        """Answers that changed since a cursor, all without one: the agreed or decided ones if
        `final`, else what each person says. Keep `Feed.cursor` to go on later."""
        which = "final" if final else "answers"
        return Feed(self._api, f"{self._path}answers/", cursor=since, which=which)

    def export(
        self,
        target: str | Path | BinaryIO,
        *,
        format: str = "jsonl",  # noqa: A002 (the wire's word)
        which: str = "final",
        snapshot: str | None = None,
        tell: Tell = untold,
        **options: Any,
    ) -> None:
        """Have the answers written as a file, wait for it, and fetch it.

        A `target` that is a path has the whole file or is as it was. Those of a `snapshot`, by
        its name or id, instead of those of now.
        """
        moment = {} if snapshot is None else {"snapshot": snapshot}
        body = {"format": format, "which": which, **moment, **options}
        made = self._api.send("POST", f"{self._path}exports/", body, replies.job_in)
        self._finish("exports", made, what="Exporting", tell=tell)
        file = f"exports/{made.id}/file/"
        if isinstance(target, str | Path):
            _replace(Path(target), lambda opened: self._api.download(file, opened))
        else:
            with tempfile.TemporaryFile() as whole:
                self._api.download(file, whole)
                whole.seek(0)
                while part := whole.read(1_000_000):
                    target.write(part)

    def compose(self, *, size: int, tell: Tell = untold, **recipe: Any) -> int:
        """Put images that are in no group yet into groups to pick from; returns how many."""
        body = {"size": size, **recipe}
        made = self._api.send("POST", f"{self._path}compose/", body, replies.job_in, tries=1)
        return self._finish("compositions", made, what="Grouping", tell=tell).done

    def stats(self) -> Json:
        """How many tasks stand where, and how many answers of which kind there are."""
        return self._api.get(f"{self._path}progress/", replies.object_in)

    def archive(self, *, archived: bool = True) -> None:
        """Take it out of everybody's work, or into it again. Nothing is lost."""
        self._change({"archived": archived})

    def delete(self) -> None:
        """Delete it with all that belongs to it; for 30 days an admin can bring it back."""
        self._api.send("DELETE", self._path, None, lambda _: None, tries=1)

    def _change(self, body: Json) -> None:
        headers = {"If-Match": f'"{self.facts.version}"'}
        self.facts = self._api.send(
            "PATCH", self._path, body, replies.dataset_in, headers=headers, tries=1
        )

    def _batches(self, items: Iterable[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
        return batches(
            items,
            size_of=lambda item: len(json.dumps(item)),
            most=MOST_TASKS,
            most_bytes=MOST_BYTES,
        )

    def _import(self, body: Json) -> replies.Import:
        return self._api.send(
            "POST",
            f"{self._path}imports/",
            body,
            replies.import_in,
            headers={"Idempotency-Key": str(uuid4())},
        )

    def _post_form(
        self, path: str, files: Sequence[FileToSend], *, key: str, **more: Any
    ) -> replies.Import:
        path = f"{self._path}{path}"
        self._ask_at_the_door(path)

        def send() -> httpx.Request:
            form = FileForm(files, **more)
            headers = {**form.headers, "Idempotency-Key": key}
            return self._api.request("POST", path, content=iter(form), headers=headers)

        return self._api.ask(send, replies.import_in)

    def _ask_at_the_door(self, path: str) -> None:
        """Ask whether files may be sent there, by sending none.

        Who is refused before they are read hears only that the connection broke.
        """
        headers = {"Idempotency-Key": str(uuid4()), "Content-Type": "application/json"}
        try:
            self._api.ask(
                lambda: self._api.request("POST", path, content=b"{}", headers=headers),
                lambda _: None,
            )
        except Refused as error:
            if error.status != 400:
                raise

    def _finish(
        self, where: str, job: replies.Written, *, what: str, tell: Tell
    ) -> replies.Written:
        pause = FIRST_LOOK
        while job.state in {"queued", "running"}:
            tell(what, job.done, job.total)
            self._api.pause(pause)
            pause = min(pause * 1.5, LAST_LOOK)
            job = self._api.get(f"{where}/{job.id}/", replies.job_in)
        if job.state != "done":
            raise ClientError(job.error or f"It was {job.state}.")
        return job


def as_options(options: Sequence[str | Json]) -> list[Json]:
    """Options as the server has them; a text is its own id."""
    return [{"id": each, "text": each} if isinstance(each, str) else each for each in options]


def _replace(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write a file beside `path`, and put it there when it is whole."""
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise ClientError(f"Nothing can be written to {path.parent}: {error.strerror}.") from error
    try:
        with os.fdopen(handle, "wb") as opened:
            write(opened)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
