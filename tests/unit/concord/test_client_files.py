"""What is found in folders, in which order, and how it becomes a form for the server."""

import io
import itertools
import os
from pathlib import Path

import pytest
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http.multipartparser import MultiPartParser
from hypothesis import given
from hypothesis import strategies as st

from apps.imports.domain.addresses import folder_path
from concord.client.errors import ClientError
from concord.client.folders import Found, files_in, natural, reason_to_leave
from concord.client.forms import PIECE, Changed, FileForm, FileToSend
from tests.servers.images import picture

PNG = b"\x89PNG\r\n\x1a\n"


def write(folder: Path, *names: str, data: bytes = PNG) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def names_in(*paths: Path) -> list[str]:
    return [file.name for file in files_in(paths).files]


def test_folders_are_read_in_the_order_of_names(tmp_path: Path) -> None:
    street = tmp_path / "street"
    write(street, "10.jpg", "2.jpg", "A/1.jpg", "b/é.jpg", "b/2/x.jpg", "b/10/x.jpg", "C.jpg")
    assert names_in(street) == [
        "street/2.jpg",
        "street/10.jpg",
        "street/A/1.jpg",
        "street/b/2/x.jpg",
        "street/b/10/x.jpg",
        "street/b/é.jpg",
        "street/C.jpg",
    ]
    assert names_in(street / "A" / "1.jpg", street / "b" / "2") == ["1.jpg", "2/x.jpg"]


def test_a_folder_has_a_name_however_it_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "street", "a.jpg")
    monkeypatch.chdir(tmp_path / "street")
    assert names_in(Path()) == names_in(Path("../street/")) == ["street/a.jpg"]
    (tmp_path / "today").symlink_to(tmp_path / "street")
    assert names_in(tmp_path / "today") == ["today/a.jpg"]


def test_what_is_hidden_linked_in_circles_or_no_file_is_not_read(tmp_path: Path) -> None:
    street = tmp_path / "street"
    write(street, ".DS_Store", ".git/a.jpg", "real.jpg")
    (street / "linked.jpg").symlink_to(street / "real.jpg")
    (street / "gone.jpg").symlink_to(street / "nowhere.jpg")
    (street / "circle").symlink_to(street)
    os.mkfifo(street / "pipe.jpg")
    found = files_in([street])
    assert [file.name for file in found.files] == ["street/linked.jpg", "street/real.jpg"]
    assert found.left == {
        "It cannot be read.": ["street/gone.jpg"],
        "It is a link to a folder.": ["street/circle"],
        "It is no file.": ["street/pipe.jpg"],
    }
    assert found.lost


def test_names_that_are_no_text_and_paths_without_end(tmp_path: Path) -> None:
    write(tmp_path / os.fsdecode(b"\xff"), "a.jpg")
    deep = tmp_path / "deep" / "/".join(["x" * 200] * 5)
    write(deep, "a.jpg")
    found = files_in([tmp_path])
    assert [file.name for file in found.files] == [f"{tmp_path.name}/\ufffd/a.jpg"]
    assert [*found.left] == ["Its path has more than 1000 letters."]
    assert not found.lost


@pytest.mark.parametrize("name", ["none", "a\0b", "x" * 5000])
def test_a_path_that_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(ClientError, match=r"^Not there"):
        files_in([tmp_path / name])


def test_images_are_known_by_their_first_bytes(tmp_path: Path) -> None:
    reasons = {}
    for name, data in {
        "a.txt": picture(1),
        "b.jpg": b"Dear all,",
        "c.jpg": b"",
        "d.jpg": b"<html><body>not found",
        "e.heic": bytes(4) + b"ftypheic" + bytes(50),
        "f.png": PNG,
    }.items():
        write(tmp_path, name, data=data)
        reasons[name] = (reason_to_leave(FileToSend(tmp_path / name, name, len(data))) or "")[:12]
    assert reasons == {
        "a.txt": "",
        "b.jpg": "This is text",
        "c.jpg": "The file is ",
        "d.jpg": "This is a we",
        "e.heic": "This is HEIC",
        "f.png": "",
    }
    assert reason_to_leave(FileToSend(tmp_path / "gone", "gone", 1)) == "It cannot be read."


