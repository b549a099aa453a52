"""Bringing images in over HTTP."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.datasets.models import Dataset, Image
from apps.imports.models import Import, ImportRow, RowState
from apps.tasks.models import Task
from concord.jobs.models import Job
from tests.api.imports.conftest import post, work
from tests.servers.images import ImageServer, picture

pytestmark = pytest.mark.django_db
does_jobs = pytest.mark.django_db(transaction=True)


def begun(client: Client, dataset: Dataset, body: dict[str, object]) -> str:
    """The path of a new import."""
    answer = post(client, f"/api/datasets/{dataset.slug}/imports/", body, key=uuid.uuid4().hex)
    assert answer.status_code == 202, answer.content
    return answer["Location"]


class TestLists:
    @does_jobs
    def test_urls_from_request_to_rows(
        self, manager: Client, dataset: Dataset, reachable: ImageServer
    ) -> None:
        urls = [reachable.url("/ok/1.jpg"), reachable.url("/nothing"), reachable.url("/ok/1.jpg")]
        answer = post(manager, f"/api/datasets/{dataset.id}/imports/", {"urls": urls}, key="k1")
        assert answer.status_code == 202
        reading = answer.json()
        assert answer["Location"] == f"/api/imports/{reading['id']}/"
        assert (reading["state"], reading["counts"]["total"]) == ("reading", 0)
        assert reading["created_by"]["name"] == "Olga"

        work()
        done = manager.get(answer["Location"]).json()
        assert (done["state"], done["error"], done["fetch"]) == ("done", "", "copy")
        assert done["finished_at"]
        assert done["counts"] == {
            "total": 3, "queued": 0, "fetching": 0, "done": 1, "duplicate": 1, "failed": 1,
            "cancelled": 0,
        }  # fmt: skip
        rows = manager.get(f"{answer['Location']}rows/").json()["results"]
        image, task = Image.objects.get(), Task.objects.get()
        assert rows == [
            {
                "line": 1, "item": 0, "url": urls[0], "state": "done", "code": "", "reason": "",
                "image": str(image.id), "task": str(task.id),
                "thumbnail": f"/api/images/{image.id}/thumbnail/",
            },
            {
                "line": 2, "item": 0, "url": urls[1], "state": "failed", "code": "http_404",
                "reason": "There is nothing at this address (404).",
                "image": None, "task": None, "thumbnail": None,
            },
            {
                "line": 3, "item": 0, "url": urls[2], "state": "duplicate",
                "code": "duplicate_line",
                "reason": "The same address as line 1.",
                "image": None, "task": None, "thumbnail": None,
            },
        ]  # fmt: skip
        failed = manager.get(f"{answer['Location']}rows/?state=failed&limit=1").json()
        assert [row["line"] for row in failed["results"]] == [2]
        assert failed["next"] is None

    @does_jobs
    @pytest.mark.parametrize("name", ["list.csv", "list.txt.gz", "tasks.jsonl", "pasted"])
    def test_every_way_to_send_a_list(
        self, manager: Client, dataset: Dataset, reachable: ImageServer, name: str
    ) -> None:
        import gzip  # noqa: PLC0415

        url = reachable.url("/ok/1.jpg")
        path = f"/api/datasets/{dataset.slug}/imports/"
        headers = {"Idempotency-Key": "k"}
        match name:
            case "list.csv":
                file = SimpleUploadedFile(name, f"photo;id\n{url};7\n".encode())
                body = {"file": file, "url_field": "photo"}
                answer = manager.post(path, body, headers=headers)
            case "list.txt.gz":
                file = SimpleUploadedFile(name, gzip.compress(url.encode()))
                answer = manager.post(path, {"file": file}, headers=headers)
            case "tasks.jsonl":
                answer = post(manager, path, {"tasks": [{"image": url, "meta": {"a": 1}}]}, key="k")
            case _:
                answer = post(manager, path, {"text": f"  {url}\n\n"}, key="k")
        assert answer.status_code == 202, answer.content
        work()
        assert manager.get(answer["Location"]).json()["counts"]["done"] == 1
        assert Task.objects.get().meta == {"list.csv": {"id": "7"}, "tasks.jsonl": {"a": 1}}.get(
            name, {}
        )

    def test_same_key_is_the_same_import(self, manager: Client, dataset: Dataset) -> None:
        path = f"/api/datasets/{dataset.slug}/imports/"
        body = {"urls": ["https://example.org/a.jpg"]}
        first, again = (post(manager, path, body, key="k") for _ in range(2))
        assert (first.status_code, again.status_code) == (202, 202)
        assert first.json()["id"] == again.json()["id"]
        assert (Import.objects.count(), Job.objects.count()) == (1, 1)
        other = post(manager, path, {"urls": ["https://example.org/b.jpg"]}, key="k")
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
        without = post(manager, path, body)
        assert (without.status_code, without.json()["code"]) == (400, "idempotency_key_required")

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"urls": []},
            {"urls": ["https://a.org/a"], "text": "https://a.org/b"},
            {"urls": ["https://a.org/a"], "fetch": "link"},
            {"urls": ["https://a.org/a"], "on_duplicate": "replace"},
            {"urls": ["https://a.org/a"], "state": "done"},
            {"urls": ["https://a.org/a"], "connection": str(uuid.uuid4())},
        ],
    )
    def test_bad_requests_change_nothing(
        self, manager: Client, dataset: Dataset, body: dict[str, object]
    ) -> None:
        answer = post(manager, f"/api/datasets/{dataset.slug}/imports/", body, key="k")
        assert answer.status_code == 400, answer.content
        assert Import.objects.count() == 0

    def test_only_managers_import(
        self, manager: Client, rita: Client, otto: Client, dataset: Dataset
    ) -> None:
        body = {"urls": ["https://example.org/a.jpg"]}
        made = begun(manager, dataset, body)
        listing = f"/api/datasets/{dataset.slug}/imports/"
        for client, status in ((rita, 403), (otto, 404), (Client(), 401)):
            assert post(client, listing, body, key="k").status_code == status
            for path in (listing, made, f"{made}rows/"):
                assert client.get(path).status_code == status
            for verb in ("cancel", "pause", "resume", "retry"):
                assert post(client, f"{made}{verb}/").status_code == status
        assert [row["state"] for row in manager.get(listing).json()["results"]] == ["reading"]

    def test_polling_costs_nothing_while_nothing_changes(
        self, manager: Client, dataset: Dataset
    ) -> None:
        path = begun(manager, dataset, {"urls": ["https://example.org/a.jpg"]})
        first = manager.get(path)
        assert manager.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
        Import.objects.update(state="paused")
        changed = manager.get(path, headers={"If-None-Match": first["ETag"]})
        assert (changed.status_code, changed.json()["state"]) == (200, "paused")

    def test_one_query_counts_however_many_imports(
        self, manager: Client, dataset: Dataset, django_assert_max_num_queries: object
    ) -> None:
        for n in range(5):
            begun(manager, dataset, {"urls": [f"https://example.org/{n}.jpg"]})
        with django_assert_max_num_queries(6):  # type: ignore[operator]
            manager.get(f"/api/datasets/{dataset.slug}/imports/")


class TestFiles:
    @does_jobs
    def test_files_are_rows_of_an_import(self, manager: Client, dataset: Dataset) -> None:
        files = [
            SimpleUploadedFile("cat.png", picture(1, "png")),
            SimpleUploadedFile("same.png", picture(1, "png")),
            SimpleUploadedFile("notes.jpg", b"not an image"),
            SimpleUploadedFile("../../é.jpg", picture(2)),
        ]
        answer = manager.post(
            f"/api/datasets/{dataset.slug}/images/", {"files": files},
            headers={"Idempotency-Key": "k"},
        )  # fmt: skip
        assert answer.status_code == 202, answer.content
        assert answer.json()["counts"]["total"] == 4
        work()
        rows = manager.get(f"{answer['Location']}rows/").json()["results"]
        assert [row["url"] for row in rows] == [
            "upload:cat.png", "upload:same.png", "upload:notes.jpg", "upload:é.jpg",
        ]  # fmt: skip
        assert sorted(row["state"] for row in rows[:2]) == ["done", "duplicate"]
        assert [(row["state"], row["code"]) for row in rows[2:]] == [
            ("failed", "not_an_image"), ("done", ""),
        ]  # fmt: skip
        assert set(Image.objects.values_list("source_url", flat=True)) == {""}
        assert Image.objects.filter(name="é.jpg").exists()

    def test_a_key_is_asked_for(self, manager: Client, dataset: Dataset) -> None:
        body = {"files": [io.BytesIO(b"x")]}
        answer = manager.post(f"/api/datasets/{dataset.slug}/images/", body)
        assert answer.json()["code"] == "idempotency_key_required"


class TestSteering:
    @does_jobs
    def test_pause_holds_and_resume_goes_on(
        self, manager: Client, dataset: Dataset, reachable: ImageServer
    ) -> None:
        path = begun(manager, dataset, {"urls": [reachable.url("/ok/1.jpg")]})
        assert post(manager, f"{path}pause/").json()["code"] == "not_running"
        read_only()
        assert post(manager, f"{path}pause/").json()["state"] == "paused"
        work()
        assert manager.get(path).json()["counts"]["queued"] == 1
        assert reachable.requests["/ok/1.jpg"] == 0
        assert post(manager, f"{path}resume/").json()["state"] == "running"
        assert post(manager, f"{path}resume/").json()["code"] == "not_paused"
        work()
        assert manager.get(path).json()["counts"]["done"] == 1

    @does_jobs
    @pytest.mark.parametrize("already_read", [False, True])
    def test_cancel_ends_every_row(
        self, manager: Client, dataset: Dataset, reachable: ImageServer, already_read: bool
    ) -> None:
        path = begun(manager, dataset, {"urls": [reachable.url(f"/ok/{n}.jpg") for n in range(3)]})
        if already_read:
            read_only()
        assert post(manager, f"{path}cancel/").json()["state"] == "cancelled"
        work()
        found = manager.get(path).json()
        assert found["state"] == "cancelled"
        assert found["counts"]["cancelled"] == found["counts"]["total"] == 3 * already_read
        assert (sum(reachable.requests.values()), Image.objects.count()) == (0, 0)
        assert post(manager, f"{path}cancel/").status_code == 409

    def test_retry_fetches_failed_rows_once_more(
        self, manager: Client, dataset: Dataset, reachable: ImageServer
    ) -> None:
        urls = [reachable.url("/ok/1.jpg"), reachable.url("/later"), "no address"]
        path = begun(manager, dataset, {"urls": urls})
        work()
        assert manager.get(path).json()["counts"]["failed"] == 2
        ImportRow.objects.filter(url=urls[1]).update(url=reachable.url("/ok/2.jpg"))
        assert post(manager, f"{path}retry/").json()["state"] == "running"
        work()
        counts = manager.get(path).json()["counts"]
        assert (counts["done"], counts["failed"]) == (2, 1)
        assert reachable.requests["/ok/1.jpg"] == 1
        assert post(manager, f"{path}retry/").json()["code"] == "nothing_to_retry"

    @does_jobs
    def test_retry_of_one_reason(
        self, manager: Client, dataset: Dataset, reachable: ImageServer
    ) -> None:
        urls = [reachable.url("/nothing/1.jpg"), reachable.url("/text.jpg"), "no address"]
        path = begun(manager, dataset, {"urls": urls})
        work()
        assert manager.get(path).json()["counts"]["failed"] == 3
        assert post(manager, f"{path}retry/", {"code": "http_404"}).json()["state"] == "running"
        work()
        assert [reachable.requests[name] for name in ("/nothing/1.jpg", "/text.jpg")] == [2, 1]
        for code in ("not_a_url", "http_500"):
            answer = post(manager, f"{path}retry/", {"code": code})
            assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_retry")
        assert post(manager, f"{path}retry/", {"code": ["http_404"]}).status_code == 400


def read_only() -> None:
    """Does the reading of lists, not the fetching."""
    from concord.jobs.runner import run_job  # noqa: PLC0415

    for job in Job.objects.filter(kind="imports.read", state=Job.State.QUEUED):
        run_job(job.pk)
    assert ImportRow.objects.filter(state=RowState.QUEUED).exists()
