"""A Concord instance as one person's scripts see it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from concord.client import replies
from concord.client.api import Api, origin
from concord.client.dataset import Dataset, as_options
from concord.client.errors import ClientError, Refused

DEFAULT_URL = "http://127.0.0.1:8000"


class Client:
    """The instance at `url`, for whom `token` was made; by default CONCORD_URL and CONCORD_TOKEN.

    Everything that it does, and its datasets do, raises ClientError with a sentence that says what
    to do about it.
    """

    def __init__(
        self,
        url: str | None = None,
        token: str | None = None,
        *,
        pause: Callable[[float], None] | None = None,
    ) -> None:
        url = os.environ.get("CONCORD_URL") or DEFAULT_URL if url is None else url
        token = os.environ.get("CONCORD_TOKEN") or None if token is None else token
        if token is None:
            account = f"{origin(url)}/account"
            raise ClientError(f"CONCORD_TOKEN is not set. Make a token at {account}, and set it.")
        self._api = Api(url, token, pause=pause)

    @property
    def url(self) -> str:
        """Where the instance is."""
        return self._api.url

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._api.close()

    def datasets(self) -> Iterator[Dataset]:
        """The datasets that I may see, newest first."""
        for data in self._api.every("datasets/", {"limit": 100}):
            yield Dataset(self._api, self._api.believe(replies.dataset_in, data))

    def dataset(
        self,
        name: str,
        *,
        interface: str = "",
        labels: Sequence[str] = (),
        options: Sequence[str | dict[str, Any]] = (),
        **settings: Any,
    ) -> Dataset:
        """A dataset, by its id or slug; with an `interface` it is made where it is not there.

        Labels and options that it lacks are added; `settings` (overlap, review_policy, ...) are
        those of a new one alone. An option is `{"id", "text"}`, or a text that is both.
        """
        offered = as_options(options)
        found = self._found(name)
        if found is None and interface:
            body = {"name": name, "slug": name, "interface": interface, **settings}
            body |= {"labels": list(labels)} if labels else {}
            body |= {"options": offered} if offered else {}
            made = self._api.send("POST", "datasets/", body, replies.dataset_in, tries=1)
            return Dataset(self._api, made)
        if found is None:
            raise ClientError(f"There is no dataset {name!r}, or you may not see it.")
        if interface not in {"", found.interface}:
            raise ClientError(
                f"The dataset {name!r} is there already, with the interface {found.interface},"
                f" not {interface}. Choose another name."
            )
        dataset = Dataset(self._api, found)
        dataset.add(labels=labels, options=offered)
        return dataset

    def _found(self, name: str) -> replies.Facts | None:
        """Asked once: who mistypes an address is told at once."""
        if not re.fullmatch(r"[-\w]+", name):
            return None
        try:
            return self._api.get(f"datasets/{quote(name)}/", replies.dataset_in, tries=1)
        except Refused as error:
            if error.status == 404:
                return None
            raise
