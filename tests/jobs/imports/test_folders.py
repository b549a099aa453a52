"""Folders of buckets: every object is a row of the line that names the folder, once."""

import pytest

from apps.annotators.models import User
from apps.datasets.models import Dataset, Image
from apps.imports import bucket_pages
from apps.imports.actions import listing, pauses, reading
from apps.imports.actions.running import retry_import
from apps.imports.models import Connection, ImportListing, ImportRow
from concord.storage.s3_listing import list_page
from tests.jobs.imports.buckets import begun, in_turn, items, listing_of, read
from tests.jobs.imports.conftest import BringIn, Connect, done, ends
from tests.servers.images import picture
from tests.servers.s3 import S3Server
from tests.unit.concord.peers import answer, peer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that would have been made."""
    made: list[float] = []
    monkeypatch.setattr(listing.time, "sleep", made.append)
    return made


@pytest.mark.usefixtures("small_pages")
def test_a_folder_comes_in_whatever_its_keys(
    weed: S3Server, bring_in: BringIn, dataset: Dataset
) -> None:
    keys = ["1 ü.jpg", "2+x.jpg", "3%20.jpg", "4/é?.jpg", "5*.jpg"]
    for number, key in enumerate(keys):
        weed.put(f"whole/{key}", picture(number))
    weed.put("whole/old/", b"")
    weed.put("whole/notes.txt", b"no image")
    folder = f"s3://{weed.bucket}/whole/"
    found = bring_in(f'url,street\n"{folder}",Wall\n{folder}5*.jpg,Ring\n', name="a.csv")
    assert [each[:2] for each in items(found)] == [*((2, n) for n in range(1, 7)), (3, 1)]
    assert {url for line, _, url, _ in items(found) if line == 2} == {
        f"{folder}{key}" for key in [*keys, "notes.txt"]
    }
    assert found.counts == {
        "total": 7, "queued": 0, "fetching": 0, "done": 5, "duplicate": 1, "failed": 1,
        "cancelled": 0,
    }  # fmt: skip
    assert Image.objects.filter(dataset=dataset).count() == 5
    again = ImportRow.objects.get(of_import=found, line=3)
    assert (again.code, again.payload) == ("duplicate_line", {"meta": {"street": "Ring"}})
    first = ImportListing.objects.get(of_import=found, line=2)
    assert (first.listed, first.folders, first.unmatched, first.ended) == (6, 1, 0, True)


@pytest.mark.usefixtures("small_pages")
def test_patterns(weed: S3Server, bring_in: BringIn) -> None:
    for key in ("a1.jpg", "a2.jpg", "a?.jpg", "b1.jpg", "deep/a3.jpg"):
        weed.put(f"fit/{key}", b"")
    base = f"s3://{weed.bucket}/fit/"
    found = bring_in(f"{base}a?.jpg\n{base}?1.jpg\n{base}*a*.jpg\n{base}none*")
    assert [(line, url.removeprefix(base)) for line, _, url, _ in items(found)] == [
        (1, "a?.jpg"),  # an object is called so
        (2, "a1.jpg"), (2, "b1.jpg"),
        *((3, key) for key in ("a1.jpg", "a2.jpg", "a?.jpg", "deep/a3.jpg")),
        (4, "none*"),
    ]  # fmt: skip
    assert items(found)[-1][1:] == (0, f"{base}none*", "nothing_listed")
    assert list(ImportListing.objects.order_by("line").values_list("unmatched", flat=True)) == [
        0, 3, 1, 0,
    ]  # fmt: skip


def test_a_bucket_that_is_not_granted_stops_nothing(
    weed: S3Server, bring_in: BringIn, dataset: Dataset
) -> None:
    weed.put("one/1.jpg", picture(1))
    found = bring_in(f"s3://others/x/\ns3://{weed.bucket}/one/\ns3://{weed.bucket}\ns3:///k")
    assert ends(found) == [
        (1, "failed", "no_connection"), (2, "done", ""), (3, "failed", "no_key"),
        (4, "failed", "no_bucket"),
    ]  # fmt: skip
    Connection.objects.get().grants.all().delete()
    again = bring_in(f"s3://{weed.bucket}/one/")
    assert ends(again) == [(1, "failed", "no_connection")]
    assert Image.objects.filter(dataset=dataset).count() == 1


class Died(BaseException):
    """A worker that is gone."""


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_listing_goes_on_where_it_was_broken_off(
    weed: S3Server, dataset: Dataset, owner: User, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    folder = f"broken-{when}/"
    for key in "bdfhj":
        weed.put(f"{folder}{key}.jpg", picture(ord(key)))
    pages: list[str] = []

    def dying(*args: object, **options: object) -> object:
        pages.append(str(options["after"]))
        if len(pages) == 2 and when == "before":
            raise Died
        page = list_page(*args, **options)  # type: ignore[arg-type]  # handed on as they came
        if len(pages) == 2:
            raise Died
        return page

    monkeypatch.setattr(bucket_pages, "list_page", dying)
    found = begun(dataset, owner, f"s3://{weed.bucket}/{folder}")
    assert read(found) is True
    with pytest.raises(Died):
        read(found)
    assert [url[-5:] for _, _, url, _ in items(found)] == ["b.jpg", "d.jpg"]
    weed.put(f"{folder}a.jpg", picture(1))  # where it has been already: not in this import
    assert done(found).counts["done"] == 5
    assert [(item, url[-5:]) for _, item, url, _ in items(found)] == [
        (1, "b.jpg"), (2, "d.jpg"), (3, "f.jpg"), (4, "h.jpg"), (5, "j.jpg"),
    ]  # fmt: skip
    assert pages == ["", f"{folder}d.jpg", f"{folder}d.jpg", f"{folder}h.jpg"]


@pytest.mark.usefixtures("small_pages")
def test_a_long_list_is_read_in_pieces(
    weed: S3Server, dataset: Dataset, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in "abc":
        weed.put(f"long/{key}.jpg", b"x")
    monkeypatch.setattr(reading, "PIECE_SECONDS", -1)
    monkeypatch.setattr(reading, "BATCH", 2)
    lines = [*(f"no address {n}" for n in range(5)), f"s3://{weed.bucket}/long/", "nor this"]
    found = begun(dataset, owner, "\n".join(lines))
    for stored in (2, 4, 5):
        assert read(found) is True
        assert len(items(found)) == stored
    monkeypatch.setattr(reading, "PIECE_SECONDS", 60)
    assert read(found) is False
    assert [each[:2] for each in items(found)] == [
        *((line, 0) for line in range(1, 6)), (6, 1), (6, 2), (6, 3), (7, 0),
    ]  # fmt: skip


SLOW_DOWN = answer("503 x", b"<Error><Code>SlowDown</Code></Error>", "Retry-After: 7")


def test_a_storm_of_slow_down_is_waited_out(
    bring_in: BringIn, connect: Connect, no_pauses: list[float]
) -> None:
    with peer(in_turn(SLOW_DOWN, SLOW_DOWN, listing_of("a/../b", "a/c/"))) as one:
        connect(one.url, one.allowance, bucket="bucket")
        found = bring_in("s3://bucket/a/")
    assert items(found) == [
        (1, 1, "s3://bucket/a/../b", "bad_s3_address"),
        (1, 2, "s3://bucket/a/c/", "bad_s3_address"),
    ]  # fmt: skip
    assert len(no_pauses) == 2
    assert all(7 <= pause <= pauses.LONGEST_PAUSE for pause in no_pauses)


def test_a_folder_that_failed_is_gone_on_with_by_retry(
    bring_in: BringIn, connect: Connect, owner: User, no_pauses: list[float]
) -> None:
    expired = answer("403 x", b"<Error><Code>ExpiredToken</Code></Error>")
    script = in_turn(listing_of("a/../1", more=True), expired, listing_of("a/../2"))
    with peer(script) as one:
        connect(one.url, one.allowance, bucket="bucket")
        found = bring_in("s3://bucket/a/\nno address")
        assert items(found) == [
            (1, 0, "s3://bucket/a/", "expired_token"),
            (1, 1, "s3://bucket/a/../1", "bad_s3_address"), (2, 0, "no address", "not_a_url"),
        ]  # fmt: skip
        row = ImportRow.objects.get(of_import=found, line=1, item=0)
        assert row.reason == "After 1 objects: The keys have expired."
        again = done(retry_import(found=found, actor=owner))
    assert again.state == "done"
    assert [each[1:3] for each in items(again)] == [
        (1, "s3://bucket/a/../1"), (2, "s3://bucket/a/../2"), (0, "no address"),
    ]  # fmt: skip
    assert no_pauses == []


def test_versions(weed: S3Server, bring_in: BringIn) -> None:
    client, bucket = weed.client, "versions"
    client.create_bucket(Bucket=bucket)
    client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    Connection.objects.update(buckets=[bucket])
    old, new = (
        client.put_object(Bucket=bucket, Key="a b+.jpg", Body=picture(n))["VersionId"]
        for n in (1, 2)
    )
    marker = client.delete_object(Bucket=bucket, Key="a b+.jpg")["VersionId"]
    base = f"s3://{bucket}/a b+.jpg"
    found = bring_in("\n".join([base, *(f"{base}?versionId={v}" for v in (old, new, marker, "x"))]))
    assert ends(found) == [
        (1, "failed", "no_such_key"), (2, "done", ""), (3, "done", ""),
        (4, "failed", "no_such_key"), (5, "failed", "no_such_version"),
    ]  # fmt: skip
    widths = list(Image.objects.order_by("created_at").values_list("blob__width", flat=True))
    assert sorted(widths) == [97, 98]
