"""Buckets for imports: stubs that say what a test wants, and what became of their keys."""

import socket
from io import BytesIO

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.imports.actions.lists import Upload, create_import
from apps.imports.actions.reading import read_rows
from apps.imports.models import Import, ImportRow
from apps.imports.options import Options
from tests.unit.concord.peers import Script, answer


def items(found: Import) -> list[tuple[int, int, str, str]]:
    rows = ImportRow.objects.filter(of_import=found).order_by("line", "item")
    return list(rows.values_list("line", "item", "url", "code"))


def begun(dataset: Dataset, user: User, text: str) -> Import:
    source = Upload("list.txt", BytesIO(text.encode()))
    return create_import(user=user, dataset=dataset, source=source, options=Options())


def read(found: Import) -> bool:
    """One job's worth of reading the list; whether there is more."""
    found = Import.objects.select_related("dataset", "created_by").get(pk=found.pk)
    return read_rows(found=found, beat=lambda: None)


def listing_of(*keys: str, more: bool = False) -> Script:
    contents = "".join(f"<Contents><Key>{key}</Key><Size>1</Size></Contents>" for key in keys)
    more_text = f"<IsTruncated>{str(more).lower()}</IsTruncated>"
    body = f"<ListBucketResult>{more_text}{contents}</ListBucketResult>"
    return answer("200 x", body.encode())


def in_turn(*scripts: Script) -> Script:
    """One script for each request, the last one for all that follow."""
    waiting = list(scripts)

    def script(connection: socket.socket, head: bytes) -> None:
        one = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        one(connection, head)

    return script
