"""Threads: who sees which, and by which names people are called in them."""

from __future__ import annotations

import json

import pytest

from apps.annotators.models import User
from apps.datasets.models import Membership, Role
from apps.tasks.models import Mention, Task, Thread
from concord.events.models import Event
from tests.api.tasks.talking import answered_team, begin, on_task, say, texts, thread_by
from tests.factories import add_member, browser_of, make_task, make_user
from tests.team import Team

pytestmark = pytest.mark.django_db

PLACE = {"x": 10, "y": 10, "width": 40, "height": 20}


@pytest.fixture
def told() -> tuple[Team, str]:
    return answered_team()


def test_a_reviewer_calls_an_annotator_to_a_place_and_is_answered(told: tuple[Team, str]) -> None:
    team, task = told
    thread = thread_by(team, "Rita", task, "@A is it one?", mentions=["A"], region=PLACE)
    assert thread["region"] == PLACE
    (seen,) = on_task(team, "Ann", task)["threads"]
    assert seen["by"] == {"side": "reviewer", "name": "", "me": False}
    (first,) = seen["comments"]
    assert (first["text"], first["mentions"]) == ("@you is it one?", [{"word": "you", "me": True}])
    assert say(team, "Ann", seen, "Yes.").status_code == 201
    (back,) = on_task(team, "Rita", task)["threads"]
    assert back["comments"][1]["by"] == {"side": "annotator", "name": "A", "me": False}
    mention = Mention.objects.get()
    assert (mention.user, mention.thread_id) == (team.people["Ann"], Thread.objects.get().pk)
    kinds = ["thread.opened", "comment.written", "comment.written"]
    events = Event.objects.filter(kind__in=kinds).order_by("id")
    assert [event.kind for event in events] == kinds
    assert events[1].data["called"] == [str(team.people["Ann"].id)]


def test_an_annotator_sees_what_is_said_to_them_and_nothing_else(told: tuple[Team, str]) -> None:
    team, task = told
    thread_by(team, "Rita", task, "B seems wrong.")
    mine = thread_by(team, "Ann", task, "I am not sure.")
    assert texts(on_task(team, "Ann", task)) == [["I am not sure."]]
    assert on_task(team, "Ben", task)["threads"] == []
    assert team.get("Ben", f"threads/{mine['id']}/").status_code == 404
    assert say(team, "Ben", mine, "Me neither.").status_code == 404
    rows = team.get("Ben", f"datasets/{team.dataset.slug}/threads/").json()["results"]
    assert rows == []
    assert len(on_task(team, "Rita", task)["threads"]) == 2


def test_what_others_say_of_their_answers_is_hidden_until_the_task_is_closed(
    told: tuple[Team, str],
) -> None:
    team, task = told
    thread = thread_by(team, "Rita", task, "@A @B stop or yield?", mentions=["A", "B"])
    say(team, "Ann", thread, "I saw a stop sign.")
    say(team, "Ben", thread, "Upside down.")
    assert texts(on_task(team, "Ben", task)) == [
        ["@another annotator @you stop or yield?", "Upside down."]
    ]
    assert "stop sign" not in team.get("Ben", f"threads/{thread['id']}/").content.decode()
    (review,) = team.review()["tasks"]
    decision = {"conflict": review["conflicts"][0]["id"], "action": "label", "label": "stop"}
    assert team.decide(review, decision, final=True).status_code == 200
    (seen,) = on_task(team, "Ben", task)["threads"]
    ann = seen["comments"][1]
    assert ann["text"] == "I saw a stop sign."
    assert ann["by"] == {"side": "annotator", "name": "", "me": False}
    assert "Ann" not in json.dumps(seen)


def test_who_reviews_knows_letters_until_the_task_is_final(told: tuple[Team, str]) -> None:
    team, task = told
    thread_by(team, "Olga", task, "@A, why?", mentions=["A"])
    for who, others in (("Rita", ["Olga"]), ("Olga", ["Rita"])):
        seen = on_task(team, who, task)
        assert texts(seen) == [["@A, why?"]]
        assert "Ann" not in json.dumps(seen)
        assert [each["word"] for each in seen["people"]] == ["A", "B", *others]
    Task.objects.filter(pk=task).update(state="final")
    assert texts(on_task(team, "Rita", task)) == [["@Ann, why?"]]
    known = on_task(team, "Olga", task)["people"]
    assert [each["word"] for each in known] == ["Ann", "Ben", "Rita"]
    begin(team, "Olga", task, "@Ann thanks", mentions=[known[0]["key"]])
    assert Mention.objects.filter(user=team.people["Ann"]).count() == 2


def test_only_who_sees_the_task_is_called(told: tuple[Team, str]) -> None:
    team, task = told
    viewer, stranger = make_user("Vera"), make_user("Nora")
    add_member(team.dataset, viewer, Role.VIEWER)
    add_member(team.dataset, stranger, Role.ANNOTATOR)
    for key in ("Z", str(team.people["Zoe"].id), str(viewer.id), str(stranger.id), "reviewers"):
        reply = begin(team, "Rita", task, "Hm", mentions=[key])
        assert (reply.status_code, reply.json()["code"]) == (400, "unknown_person")
    # An annotator calls no annotator, and no reviewer by name.
    for key in ("B", str(team.people["Ben"].id), str(team.people["Rita"].id)):
        assert begin(team, "Ann", task, "Hm", mentions=[key]).status_code == 400
    assert not Thread.objects.exists()


