"""All that reviewers said of a task leaves with its final line, and is in the API."""

from __future__ import annotations

from typing import Any

import pytest

from apps.exchange.pseudonyms import pseudonym
from apps.reviews.models import Decision, Final, Merge, SecondLook
from apps.tasks.models import Return, Revision
from tests.api.exchange.test_exports import export, lines
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db(transaction=True)

WIDE, STOP = box(10, 10, 80, 20, "stop"), box(10, 10, 76, 20, "stop")
YIELD = box(10, 10, 78, 20, "yield")


@pytest.fixture
def team() -> Team:
    """Rita sends Ann's box back, which Ann moves; Rita decides the label, Olga the other one."""
    team = Team(second_look=1)
    make_task(team.dataset)
    both_answer(team, [WIDE], [YIELD])
    (task,) = team.review()["tasks"]
    conflict = task["conflicts"][0]["id"]
    back = {"conflict": conflict, "action": "send_back", "version": "A", "fault": "loose"}
    assert team.decide(task, {**back, "reason": "mind the pole"}).status_code == 200
    (again,) = team.next("Ann")["tasks"]
    (mine,) = again["draft"]["spans"]
    moved = {key: value for key, value in mine.items() if key not in ("points", "center")}
    assert team.answer("Ann", again, {**moved, "width": 76}).status_code == 200
    for who, label in (("Rita", "yield"), ("Olga", "stop")):
        (task,) = team.review(who)["tasks"]
        said = {"conflict": task["conflicts"][0]["id"], "action": "label", "label": label}
        said["reason"] = f"{who} sees it."
        assert team.decide(task, said, final=True, who=who).status_code == 200
    return team


def test_a_final_line_tells_all_of_its_review(team: Team) -> None:
    (line,) = lines(export(team, format="jsonl"))
    who = {
        name: pseudonym(dataset_id=team.dataset.id, user_id=user.id)
        for name, user in team.people.items()
    }
    back, decided = Decision.objects.order_by("created_at")
    final, merge, look = Final.objects.get(), Merge.objects.get(), SecondLook.objects.get()
    remark = Return.objects.get()
    before, after = Revision.objects.filter(user=team.people["Ann"]).order_by("seq")
    (span,) = line["spans"]
    label = {"kind": "label", "object": 0}
    assert line["_review"] == {
        "origin": "decided",
        "decided": True,
        "votes": {"accept": 2},
        "members": sorted([who["Ann"], who["Ben"]]),
        "objects": [
            {
                "span": span["id"],
                "kept": True,
                "votes": 2,
                "members": sorted([who["Ann"], who["Ben"]]),
                "labels": {"stop": 1, "yield": 1},
                "decided": True,
            }
        ],
        "confidence": merge.confidence,
        "algorithm": merge.algorithm,
        "reviewer": who["Rita"],
        "at": final.created_at.isoformat(),
        "decisions": [
            {
                "about": label,
                "action": "send_back",
                "version": who["Ann"],
                "fault": "loose",
                "reason": "mind the pole",
                "reviewer": who["Rita"],
                "at": back.created_at.isoformat(),
            },
            {
                "about": label,
                "action": "label",
                "label": "yield",
                "reason": "Rita sees it.",
                "reviewer": who["Rita"],
                "at": decided.created_at.isoformat(),
            },
        ],
        "returns": [
            {
                "annotator": who["Ann"],
                "fault": "loose",
                "comment": "mind the pole",
                "region": remark.region,
                "span": remark.span,
                "reviewer": who["Rita"],
                "at": remark.created_at.isoformat(),
                "changes": [
                    {
                        "kind": "moved",
                        "before": shown(before.spans[0], "stop"),
                        "after": shown(after.spans[0], "stop"),
                    }
                ],
            }
        ],
        "second": {
            "reviewer": who["Olga"],
            "at": look.closed_at and look.closed_at.isoformat(),
            "same": False,
            "sent_back": False,
            "answer": "accept",
            "spans": [{**span, "label": "stop"}],
            "accept": [],
            "attributes": {},
        },
    }
    assert str(team.people["Ann"].id) not in str(line)


def shown(span: dict[str, Any], label: str) -> dict[str, Any]:
    kept = {key: value for key, value in span.items() if key not in ("label_id", "suggested")}
    return {**kept, "label": label}


def test_the_page_of_a_task_tells_it_too(team: Team) -> None:
    task = str(Final.objects.get().task_id)
    story = team.get("Olga", f"tasks/{task}/").json()
    (told,) = story["returns"]
    assert (told["version"], told["by"]["name"], told["fault"]) == ("A", "Rita", "loose")
    assert told["seen_at"] is not None
    assert [change["kind"] for change in told["changed"]] == ["moved"]
    assert [row["reason"] for row in story["decisions"]] == ["mind the pole", "Rita sees it."]
    second = story["second_look"]
    assert [(row["kind"], row["after"]["label"]) for row in second["changes"]] == [
        ("relabelled", "stop")
    ]
    # Whoever labels sees the final, and nothing of how it came about.
    anns = team.get("Ann", f"tasks/{task}/").json()
    assert (anns["returns"], anns["second_look"], anns["decisions"]) == ([], None, [])