@given(st.lists(st.text(st.sampled_from("0123aB.é²\u0661"))))
def test_any_names_have_an_order(names: list[str]) -> None:
    names.sort(key=natural)
    assert all(natural(a) <= natural(b) for a, b in itertools.pairwise(names))


def parsed(form: FileForm) -> tuple[list[str], list[tuple[str, bytes]]]:
    """Paths and files, as the server takes them out of a request."""
    body = b"".join(form)
    assert form.headers["Content-Length"] == str(len(body))
    meta = {
        "CONTENT_TYPE": form.headers["Content-Type"],
        "CONTENT_LENGTH": form.headers["Content-Length"],
    }
    fields, files = MultiPartParser(meta, io.BytesIO(body), [TemporaryFileUploadHandler()]).parse()
    received = [(str(file.name), file.read()) for file in files.getlist("files")]
    return fields.getlist("paths"), received


NAMES = [
    'quo"te\r\nX: y.jpg',
    "a&amp;b&lt;.jpg",
    "ü中\u0301🙂.jpg",
    "100%25.jpg",
    "semi;colon='*.jpg",
    "\u202egpj.exe",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_arrive_as_they_are_but_for_what_cannot_be_seen(tmp_path: Path, name: str) -> None:
    write(tmp_path, "1", data=picture(1))
    size = len(picture(1))
    seen = "".join(letter for letter in name if letter.isprintable())
    files = [
        FileToSend(tmp_path / "1", name, size),
        FileToSend(tmp_path / "1", f"Wände/{name}", size),
    ]
    paths, received = parsed(FileForm(files))
    assert received == [(seen, picture(1))] * 2
    assert paths == ["", f"Wände/{name}"]
    assert folder_path(paths[1]) == paths[1]
    assert parsed(FileForm(files[:1])) == ([], [(seen, picture(1))])


@pytest.mark.parametrize("name", ["\x01", " ", "\\", "..\\", "&#47;", "a/.", "a/..", "x\\"])
def test_no_name_loses_its_file(tmp_path: Path, name: str) -> None:
    write(tmp_path, "1")
    _, received = parsed(FileForm([FileToSend(tmp_path / "1", name, len(PNG))]))
    assert [data for _, data in received] == [PNG]


def test_a_large_file_is_never_in_memory_as_a_whole(tmp_path: Path) -> None:
    size = 5 * PIECE + 7
    with (tmp_path / "large.jpg").open("wb") as file:
        file.truncate(size)
    heard: list[int] = []
    form = FileForm([FileToSend(tmp_path / "large.jpg", "large.jpg", size)], on_sent=heard.append)
    assert max(len(piece) for piece in form) == PIECE
    assert heard == [*range(PIECE, size, PIECE), size]


@pytest.mark.parametrize("size", [len(PNG) - 1, len(PNG) + 1])
def test_a_file_of_another_size_is_not_sent(tmp_path: Path, size: int) -> None:
    write(tmp_path, "a.png")
    file = FileToSend(tmp_path / "a.png", "a.png", size)
    with pytest.raises(Changed) as caught:
        b"".join(FileForm([file]))
    assert caught.value.file is file


@pytest.mark.parametrize("change", ["grow", "shrink"])
def test_a_file_that_changes_under_way_is_not_taken_for_whole(tmp_path: Path, change: str) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(bytes(2 * PIECE))
    form = iter(FileForm([FileToSend(path, "a.jpg", 2 * PIECE)]))
    assert len(next(piece for piece in form if len(piece) == PIECE)) == PIECE
    os.truncate(path, 3 * PIECE if change == "grow" else PIECE)
    with pytest.raises(Changed):
        b"".join(form)


def test_nothing_is_lost_where_all_was_only_left_out() -> None:
    found = Found()
    found.leave("a.txt", "This is text.")
    assert not found.lost