def test_an_annotator_calls_those_who_review(told: tuple[Team, str]) -> None:
    team, task = told
    (person,) = on_task(team, "Ann", task)["people"]
    assert person == {"key": "reviewers", "word": "reviewers", "side": "reviewer"}
    thread = thread_by(team, "Ann", task, "@reviewers is this right?", mentions=["reviewers"])
    called = set(Mention.objects.values_list("user__name", flat=True))
    assert called == {"Olga", "Rita"}
    assert say(team, "Rita", thread, "It is.").status_code == 201
    say(team, "Ann", thread, "@reviewers thanks", mentions=["reviewers"])
    # Who has spoken is who answers.
    assert Mention.objects.filter(user=team.people["Rita"]).count() == 2
    assert Mention.objects.filter(user=team.people["Olga"]).count() == 1


def test_who_was_not_handed_the_task_has_no_part_in_it(told: tuple[Team, str]) -> None:
    team, task = told
    late = make_user("Late")
    add_member(team.dataset, late, Role.ANNOTATOR)
    team.browsers["Late"] = browser_of(late)
    assert team.get("Late", f"tasks/{task}/threads/").json()["code"] == "not_handed"
    assert begin(team, "Late", task).status_code == 403
    assert team.get("Zoe", f"tasks/{task}/threads/").status_code == 404


def test_who_holds_a_task_or_gave_it_back_may_ask_about_it() -> None:
    team = Team()
    make_task(team.dataset)
    (held,) = team.next("Ann")["tasks"]
    thread_by(team, "Ann", held["id"], "What is a yield sign?")
    assert team.post("Ann", f"tasks/{held['id']}/skip/", {"reason": "unclear"}).status_code == 204
    assert texts(on_task(team, "Ann", held["id"])) == [["What is a yield sign?"]]
    # Whom a reviewer cannot judge yet they do not know by a letter, either.
    (seen,) = on_task(team, "Rita", held["id"])["threads"]
    assert seen["by"] == {"side": "annotator", "name": "", "me": False}


def test_who_leaves_hears_nothing_more(told: tuple[Team, str]) -> None:
    team, task = told
    mine = thread_by(team, "Ann", task)
    Membership.objects.filter(user=team.people["Ann"]).delete()
    assert team.get("Ann", f"threads/{mine['id']}/").status_code == 404


def test_a_place_must_lie_on_the_image(told: tuple[Team, str]) -> None:
    team, task = told
    reply = begin(team, "Rita", task, region={**PLACE, "x": 190})
    assert (reply.status_code, reply.json()["code"]) == (400, "invalid_region")
    reply = begin(team, "Rita", task, tile="0190b7b0-c0de-7000-8000-00000000cafe")
    assert (reply.status_code, reply.json()["code"]) == (400, "unknown_tile")


def test_the_unresolved_threads_of_a_dataset_are_listed_oldest_first(
    told: tuple[Team, str],
) -> None:
    team, task = told
    other = str(make_task(team.dataset, name="b.jpg", order_key=1).id)
    threads = [thread_by(team, "Rita", each, "Look.") for each in (task, other, task)]
    team.post("Rita", f"threads/{threads[0]['id']}/resolve/", {})
    path = f"datasets/{team.dataset.slug}/threads/"
    listed = team.get("Rita", path).json()["results"]
    assert [row["id"] for row in listed] == [thread["id"] for thread in threads[1:]]
    (resolved,) = team.get("Rita", f"{path}?resolved=true").json()["results"]
    assert resolved["id"] == threads[0]["id"]
    assert team.get("Rita", f"{path}?resolved=maybe").json()["code"] == "bad_resolved"


def waiting(team: Team, who: str) -> list[str]:
    return [row["id"] for row in team.get(who, "home/").json()["threads"]]


def test_home_names_the_threads_in_which_somebody_waits(told: tuple[Team, str]) -> None:
    team, task = told
    thread = thread_by(team, "Rita", task, "@A is it one?", mentions=["A"])
    assert waiting(team, "Ann") == [thread["id"]]
    assert [waiting(team, who) for who in ("Rita", "Ben", "Olga", "Zoe")] == [[]] * 4
    say(team, "Ann", thread, "Yes.")
    assert (waiting(team, "Ann"), waiting(team, "Rita")) == ([], [thread["id"]])
    say(team, "Rita", thread, "@B and you?", mentions=["B"])
    # Ann has been spoken to, too; Ben hears nothing of what she said.
    assert (waiting(team, "Ann"), waiting(team, "Ben")) == ([thread["id"]], [thread["id"]])
    say(team, "Ben", thread, "No.")
    assert waiting(team, "Ben") == []
    say(team, "Ann", thread, "Oh.")
    assert waiting(team, "Ben") == []
    team.post("Rita", f"threads/{thread['id']}/resolve/", {})
    assert [waiting(team, who) for who in ("Rita", "Ann", "Ben")] == [[]] * 3


def test_a_name_put_in_for_a_letter_is_not_taken_for_another_letter() -> None:
    team, task = answered_team()
    User.objects.filter(pk=team.people["Ann"].pk).update(name="Bea")
    thread_by(team, "Rita", task, "@A, @B, no @Apples?", mentions=["A", "B"])
    assert texts(on_task(team, "Olga", task)) == [["@A, @B, no @Apples?"]]
    Task.objects.filter(pk=task).update(state="final")
    assert texts(on_task(team, "Olga", task)) == [["@Bea, @Ben, no @Apples?"]]
