"""From answers to files, and back to the numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pycocotools.coco import COCO

from apps.datasets.models import Image, Interface, Label
from apps.exchange.models import Export
from apps.exchange.pseudonyms import pseudonym
from apps.imports.actions.contents import content_of
from apps.imports.domain.tasks import row_of_task
from apps.reviews.models import Final
from apps.tasks.actions.creating import create_task
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from concord.storage.files import store
from tests.api.exchange.files import export, lines, order
from tests.factories import browser_of, make_group, make_image, make_task, make_user
from tests.team import Team, both_answer, box

# An export reads through a connection of its own, which sees what is committed.
pytestmark = pytest.mark.django_db(transaction=True)

STOP = {
    **box(10.125, 20.0625, 40.3, 20.7, "stop"),
    "note": {"seen": ["twice", None]},
    "extreme_points": [[10.125, 30.5], [50.425, 31.25], [20.5, 20.0625], [25.75, 40.7625]],
}
YIELD = box(100, 50, 20, 20, "yield")


@pytest.fixture
def team() -> Team:
    """a and b agreed with two shapes and none, c rejected, d unsure, e disputed, f half done."""
    team = Team()
    for place, name in enumerate("abcdef"):
        make_task(team.dataset, name=f"{name}.jpg", order_key=place)
    both_answer(team, [STOP, YIELD], [STOP, YIELD])
    both_answer(team, [], [])
    for verdict in ("reject", "ignore"):
        for who in ("Ann", "Ben"):
            (task,) = team.next(who)["tasks"]
            assert team.answer(who, task, answer=verdict).status_code == 200
    (unsure,) = team.review()["tasks"]
    keep = {"conflict": unsure["conflicts"][0]["id"], "action": "accept"}
    assert team.decide(unsure, keep, final=True).status_code == 200
    both_answer(team, [STOP], [{**STOP, "label": "yield"}])
    (task,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", task, YIELD).status_code == 200
    return team


def test_coco_opens_in_pycocotools_with_the_numbers_that_were_drawn(
    team: Team, tmp_path: Path
) -> None:
    path = tmp_path / "coco.json"
    path.write_bytes(export(team, format="coco"))
    coco = COCO(str(path))
    assert [image["file_name"] for image in coco.loadImgs(coco.getImgIds())] == ["a.jpg", "b.jpg"]
    assert [row["name"] for row in coco.loadCats(coco.getCatIds())] == ["stop", "yield"]
    stop, give_way = coco.loadAnns(coco.getAnnIds(imgIds=[1]))
    spans = Final.objects.get(task__order_key=0).spans
    stored = {span["x"]: span for span in spans}
    for annotation in (stop, give_way):
        span = stored[annotation["bbox"][0]]
        assert annotation["bbox"] == [span["x"], span["y"], span["width"], span["height"]]
    assert stop["bbox"] == [10.125, 20.0625, 40.3, 20.7]
    assert (stop["area"], stop["iscrowd"]) == (40.3 * 20.7, 0)
    assert coco.annToMask(give_way).sum() == 400
    assert coco.getAnnIds(imgIds=[2]) == []


def test_rejected_and_unsure_tasks_are_lines_with_their_answer(team: Team) -> None:
    found = lines(export(team, format="jsonl"))
    assert [line["answer"] for line in found] == ["accept", "accept", "reject", "ignore"]
    span = found[0]["spans"][0]
    assert {key: span[key] for key in ("x", "y", "width", "height", "label")} == {
        "x": 10.125,
        "y": 20.0625,
        "width": 40.3,
        "height": 20.7,
        "label": "stop",
    }
    left, top, right, bottom = 10.125, 20.0625, 10.125 + 40.3, 20.0625 + 20.7
    assert span["points"] == [[left, top], [left, bottom], [right, bottom], [right, top]]
    assert span["center"] == [10.125 + 40.3 / 2, 20.0625 + 20.7 / 2]
    assert span["note"] == {"seen": ["twice", None]}
    assert span["extreme_points"] == STOP["extreme_points"]


def test_answers_carry_pseudonyms_and_no_name_or_address(team: Team) -> None:
    content = export(team, format="jsonl", which="answers")
    found = lines(content)
    assert len(found) == 11  # five tasks by two, and the one that waits
    ann, ben = (
        pseudonym(dataset_id=team.dataset.id, user_id=team.people[name].id)
        for name in ("Ann", "Ben")
    )
    assert [line["_annotator_id"] for line in found].count(ann) == 6
    assert {line["_annotator_id"] for line in found} == {ann, ben}
    for name, user in team.people.items():
        assert user.email not in content.decode()
        assert str(user.id) not in content.decode(), name


def test_both_has_the_final_line_before_the_answers(team: Team) -> None:
    found = lines(export(team, format="jsonl", which="both"))
    first = [line for line in found if line["image"] == "a.jpg"]
    assert ["_review" in line for line in first] == [True, False, False]
    assert len(found) == 4 + 11


def test_a_decision_is_traced_to_its_members_and_reviewer(team: Team) -> None:
    (task,) = team.review()["tasks"]
    rule = {"conflict": task["conflicts"][0]["id"], "action": "label", "label": "yield"}
    assert team.decide(task, rule, final=True).status_code == 200
    line = lines(export(team, format="jsonl"))[-1]
    review = line["_review"]
    names = {
        name: pseudonym(dataset_id=team.dataset.id, user_id=team.people[name].id)
        for name in ("Ann", "Ben", "Rita")
    }
    assert (review["origin"], review["decided"]) == ("decided", True)
    assert review["reviewer"] == names["Rita"]
    assert review["members"] == sorted([names["Ann"], names["Ben"]])
    assert review["votes"] == {"accept": 2}
    assert review["objects"] == [
        {
            "span": line["spans"][0]["id"],
            "kept": True,
            "votes": 2,
            "members": sorted([names["Ann"], names["Ben"]]),
            "labels": {"stop": 1, "yield": 1},
            "decided": True,
        }
    ]


def test_what_a_line_came_with_leaves_as_it_came() -> None:
    team = Team(interface="classification", question="Is this a sign?")
    line = {
        "image": "https://example.org/é.jpg?v=2",
        "id": "row-7",
        "label": "SIGN",
        "meta": {"big": 2**63 - 1, "small": -(2**63), "half": 0.1 + 0.2, "none": None},
        "text": "žluť 🦊 \u2028 </script>",
        "nested": {"list": [1, 1.0, "1", True, None, {"deep": [[]]}]},
        "_session_id": "signs-ann",
    }
    image = make_image(team.dataset, name="é.jpg")
    Image.objects.filter(pk=image.pk).update(source_url=line["image"])
    row = row_of_task(json.loads(json.dumps(line)), line=1)
    create_task(
        dataset=team.dataset, images=[image], order_key=0, content=content_of(dict(row.payload))
    )
    for who in ("Ann", "Ben"):
        (task,) = team.next(who)["tasks"]
        assert team.answer(who, task).status_code == 200
    (found,) = lines(export(team, format="jsonl"))
    assert {key: found[key] for key in line} == line
    assert [type(value) for value in found["nested"]["list"][:2]] == [int, float]
    assert (found["width"], found["height"], found["answer"]) == (200, 100, "accept")


def test_the_same_answers_give_the_same_bytes(team: Team) -> None:
    for body in ({"format": "coco"}, {"format": "jsonl", "which": "both"}):
        assert export(team, **body) == export(team, **body)
    assert len(set(Export.objects.values_list("file_sha256", flat=True))) == 2


def test_ids_stay_when_other_tasks_become_final(team: Team) -> None:
    (task,) = team.review()["tasks"]
    Label.objects.filter(name="stop").update(retired_at="2026-01-01T00:00:00Z")
    before = json.loads(export(team, format="coco"))
    rule = {"conflict": task["conflicts"][0]["id"], "action": "label", "label": "yield"}
    assert team.decide(task, rule, final=True).status_code == 200
    after = json.loads(export(team, format="coco"))
    assert after["images"][:2] == before["images"]
    assert after["images"][2]["id"] == 5
    assert after["categories"] == before["categories"]
    assert [row["name"] for row in after["categories"]] == ["stop", "yield"]


def test_running_a_finished_export_again_changes_nothing(team: Team) -> None:
    first = export(team, format="jsonl")
    made = Export.objects.get()
    Job.objects.update(state="queued", finished_at=None)
    assert run_job(Job.objects.get().id)
    again = Export.objects.get()
    assert (again.finished_at, again.file_sha256) == (made.finished_at, made.file_sha256)
    assert store().open(again.file_sha256).read() == first


def test_a_file_that_cannot_be_written_fails_with_a_sentence(team: Team) -> None:
    reply = order(team, format="jsonl")
    # A final whose provenance is not what this version writes.
    Final.objects.filter(task__order_key=0).update(provenance={})
    assert run_job(Job.objects.get().id)
    failed = team.browsers["Olga"].get(reply["Location"]).json()
    assert failed["state"] == "failed"
    assert failed["error"].startswith("Something went wrong")
    assert failed["url"] is None


def test_the_file_is_an_attachment_and_there_only_when_done(team: Team) -> None:
    made = order(team, format="jsonl").json()
    early = team.get("Olga", f"exports/{made['id']}/file/")
    assert (early.status_code, early.json()["code"]) == (409, "not_ready")
    run_job(Job.objects.get().id)
    file = team.get("Olga", f"exports/{made['id']}/file/")
    assert file["Content-Disposition"] == 'attachment; filename="street-signs-final.jsonl"'
    assert file["X-Content-Type-Options"] == "nosniff"
    listed = team.get("Olga", "datasets/street-signs/exports/").json()["results"]
    assert [row["id"] for row in listed] == [made["id"]]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"format": "voc2"}, "invalid"),
        ({}, "invalid"),
        ({"format": "jsonl", "which": "some"}, "invalid"),
        ({"format": "jsonl", "splits": {"train": 0.8}}, "invalid"),
        ({"format": "jsonl", "splits": {"tail": 1}}, "invalid"),
        ({"format": "jsonl", "names": "yes, all of them"}, "invalid"),
        ({"format": "yolo", "which": "both"}, "format_needs_finals"),
        ({"format": "coco", "which": "answers"}, "format_needs_finals"),
    ],
)
def test_what_cannot_be_exported_is_refused(team: Team, body: dict[str, Any], code: str) -> None:
    reply = order(team, **body)
    assert (reply.status_code, reply.json()["code"]) == (400, code)
    assert not Export.objects.exists()


def test_coco_is_refused_by_name_where_nothing_is_drawn() -> None:
    team = Team(interface="choice", options=[{"id": 1, "text": "yes"}])
    reply = order(team, format="coco")
    assert (reply.status_code, reply.json()["code"]) == (400, "format_not_for_interface")


def test_only_managers_export_and_only_while_they_are(team: Team) -> None:
    made = order(team, format="jsonl").json()
    run_job(Job.objects.get().id)
    for who, status in (("Rita", 403), ("Ann", 403), ("Zoe", 404)):
        for path in (f"exports/{made['id']}/", f"exports/{made['id']}/file/"):
            assert team.get(who, path).status_code == status
        assert team.get(who, "datasets/street-signs/exports/").status_code == status
    admin = browser_of(make_user("Ida", is_admin=True))
    assert admin.get(f"/api/exports/{made['id']}/file/").status_code == 200
    team.dataset.memberships.filter(user=team.people["Olga"]).delete()
    assert team.get("Olga", f"exports/{made['id']}/file/").status_code == 404


def test_images_to_pick_from_are_named_as_the_list_named_them() -> None:
    team = Team(interface=Interface.IMAGE_CHOICE, labels=(), question="Cats?", overlap=1)
    listed = [{"id": "a", "source": "web"}, {"id": 7}]
    make_group(team.dataset, "x.jpg", "y.jpg", tiles=listed)
    make_group(team.dataset, "z.jpg", "w.jpg", order_key=1)
    for _ in range(2):
        (task,) = team.next("Ann")["tasks"]
        chosen = [task["images"][1]["tile"]]
        assert team.answer("Ann", task, accept=chosen).status_code == 200
    written = lines(export(team, format="jsonl", which="both"))
    final, given, other, _ = written
    assert [final["options"], final["accept"]] == [given["options"], given["accept"]]
    assert final["options"] == [
        {"id": "a", "image": "x.jpg", "width": 200, "height": 100,
         "_image_sha256": Image.objects.get(name="x.jpg").blob.sha256, "source": "web"},
        {"id": 7, "image": "y.jpg", "width": 200, "height": 100,
         "_image_sha256": Image.objects.get(name="y.jpg").blob.sha256},
    ]  # fmt: skip
    assert (final["accept"], final["label"], final["answer"]) == ([7], "Cats?", "accept")
    assert "image" not in final
    assert (
        other["accept"] == [other["options"][1]["id"]] == [str(Image.objects.get(name="w.jpg").id)]
    )
    refused = order(team, format="coco")
    assert (refused.status_code, refused.json()["code"]) == (400, "format_not_for_interface")
    # What was written can be read again as the same groups.
    row = row_of_task(
        {
            **final,
            "options": [{**o, "image": f"https://x.org/{o['image']}"} for o in final["options"]],
        },
        line=1,
    )
    assert [tile["option"]["id"] for tile in row.payload["tiles"]] == ["a", 7]


def test_judged_boxes_are_lines_and_come_together_on_their_image() -> None:
    team = Team(interface="image", overlap=1)
    images = [make_image(team.dataset, name=f"{name}.jpg") for name in "ab"]
    said = [
        {"image": str(images[0].id), "spans": [STOP]},
        {"image": str(images[1].id), "spans": [STOP]},
        {"image": str(images[0].id), "spans": [YIELD, box(0, 0, 9, 9, "stop")]},
    ]
    body = {"model": "yolo", "predictions": said}
    assert team.post("Olga", "datasets/street-signs/predictions/", body).status_code == 200
    for verdict in ("accept", "reject", "accept", "ignore"):
        (task,) = team.next("Ann")["tasks"]
        assert team.answer("Ann", task, answer=verdict).status_code == 200
    written = lines(export(team, format="jsonl"))
    assert [(line["answer"], [span["label"] for span in line["spans"]]) for line in written] == [
        ("accept", ["stop"]),
        ("reject", ["stop"]),
        ("accept", ["yield"]),
    ], "what somebody was unsure about waits for a reviewer"
    assert written[0]["spans"][0]["note"] == STOP["note"]
    assert len({line["_image_sha256"] for line in written}) == 2
    found = json.loads(export(team, format="coco"))
    assert [(each["id"], each["file_name"]) for each in found["images"]] == [(1, "a.jpg")]
    assert [each["image_id"] for each in found["annotations"]] == [1, 1]
