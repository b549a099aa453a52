"""What failed, by reason and as a list that is corrected and imported again."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import StreamingHttpResponse
from django.test import Client

from apps.datasets.models import Dataset
from apps.imports import queries
from apps.tasks.models import Task
from tests.api.imports.conftest import work
from tests.servers.images import ImageServer

pytestmark = pytest.mark.django_db(transaction=True)


def imported(client: Client, dataset: Dataset, text: str, *, name: str = "list.csv") -> str:
    """The path of an import that has come to its end."""
    file = SimpleUploadedFile(name, text.encode())
    path = f"/api/datasets/{dataset.slug}/imports/"
    answer = client.post(path, {"file": file}, headers={"Idempotency-Key": uuid.uuid4().hex})
    assert answer.status_code == 202, answer.content
    work()
    return answer["Location"]


def body_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer
    assert isinstance(answer, StreamingHttpResponse)
    assert "attachment" in answer["Content-Disposition"]
    return b"".join(answer).decode()  # type: ignore[arg-type]  # a plain iterator


@pytest.fixture
def table(reachable: ImageServer) -> str:
    lines = [
        "url,place",
        f"{reachable.url('/ok/1.jpg')},here",
        f"{reachable.url('/nothing/2.jpg')},=2+3",
        f"{reachable.url('/nothing/3.jpg')},there",
        "not an address,nowhere",
    ]
    return "\n".join(lines)


class TestReasons:
    def test_grouped_and_the_most_frequent_first(
        self, manager: Client, dataset: Dataset, table: str
    ) -> None:
        path = imported(manager, dataset, table)
        found = manager.get(f"{path}failures/").json()
        assert [(row["code"], row["count"], row["line"]) for row in found["results"]] == [
            ("http_404", 2, 3),
            ("not_a_url", 1, 5),
        ]
        assert [row["may_retry"] for row in found["results"]] == [True, False]
        assert found["results"][0]["reason"] == "There is nothing at this address (404)."
        assert found["files"] == ["csv", "jsonl"]

    def test_rows_are_found_by_code_and_text(
        self, manager: Client, dataset: Dataset, table: str
    ) -> None:
        path = imported(manager, dataset, table)

        def lines(query: str) -> list[int]:
            return [row["line"] for row in manager.get(f"{path}rows/?{query}").json()["results"]]

        assert lines("code=http_404") == [3, 4]
        assert lines("code=http_404&search=3.jpg") == [4]
        assert lines("search=THERE%20IS%20NOTHING") == [3, 4]
        assert lines("state=failed&order=-line&limit=2") == [5, 4]
        assert lines("state=done&code=http_404") == []

    @pytest.mark.parametrize(
        ("query", "code"),
        [
            ("state=lost", "bad_state"),
            ("order=url", "bad_order"),
            ("search=a%00b", "bad_search"),
            (f"code={'x' * 201}", "bad_code"),
            ("sort=line", "unknown_parameter"),
        ],
    )
    def test_a_search_that_makes_no_sense(
        self, manager: Client, dataset: Dataset, table: str, query: str, code: str
    ) -> None:
        path = imported(manager, dataset, table)
        answer = manager.get(f"{path}rows/?{query}")
        assert (answer.status_code, answer.json()["code"]) == (400, code)


class TestCorrecting:
    def test_a_table_is_corrected_and_imported_again(
        self, manager: Client, dataset: Dataset, reachable: ImageServer, table: str
    ) -> None:
        text = body_of(manager, f"{imported(manager, dataset, table)}failed.csv")
        assert text.splitlines()[0] == "\ufeffurl,place,import_line,import_code,import_reason"
        assert ",'=2+3,3,http_404," in text
        corrected = text.replace("/nothing/", "/ok/").replace(
            "not an address", reachable.url("/ok/4.jpg")
        )
        path = imported(manager, dataset, corrected)
        assert manager.get(path).json()["counts"]["done"] == 3
        metas = {task.meta["place"] for task in Task.objects.exclude(meta={})}
        assert metas == {"here", "=2+3", "there", "nowhere"}

    def test_what_a_table_cannot_hold_goes_out_as_tasks(
        self, manager: Client, dataset: Dataset, reachable: ImageServer
    ) -> None:
        url = reachable.url("/nothing/1.jpg")
        task = f'{{"image": "{url}", "meta": {{"n": 1}}, "mine": [null]}}'
        path = imported(manager, dataset, task, name="list.jsonl")
        assert manager.get(f"{path}failures/").json()["files"] == ["jsonl"]
        refused = manager.get(f"{path}failed.csv")
        assert (refused.status_code, refused.json()["code"]) == (409, "not_a_table")
        text = body_of(manager, f"{path}failed.jsonl")
        assert text.startswith(task.removesuffix("}"))
        again = imported(manager, dataset, text.replace("/nothing/", "/ok/"), name="again.jsonl")
        assert manager.get(again).json()["counts"]["done"] == 1

    def test_however_many_they_are(
        self,
        manager: Client,
        dataset: Dataset,
        reachable: ImageServer,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(queries, "AT_ONCE", 2)
        text = "\n".join(["url", *(reachable.url(f"/nothing/{n}.jpg") for n in range(5))])
        sent = body_of(manager, f"{imported(manager, dataset, text)}failed.csv")
        assert [line.split(",")[1] for line in sent.splitlines()[1:]] == ["2", "3", "4", "5", "6"]
