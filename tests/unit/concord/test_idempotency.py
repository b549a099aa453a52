"""Repeated requests, as any view of the API gets them."""

import json
import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from rest_framework.request import Request
from rest_framework.response import Response

from apps.annotators.models import User
from concord import errors
from concord.events.actions import record
from concord.events.models import Event
from concord.http.idempotency import idempotent
from concord.http.models import IdempotencyRecord
from tests.factories import make_user
from tests.unit.concord.floor import OpenView, ask


class Deeds:
    """Counts how often a deed was really done."""

    def __init__(self, during: Callable[[], None] = lambda: None) -> None:
        self.during = during
        deeds = self

        class Deed(OpenView):
            @idempotent
            def post(self, request: Request) -> Response:
                record(kind="deed.done", actor=None, data={"n": request.data["n"]})
                deeds.during()
                if request.data["n"] == 13:
                    raise errors.Conflict("unlucky", "No.")
                return Response({"deeds": done()}, status=201, headers={"Location": "/here/"})

        self.view = Deed

    def do(self, user: User, key: str | None, body: str = '{"n": 1}') -> Any:
        headers = {} if key is None else {"HTTP_IDEMPOTENCY_KEY": key}
        return ask(
            self.view,
            user,
            method="POST",
            data=body,
            content_type="application/json",
            **headers,
        )


def done() -> int:
    return Event.objects.filter(kind="deed.done").count()


@pytest.mark.django_db(transaction=True)
class TestIdempotency:
    def test_a_repeated_request_gets_the_first_answer_and_does_nothing(self) -> None:
        user, deeds, key = make_user("ann"), Deeds(), str(uuid.uuid4())
        first = deeds.do(user, key)
        again = [deeds.do(user, key) for _ in range(3)]
        assert done() == 1
        for response in again:
            assert (response.status_code, response["Location"]) == (201, "/here/")
            assert json.loads(response.content) == json.loads(first.content)
            assert response["Content-Type"] == "application/json"

    def test_spelling_and_order_of_keys_do_not_make_another_request(self) -> None:
        user, deeds = make_user("ann"), Deeds()
        assert deeds.do(user, "key", '{"n": 1, "m": 2}').status_code == 201
        assert deeds.do(user, "key", '{ "m":2,"n":1 }').status_code == 201
        assert done() == 1

    def test_another_body_under_the_same_key_is_422(self) -> None:
        user, deeds = make_user("ann"), Deeds()
        deeds.do(user, "key")
        refused = deeds.do(user, "key", '{"n": 2}')
        assert (refused.status_code, json.loads(refused.content)["code"]) == (
            422,
            "idempotency_key_reused",
        )
        assert done() == 1

    def test_a_key_is_its_owners_alone(self) -> None:
        deeds = Deeds()
        assert deeds.do(make_user("ann"), "key").status_code == 201
        assert deeds.do(make_user("bob"), "key", '{"n": 2}').status_code == 201
        assert done() == 2

    @pytest.mark.parametrize(
        ("key", "code"),
        [
            (None, "idempotency_key_required"),
            ("", "idempotency_key_required"),
            ("x" * 129, "bad_idempotency_key"),
            ("é", "bad_idempotency_key"),
            ("a\tb", "bad_idempotency_key"),
        ],
    )
    def test_a_key_is_demanded(self, key: str | None, code: str) -> None:
        response = Deeds().do(make_user("ann"), key)
        assert (response.status_code, json.loads(response.content)["code"]) == (400, code)
        assert done() == 0

    def test_a_refused_request_changed_nothing_and_may_be_tried_again(self) -> None:
        user, deeds = make_user("ann"), Deeds()
        assert deeds.do(user, "key", '{"n": 13}').status_code == 409
        assert (done(), IdempotencyRecord.objects.count()) == (0, 0)
        assert deeds.do(user, "key", '{"n": 1}').status_code == 201

    def test_a_crash_after_the_deed_leaves_neither_deed_nor_record(self) -> None:
        user = make_user("ann")

        def crash() -> None:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            Deeds(crash).do(user, "key")
        assert (done(), IdempotencyRecord.objects.count()) == (0, 0)
        assert Deeds().do(user, "key").status_code == 201

    def test_a_request_whose_twin_is_under_way_is_409_and_told_to_wait(self) -> None:
        user = make_user("ann")
        inside, let_go = threading.Event(), threading.Event()

        def wait() -> None:
            inside.set()
            assert let_go.wait(10)

        answers = []

        def first() -> None:
            try:
                answers.append(Deeds(wait).do(user, "key").status_code)
            finally:
                connection.close()

        thread = threading.Thread(target=first)
        thread.start()
        assert inside.wait(10)
        twin = Deeds().do(user, "key")
        let_go.set()
        thread.join()
        assert (twin.status_code, twin["Retry-After"]) == (409, "1")
        assert json.loads(twin.content)["code"] == "idempotency_in_flight"
        assert answers == [201]
        assert Deeds().do(user, "key").status_code == 201
        assert done() == 1
