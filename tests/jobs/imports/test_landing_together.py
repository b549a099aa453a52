"""Rows whose images are here at one moment land in one transaction."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from apps.datasets.models import Blob, Image
from apps.imports.actions.claims import claim_rows
from apps.imports.actions.landing import Landing, land_rows
from apps.imports.models import Import
from apps.tasks.models import Task
from concord.errors import Invalid
from tests.jobs.imports.conftest import ends
from tests.jobs.imports.test_claims import bring, listed  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db(transaction=True)
Listed = Callable[[int], Import]


def in_hand(found: Import) -> tuple[uuid.UUID, list[Landing]]:
    claim = uuid.uuid4()
    rows = claim_rows(found=found, claim=claim, limit=12)
    return claim, [Landing(row, bring(row)) for row in rows]


def test_the_same_bytes_are_one_image_that_the_other_line_names(listed: Listed) -> None:  # noqa: F811 (the fixture)
    found = listed(3)
    claim, (one, two, three) = in_hand(found)
    land_rows(found=found, claim=claim, landings=[one, Landing(two.row, one.brought), three])
    assert (Image.objects.count(), Task.objects.count()) == (2, 2)
    assert ends(found) == [(1, "done", ""), (2, "duplicate", "duplicate_image"), (3, "done", "")]
    two.row.refresh_from_db()
    assert two.row.reason == "The same image as line 1."


def test_both_are_kept_where_that_is_asked(listed: Listed) -> None:  # noqa: F811 (the fixture)
    found = listed(2)
    found.options = {**found.options, "on_duplicate": "keep"}
    claim, (one, two) = in_hand(found)
    land_rows(found=found, claim=claim, landings=[one, Landing(two.row, one.brought)])
    assert sorted(Image.objects.values_list("copy", flat=True)) == [0, 1]
    assert (Blob.objects.count(), Task.objects.count()) == (1, 2)


def test_one_that_does_not_fit_lets_none_land(listed: Listed) -> None:  # noqa: F811 (the fixture)
    found = listed(2)
    claim, (one, two) = in_hand(found)
    two.row.payload = {"spans": [{"label": "nobody knows this one", "points": [[0, 0], [1, 1]]}]}
    with pytest.raises(Invalid):
        land_rows(found=found, claim=claim, landings=[one, two])
    assert Image.objects.count() == Blob.objects.count() == 0
    land_rows(found=found, claim=claim, landings=[one])
    assert Image.objects.count() == 1


def test_lanes_that_bring_the_same_in_another_order_do_not_wait_for_one_another(
    listed: Listed,  # noqa: F811 (the fixture)
) -> None:
    imports = [listed(8), listed(8)]
    (first, there), (second, back) = (in_hand(found) for found in imports)

    def land(found: Import, claim: uuid.UUID, landings: list[Landing]) -> None:
        try:
            land_rows(found=found, claim=claim, landings=landings)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        jobs = [
            threads.submit(land, imports[0], first, there),
            threads.submit(land, imports[1], second, back[::-1]),
        ]
        for job in jobs:
            job.result(timeout=30)
    assert Image.objects.count() == Task.objects.count() == 8
    codes = sorted(code for found in imports for _, _, code in ends(found))
    assert codes == [""] * 8 + ["duplicate_image"] * 8
