"""Answers as they come, and how far their reader is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from concord.client import replies
from concord.client.api import Api
from concord.client.tasks import Task

PAGE = 100


class Feed:
    """The answers that changed since a cursor, oldest first; iterating again asks for newer ones.

    `cursor` is where to go on, to be kept between runs. It moves on when the next page is begun, so
    that an answer whose reader fell over comes once more; one that changes comes again, too.
    """

    def __init__(self, api: Api, path: str, *, cursor: str | None, which: str) -> None:
        self._api = api
        self._path = path
        self._which = which
        self.cursor = cursor

    def __iter__(self) -> Iterator[Task]:
        more = True
        while more:
            query: dict[str, Any] = {"which": self._which, "limit": PAGE}
            query |= {"since": self.cursor} if self.cursor else {}
            page = self._api.get(self._path, replies.feed_page_in, query=query)
            for line in page.lines:
                yield Task(line, self._api)
            self.cursor, more = page.cursor, page.more
