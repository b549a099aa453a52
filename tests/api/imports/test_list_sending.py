"""Lists as they come over HTTP: how they were read is told, and half a list is none."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.datasets.models import Dataset, Image
from apps.imports.models import Import, ImportRow
from tests.api.imports.conftest import post, work
from tests.servers.images import ImageServer

does_jobs = pytest.mark.django_db(transaction=True)


@does_jobs
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "windows-1252"])
def test_the_encoding_is_told(
    manager: Client, dataset: Dataset, reachable: ImageServer, encoding: str
) -> None:
    body = f"url;straße\r\n{reachable.url('/ok/1.jpg')};Königsallee\r\n".encode(encoding)
    path = f"/api/datasets/{dataset.slug}/imports/"
    answer = manager.post(
        path, {"file": SimpleUploadedFile("list.csv", body)}, headers={"Idempotency-Key": "k"}
    )
    assert answer.json()["encoding"] == ""
    work()
    found = manager.get(answer["Location"]).json()
    assert (found["state"], found["encoding"], found["counts"]["done"]) == ("done", encoding, 1)
    assert ImportRow.objects.get().payload == {"meta": {"straße": "Königsallee"}}


@does_jobs
def test_what_is_no_list_fails_by_name(manager: Client, dataset: Dataset) -> None:
    file = SimpleUploadedFile("list.xlsx", b"PK\x03\x04 and so on")
    path = f"/api/datasets/{dataset.slug}/imports/"
    answer = manager.post(path, {"file": file}, headers={"Idempotency-Key": "k"})
    work()
    found = manager.get(answer["Location"]).json()
    assert found["state"] == "failed"
    assert found["error"] == "This is a spreadsheet. Save the list as .csv (in Excel: CSV UTF-8)."


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["", "\r\n--b", "\r\n--b\r\n"])
def test_f12_a_list_cut_short_while_it_is_sent(manager: Client, dataset: Dataset, end: str) -> None:
    """A connection that breaks looks to the server like the end of the body: nothing begins."""
    head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    answer = manager.generic(
        "POST",
        f"/api/datasets/{dataset.slug}/imports/",
        f"{head}https://example.org/a.jpg\nhttps://exam{end}",
        content_type="multipart/form-data; boundary=b",
        headers={"Idempotency-Key": "k"},
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "cut_short")
    assert Import.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ['Boundary="a b"', "boundary=b; charset=utf-8", "BOUNDARY=b"])
def test_a_whole_form_is_taken_however_it_says_its_boundary(
    manager: Client, dataset: Dataset, kind: str
) -> None:
    mark = "a b" if "a b" in kind else "b"
    head = f'--{mark}\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
    answer = manager.generic(
        "POST",
        f"/api/datasets/{dataset.slug}/imports/preview/",
        f"{head}https://example.org/a.jpg\r\n--{mark}--\r\n",
        content_type=f"multipart/form-data; {kind}",
    )
    assert answer.status_code == 200, answer.content
    assert answer.json()["counts"]["new"] == 1


@does_jobs
def test_f7_two_people_send_the_same_list_at_once(
    manager: Client, ada: Client, dataset: Dataset, reachable: ImageServer
) -> None:
    urls = {"urls": [reachable.url(f"/ok/{n}.jpg") for n in range(3)]}
    path = f"/api/datasets/{dataset.slug}/imports/"
    locations = [post(client, path, urls, key="k")["Location"] for client in (manager, ada)]
    work()
    counts = [ada.get(location).json()["counts"] for location in locations]
    assert sum(count["done"] for count in counts) == Image.objects.count() == 3
    assert sum(count["duplicate"] for count in counts) == 3


@does_jobs
def test_an_encoding_that_is_said_is_taken(
    manager: Client, dataset: Dataset, reachable: ImageServer
) -> None:
    """Wrong letters show that it was."""
    body = f"url;straße\r\n{reachable.url('/ok/1.jpg')};Königsallee\r\n".encode()
    route = f"/api/datasets/{dataset.slug}/imports/"
    file = SimpleUploadedFile("list.csv", body)
    seen = manager.post(f"{route}preview/", {"file": file, "encoding": "windows-1252"}).json()
    assert (seen["encoding"], seen["warnings"]) == ("windows-1252", [])
    assert seen["lines"][0]["meta"] == {"straÃŸe": "KÃ¶nigsallee"}
    found = post(manager, f"{route}preview/", {"list": seen["list"]}).json()
    assert (found["encoding"], found["columns"]) == ("utf-8", ["url", "straße"])
    said = {"list": seen["list"], "encoding": "windows-1252"}
    made = post(manager, route, said, key="k")
    assert made.json()["encoding"] == "windows-1252"
    work()
    assert manager.get(made["Location"]).json()["encoding"] == "windows-1252"
    assert ImportRow.objects.get().payload == {"meta": {"straÃŸe": "KÃ¶nigsallee"}}
    unknown = manager.post(f"{route}preview/", {"text": "x", "encoding": "shift-jis"})
    assert (unknown.status_code, set(unknown.json()["errors"])) == (400, {"encoding"})
