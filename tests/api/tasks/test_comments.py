"""What is said in threads: once for a key, changed and taken back by its author, resolved once."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from django.db import connection

from apps.tasks.models import Comment, Thread
from concord.events.models import Event
from tests.api.tasks.talking import answered_team, begin, on_task, say, thread_by
from tests.team import Team

pytestmark = pytest.mark.django_db

HOSTILE = (
    '<img src=x onerror=alert(1)>{{7*7}}${1}"><script>alert(2)</script>\u202e [a](javascript:0)'
)


@pytest.fixture
def told() -> tuple[Team, str]:
    return answered_team()


def test_a_repeated_key_says_it_once(told: tuple[Team, str]) -> None:
    team, task = told
    key = {"Idempotency-Key": "one"}
    first = team.post("Ann", f"tasks/{task}/threads/", {"text": "Hm"}, **key)
    again = team.post("Ann", f"tasks/{task}/threads/", {"text": "Hm"}, **key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again["Idempotent-Replay"] == "true"
    assert team.post("Ann", f"tasks/{task}/threads/", {"text": "Other"}, **key).status_code == 422
    assert team.post("Ann", f"tasks/{task}/threads/", {"text": "Hm"}).status_code == 400
    path = f"threads/{first.json()['id']}/comments/"
    key = {"Idempotency-Key": "two"}
    for _ in range(2):
        assert team.post("Ann", path, {"text": "And?"}, **key).status_code == 201
    assert Comment.objects.count() == 2


def test_markup_is_text(told: tuple[Team, str]) -> None:
    team, task = told
    thread_by(team, "Ann", task, HOSTILE)
    (seen,) = on_task(team, "Rita", task)["threads"]
    assert seen["comments"][0]["text"] == HOSTILE


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001, "a\0b", None, ["a"]])
def test_what_is_no_text_is_refused(told: tuple[Team, str], text: Any) -> None:
    team, task = told
    assert begin(team, "Ann", task, text).status_code == 400
    thread = thread_by(team, "Ann", task)
    assert say(team, "Ann", thread, text).status_code == 400
    assert Comment.objects.count() == 1


def test_the_author_changes_takes_back_and_says_again(told: tuple[Team, str]) -> None:
    team, task = told
    thread = thread_by(team, "Rita", task, "@A hm", mentions=["A"])
    path = f"comments/{thread['comments'][0]['id']}/"

    def do(who: str, verb: str, path: str, body: dict[str, Any] | None = None) -> Any:
        sent = "" if body is None else json.dumps(body)
        browser = team.browsers[who]
        return browser.generic(verb, f"/api/{path}", sent, content_type="application/json")

    for verb, body in (("PATCH", {"text": "mine"}), ("DELETE", None)):
        assert do("Ann", verb, path, body).json()["code"] == "not_yours"
        assert do("Olga", verb, path, body).json()["code"] == "not_yours"
    edited = do("Rita", "PATCH", path, {"text": "@A and B, hm", "mentions": ["A", "B"]})
    (comment,) = edited.json()["comments"]
    assert comment["edited_at"] is not None
    assert len(on_task(team, "Ben", task)["threads"]) == 1
    assert do("Rita", "DELETE", path).json()["comments"][0]["text"] is None
    # Nobody is called by what is not said any more.
    assert on_task(team, "Ann", task)["threads"] == []
    assert do("Rita", "PATCH", path, {"text": "x"}).json()["code"] == "deleted"
    back = do("Rita", "POST", f"{path}restore/").json()["comments"][0]
    assert back["text"] == "@A and B, hm"
    assert len(on_task(team, "Ann", task)["threads"]) == 1
    told_of = Event.objects.filter(kind__startswith="comment.").order_by("id")
    kinds = [event.kind.removeprefix("comment.") for event in told_of]
    assert kinds == ["written", "edited", "deleted", "restored"]
    assert "hm" not in str([event.data for event in told_of])


def test_who_may_resolve_and_what_opens_again(told: tuple[Team, str]) -> None:
    team, task = told
    thread = thread_by(team, "Rita", task, "@A hm", mentions=["A"])
    path = f"threads/{thread['id']}"
    assert on_task(team, "Ann", task)["threads"][0]["may_resolve"] is False
    assert team.post("Ann", f"{path}/resolve/", {}).json()["code"] == "not_yours"
    assert team.post("Rita", f"{path}/reopen/", {}).json()["code"] == "not_resolved"
    done = team.post("Olga", f"{path}/resolve/", {}).json()
    assert done["resolved_by"]["name"] == "Olga"
    assert on_task(team, "Rita", task)["open"] == 0
    assert team.post("Rita", f"{path}/resolve/", {}).json()["code"] == "already_resolved"
    assert say(team, "Ann", thread, "One more thing.").json()["resolved_at"] is None
    assert on_task(team, "Rita", task)["open"] == 1
    mine = thread_by(team, "Ann", task)
    assert team.post("Ann", f"threads/{mine['id']}/resolve/", {}).status_code == 200
    assert team.post("Ann", f"threads/{mine['id']}/reopen/", {}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_many_who_resolve_at_once_one_does() -> None:
    team, task = answered_team()
    thread = thread_by(team, "Rita", task)
    barrier, statuses = threading.Barrier(6), []

    def resolve(who: str) -> None:
        barrier.wait()
        reply = team.post(who, f"threads/{thread['id']}/resolve/", {})
        statuses.append(reply.status_code)
        connection.close()

    hands = [threading.Thread(target=resolve, args=(who,)) for who in ("Rita", "Olga") * 3]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(statuses) == [200] + [409] * 5
    assert Thread.objects.get().resolved_by is not None
    assert Event.objects.filter(kind="thread.resolved").count() == 1


def test_the_comment_of_a_flag_begins_a_thread_in_which_it_is_answered(
    told: tuple[Team, str],
) -> None:
    team, task = told
    flag = team.post("Ann", f"tasks/{task}/flag/", {"comment": "Is this allowed?"}).json()
    (thread,) = on_task(team, "Ann", task)["threads"]
    assert [row["text"] for row in thread["comments"]] == ["Is this allowed?"]
    assert on_task(team, "Ben", task)["threads"] == []
    reply = team.post("Olga", f"flags/{flag['id']}/resolve/", {"resolution": "It is."})
    assert reply.status_code == 200
    (thread,) = on_task(team, "Ann", task)["threads"]
    assert [row["text"] for row in thread["comments"]] == ["Is this allowed?", "It is."]
    assert thread["resolved_at"] is not None
    # Without a word there is nothing to answer.
    team.post("Ann", f"tasks/{task}/flag/", {})
    assert on_task(team, "Ann", task)["open"] == 0
