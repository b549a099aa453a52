"""What a long list costs does not grow with the lists that were there before."""

import pytest
from django.db import connection

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.imports.actions import claims, reading
from apps.imports.actions.claims import claim_rows
from apps.imports.models import Import, ImportRow, RowState
from tests.jobs.imports.buckets import begun, read

pytestmark = pytest.mark.django_db(transaction=True)
LINES = 3000


@pytest.fixture
def old_statistics(dataset: Dataset, owner: User) -> None:
    """The planner knows of one finished list, and takes it for all that there is."""
    found = listed(dataset, owner, "old")
    ImportRow.objects.filter(of_import=found).update(state=RowState.CANCELLED)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE imports_importrow SET (autovacuum_enabled = false)")
        cursor.execute("ANALYZE imports_importrow")


def listed(dataset: Dataset, owner: User, name: str) -> Import:
    lines = (f"https://example.org/{name}/{n}.jpg" for n in range(LINES))
    found = begun(dataset, owner, "\n".join(lines))
    while read(found):
        pass
    found.refresh_from_db()
    return found


def rows_read() -> int:
    """How many entries of indexes, and rows without any, have been read of the table so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(
            "SELECT t.seq_tup_read + sum(i.idx_tup_read)::bigint FROM pg_stat_user_tables t"
            " JOIN pg_stat_user_indexes i USING (relid) WHERE t.relname = 'imports_importrow'"
            " GROUP BY t.seq_tup_read"
        )
        (number,) = cursor.fetchone() or (0,)
    return int(number)


@pytest.mark.usefixtures("old_statistics")
def test_a_list_is_read_without_looking_at_all_its_lines_again(
    dataset: Dataset, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH", LINES // 3)
    before = rows_read()
    found = listed(dataset, owner, "new")
    assert ImportRow.objects.filter(of_import=found, state=RowState.QUEUED).count() == LINES
    assert rows_read() - before < 3 * LINES


@pytest.mark.usefixtures("old_statistics")
def test_rows_are_claimed_without_looking_at_all_lines(dataset: Dataset, owner: User) -> None:
    found = listed(dataset, owner, "new")
    before = rows_read()
    for _ in range(5):
        rows = claim_rows(found=found, claim=found.pk, limit=claims.MOST_OF_A_HOST_HERE)
        ImportRow.objects.filter(pk__in=[row.pk for row in rows]).update(
            state=RowState.CANCELLED, claimed_by=None, claimed_until=None
        )
    assert rows_read() - before < 5 * 3 * claims.NEAR
