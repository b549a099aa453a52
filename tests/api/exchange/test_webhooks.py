"""Webhooks: asked for over HTTP, told by jobs, received by a server."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from pytest_django.fixtures import Settings

from apps.annotators.models import Notification
from apps.desk.actions.telling import tell_people
from apps.exchange.models import Delivery, Webhook
from apps.exchange.pseudonyms import pseudonym
from apps.exchange.webhooks import sending
from apps.exchange.webhooks.following import forget_deliveries, owe_deliveries
from apps.exchange.webhooks.payloads import KINDS
from concord.events.models import Event
from concord.storage.egress import egress
from tests.factories import make_task
from tests.servers.receiving import Message, Receiver, receiver
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db(transaction=True)

STOP = box(10, 10, 40, 20, "stop")


@pytest.fixture
def team() -> Team:
    team = Team()
    for place, name in enumerate("ab"):
        make_task(team.dataset, name=f"{name}.jpg", order_key=place)
    return team


@pytest.fixture
def server(settings: Settings) -> Iterator[Receiver]:
    with receiver() as one:
        settings.FETCH_ALLOW = [one.allowance]
        egress.cache_clear()
        yield one
    egress.cache_clear()


def hook(team: Team, url: str, *events: str) -> dict[str, Any]:
    body = {"dataset": "street-signs", "url": url, "events": list(events or KINDS)}
    reply = team.post("Olga", "webhooks/", body)
    assert reply.status_code == 201, reply.content
    found: dict[str, Any] = reply.json()
    return found


def patch(team: Team, made: dict[str, Any], **changes: Any) -> Any:
    path = f"/api/webhooks/{made['id']}/"
    return team.browsers["Olga"].patch(path, changes, content_type="application/json")


def send() -> None:
    """What the scheduler and a worker do, once everything is due."""
    owe_deliveries()
    Delivery.objects.filter(state="waiting").update(due_at=Now())
    Webhook.objects.update(sending_until=None)
    for webhook in Webhook.objects.all():
        sending.send_due(webhook.pk)


def told(one: Receiver) -> list[tuple[str, dict[str, Any]]]:
    bodies = [json.loads(message.body) for message in one.messages]
    return [(body["type"], body["data"]) for body in bodies]


def log(team: Team, made: dict[str, Any], query: str = "") -> list[dict[str, Any]]:
    reply = team.get("Olga", f"webhooks/{made['id']}/deliveries/{query}")
    assert reply.status_code == 200, reply.content
    rows: list[dict[str, Any]] = reply.json()["results"]
    return rows


def verify(secret: str, message: Message) -> bool:
    """As apps/exchange/README.md shows it to receivers, but for the clock."""
    parts = dict(part.split("=", 1) for part in message.headers["Concord-Signature"].split(","))
    signed = parts["t"].encode() + b"." + message.body
    expected = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, parts["v1"])


def test_a_task_is_told_from_its_first_answer_to_its_final(team: Team, server: Receiver) -> None:
    both_answer(team, [STOP], [STOP])  # before anybody asked for it
    made = hook(team, server.url)
    both_answer(team, [STOP], [box(10, 10, 40, 20, "yield")])
    (task,) = team.review()["tasks"]
    rule = {"conflict": task["conflicts"][0]["id"], "action": "label", "label": "yield"}
    assert team.decide(task, rule, final=True).status_code == 200
    send()
    names = {
        name: pseudonym(dataset_id=team.dataset.pk, user_id=team.people[name].pk)
        for name in ("Ann", "Ben", "Rita")
    }
    kinds = [kind for kind, _ in told(server)]
    assert kinds == ["answer.created", "answer.created", "task.completed", "review.finalised"]
    first, second, _, fourth = (data for _, data in told(server))
    assert {first["task"], second["task"], fourth["task"]} == {task["id"]}
    assert [first["annotator"], second["annotator"]] == [names["Ann"], names["Ben"]]
    assert (first["answer"], first["late"]) == ("accept", False)
    assert fourth["reviewer"] == names["Rita"]
    for message in server.messages:
        assert verify(made["secret"], message)
        assert not verify("whsec_another", message)
        for user in team.people.values():
            assert user.email.encode() not in message.body
            assert str(user.pk).encode() not in message.body
    assert {row["status"] for row in log(team, made)} == {200}
    send()
    assert len(server.messages) == 4, "nothing is told twice"


def test_a_secret_is_shown_once_and_lies_in_no_table(team: Team, server: Receiver) -> None:
    made = hook(team, server.url)
    assert made["secret"].startswith("whsec_")
    shown = team.get("Olga", f"webhooks/{made['id']}/").json()
    assert "secret" not in shown
    row = Webhook.objects.filter(pk=made["id"]).values().get()
    assert made["secret"] not in str(row)
    assert hook(team, server.url)["secret"] != made["secret"]


def test_what_fails_is_tried_again_later_each_time_under_the_same_id(
    team: Team, server: Receiver
) -> None:
    made = hook(team, server.url, "answer.created")
    server.statuses, server.saying = [500, 404, 200], b"<b>no\x00</b>\n twice"
    (task,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", task, STOP).status_code == 200
    send()
    (row,) = log(team, made)
    assert (row["state"], row["attempts"], row["status"]) == ("waiting", 1, 500)
    assert row["excerpt"] == "<b>no </b> twice"
    wait = Delivery.objects.get().due_at - Delivery.objects.get().sent_at
    assert wait == timedelta(seconds=sending.PAUSES[0])
    assert team.get("Olga", f"webhooks/{made['id']}/").json()["failing_since"] is not None
    assert sending.send_due(Webhook.objects.get().pk) is False, "it is left alone for a moment"
    send()
    send()
    (row,) = log(team, made)
    assert (row["state"], row["attempts"], row["status"]) == ("done", 3, 200)
    assert team.get("Olga", f"webhooks/{made['id']}/").json()["failing_since"] is None
    assert {message.headers["Concord-Delivery"] for message in server.messages} == {row["id"]}
    assert len({message.body for message in server.messages}) == 1


def test_after_a_day_a_message_is_given_up_and_can_be_sent_again(
    team: Team, server: Receiver
) -> None:
    made = hook(team, server.url, "answer.created")
    server.statuses = [503]
    (task,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", task, STOP).status_code == 200
    owe_deliveries()
    for _ in range(len(sending.PAUSES) + 1):
        send()
    (row,) = log(team, made, "?state=failed")
    assert row["attempts"] == len(sending.PAUSES) + 1
    send()
    assert len(server.messages) == row["attempts"]
    server.statuses = [204]
    again = team.post("Olga", f"webhooks/{made['id']}/deliveries/{row['id']}/redeliver/", {})
    assert (again.status_code, again.json()["state"]) == (202, "waiting")
    send()
    assert [row["state"] for row in log(team, made)] == ["done"]
    assert server.messages[-1].body == server.messages[0].body


def test_one_that_gets_nothing_for_days_is_switched_off_and_managers_hear_of_it(
    team: Team, server: Receiver
) -> None:
    made = hook(team, server.url, "answer.created")
    server.statuses = [500]
    (task,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", task, STOP).status_code == 200
    send()
    Webhook.objects.update(failing_since=Now() - timedelta(days=3, seconds=1))
    send()
    shown = team.get("Olga", f"webhooks/{made['id']}/").json()
    assert (shown["active"], shown["stopped_at"] is None) == (False, False)
    tell_people()
    notice = Notification.objects.get(kind="webhook_stopped")
    assert notice.user == team.people["Olga"]
    (shown,) = team.get("Olga", "notifications/").json()["results"]
    assert shown["link"] == "/datasets/street-signs/webhooks"
    told = Event.objects.get(kind="webhook.stopped")
    assert told.data == {"host": "127.0.0.1"}
    assert team.post("Olga", f"webhooks/{made['id']}/test/", {}).json()["code"] == "switched_off"
    server.statuses = [200]
    (task,) = team.next("Ben")["tasks"]
    assert team.answer("Ben", task, STOP).status_code == 200
    assert patch(team, made, active=True).json()["stopped_at"] is None
    send()
    assert len(server.messages) == 3, "what waited came, what happened meanwhile did not"


def test_a_test_is_sent_at_once_and_the_log_is_forgotten_in_time(
    team: Team, server: Receiver
) -> None:
    made = hook(team, server.url, "answer.created")
    assert team.post("Olga", f"webhooks/{made['id']}/test/", {}).status_code == 202
    send()
    assert told(server) == [("webhook.test", {})]
    assert forget_deliveries() == 0
    Delivery.objects.update(created_at=Now() - timedelta(days=31))
    assert forget_deliveries() == 1


def test_only_public_addresses_are_reached_and_no_redirect_is_followed(
    team: Team, server: Receiver
) -> None:
    with receiver() as inside:
        server.statuses, server.location = [302], inside.url
        made = hook(team, server.url, "answer.created")
        team.post("Olga", f"webhooks/{made['id']}/test/", {})
        send()
        assert [(row["status"], row["code"]) for row in log(team, made)] == [(302, "")]
        private = hook(team, "http://127.0.0.1/hook", "answer.created")
        team.post("Olga", f"webhooks/{private['id']}/test/", {})
        send()
        assert [row["code"] for row in log(team, private)] == ["forbidden_address"]
        assert inside.messages == []


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://example.org/", "unsupported_scheme"),
        ("https://ann:secret@example.org/", "credentials_in_url"),
        ("https://example.org:22/", "forbidden_port"),
        ("http://127.0.0.1\\.example.org/", "bad_url"),
    ],
)
def test_an_address_that_no_request_goes_to_is_refused(team: Team, url: str, code: str) -> None:
    body = {"dataset": "street-signs", "url": url, "events": ["answer.created"]}
    reply = team.post("Olga", "webhooks/", body)
    assert (reply.status_code, reply.json()["code"]) == (400, code)
    assert list(reply.json()["errors"]) == ["url"]


def test_the_audit_log_tells_of_webhooks_and_not_the_keys_in_their_addresses(team: Team) -> None:
    made = hook(team, "https://example.org/hook?key=hidden", "answer.created")
    assert patch(team, made, url="https://example.com/?key=hidden").status_code == 200
    assert patch(team, made, active=False).status_code == 200
    assert patch(team, made, active=False).status_code == 200
    assert team.browsers["Olga"].delete(f"/api/webhooks/{made['id']}/").status_code == 204
    rows = Event.objects.filter(kind__startswith="webhook.").order_by("id")
    assert [row.kind for row in rows] == [
        *("webhook.created", "webhook.changed", "webhook.changed", "webhook.deleted")
    ]
    assert "hidden" not in str([row.data for row in rows])
    assert rows[1].data["changes"] == {"url": {"was": "example.org", "is": "example.com"}}


def test_a_list_is_of_what_one_leads(team: Team) -> None:
    made = hook(team, "https://example.org/", "answer.created")
    shown = team.get("Olga", "webhooks/?dataset=street-signs").json()["results"]
    assert [row["id"] for row in shown] == [made["id"]]
    assert team.get("Olga", "webhooks/?dataset=other").json()["results"] == []
    assert team.get("Rita", "webhooks/").json()["results"] == []
