"""Errors, pages and preconditions, as any view of the API gets them."""

import json
from typing import Any, ClassVar

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as ModelValidationError
from django.db import IntegrityError, OperationalError
from django.http import Http404
from rest_framework import exceptions as drf
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from concord import errors
from concord.events.models import Event
from concord.http.conditional import etag, if_match
from concord.http.pagination import page_response
from concord.http.serializers import StrictSerializer
from tests.unit.concord.floor import FACTORY, OpenView, ask


def raising(error: Exception) -> type[APIView]:
    class Raising(OpenView):
        def get(self, _request: Request) -> Response:
            raise error

    return Raising


class TestErrors:
    CASES: ClassVar[list[tuple[Exception, int, str]]] = [
        (errors.NotFound(), 404, "not_found"),
        (errors.Forbidden(), 403, "forbidden"),
        (errors.Conflict("locked_by_review", "Locked."), 409, "locked_by_review"),
        (errors.Stale(current={"version": 2}, diff=["name"]), 412, "stale"),
        (errors.PreconditionRequired(), 428, "if_match_required"),
        (errors.Invalid("bad", "Bad."), 400, "bad"),
        (errors.TooLarge("too_large", ""), 413, "too_large"),
        (errors.Unprocessable("reused", ""), 422, "reused"),
        (errors.InFlight("busy", ""), 409, "busy"),
        (errors.RateLimited("slow", ""), 429, "slow"),
        (errors.Unavailable("down", ""), 503, "down"),
        (errors.StorageFull("storage_full", ""), 507, "storage_full"),
        (Http404("where it is is a secret"), 404, "not_found"),
        (drf.NotFound("where it is is a secret"), 404, "not_found"),
        (PermissionDenied(), 403, "forbidden"),
        (drf.PermissionDenied(), 403, "permission_denied"),
        (drf.MethodNotAllowed("PUT"), 405, "method_not_allowed"),
        (drf.UnsupportedMediaType("text/x"), 415, "unsupported_media_type"),
        (drf.Throttled(wait=2.5), 429, "throttled"),
        (drf.ValidationError({"name": ["Too long."]}), 400, "invalid"),
        (ModelValidationError({"name": "Too long."}), 400, "invalid"),
        (RequestDataTooBig(), 413, "too_large"),
        (SuspiciousOperation(), 400, "bad_request"),
        (OperationalError("server at secret host closed"), 503, "database_unavailable"),
    ]

    @pytest.mark.parametrize(("error", "status", "code"), CASES, ids=lambda v: str(v)[:20])
    def test_every_refusal_is_a_problem_with_a_code(
        self, error: Exception, status: int, code: str
    ) -> None:
        response = ask(raising(error))
        body = json.loads(response.content)
        assert response.status_code == status
        assert response["Content-Type"] == "application/problem+json"
        assert (body["status"], body["code"], body["type"]) == (status, code, "about:blank")
        assert body["title"]
        assert "detail" in body
        assert "secret" not in response.content.decode()
        assert ("Retry-After" in response) == (status in {429, 503, 507} or code == "busy")

    def test_absent_and_foreign_have_the_same_body(self) -> None:
        bodies = {
            ask(raising(error)).content
            for error in (errors.NotFound(), Http404("foreign"), drf.NotFound("absent"))
        }
        assert len(bodies) == 1

    def test_a_stale_write_is_shown_what_changed(self) -> None:
        body = json.loads(ask(raising(errors.Stale(current={"version": 2}, diff=["a"]))).content)
        assert (body["current"], body["diff"]) == ({"version": 2}, ["a"])

    def test_errors_of_fields_come_under_their_names(self) -> None:
        shapes = [
            ({"name": ["Too long."]}, {"name": ["Too long."]}),
            (["All wrong."], {"non_field_errors": ["All wrong."]}),
            ([{}, {"x": ["Bad."]}], {"1": {"x": ["Bad."]}}),
        ]
        for raised, shown in shapes:
            body = json.loads(ask(raising(drf.ValidationError(raised))).content)  # type: ignore[arg-type]
            assert body["errors"] == shown

    def test_a_wait_is_rounded_up(self) -> None:
        assert ask(raising(drf.Throttled(wait=2.5)))["Retry-After"] == "3"

    @pytest.mark.parametrize("error", [ZeroDivisionError(), IntegrityError(), KeyError("x")])
    def test_a_fault_of_ours_is_not_dressed_up_as_a_refusal(self, error: Exception) -> None:
        with pytest.raises(type(error)):
            ask(raising(error))


class TestPreconditions:
    @staticmethod
    def version(header: str | None) -> int:
        headers = {} if header is None else {"HTTP_IF_MATCH": header}
        return if_match(Request(FACTORY.get("/", **headers)))

    def test_the_version_is_read_back_from_its_etag(self) -> None:
        assert self.version(etag(12)) == 12
        assert self.version('W/"12"') == 12

    def test_without_one_it_is_428(self) -> None:
        with pytest.raises(errors.PreconditionRequired):
            self.version(None)

    @pytest.mark.parametrize("header", ["", "*", "12", '"x"', '"-1"', '"1", "2"', '"' + "9" * 99])
    def test_what_is_no_version_is_400(self, header: str) -> None:
        with pytest.raises(errors.Invalid):
            self.version(header)


def test_a_serializer_names_every_unknown_and_read_only_field() -> None:
    class Named(StrictSerializer):
        name = serializers.CharField()
        id = serializers.IntegerField(read_only=True)

    assert Named(data={"name": "x"}).is_valid()
    refused = Named(data={"name": "x", "id": 1, "role": "admin"})
    assert not refused.is_valid()
    assert set(refused.errors) == {"id", "role"}


@pytest.mark.django_db
class TestPages:
    ORDER: ClassVar[list[str]] = ["-object_type", "id"]

    @pytest.fixture(autouse=True)
    def _events(self) -> None:
        for number in range(7):
            Event.objects.create(kind=f"k{number}", object_type=f"t{number % 2}")

    def page(self, query: str) -> Any:
        order = self.ORDER

        class Listing(OpenView):
            def get(self, request: Request) -> Response:
                rows = Event.objects.all()
                return page_response(
                    request, rows, order=order, render=lambda e: e.kind, filters=["kind"]
                )

        response = ask(Listing, path=f"/x/{query}")
        return response.status_code, json.loads(response.content)

    # t1 first (descending), then by id within: the odd ones before the even ones.
    EXPECTED: ClassVar[list[str]] = ["k1", "k3", "k5", "k0", "k2", "k4", "k6"]

    def test_pages_follow_one_another_without_gap_or_repeat_and_back_again(self) -> None:
        seen, path, pages = [], "?limit=3&kind=any", []
        while path:
            _, body = self.page(path)
            pages.append(body)
            seen += body["results"]
            path = body["next"] and body["next"].removeprefix("/x/")
        assert seen == self.EXPECTED
        assert [len(page["results"]) for page in pages] == [3, 3, 1]
        assert pages[0]["previous"] is None
        assert "kind=any" in pages[0]["next"]

        _, back = self.page(pages[2]["previous"].removeprefix("/x/"))
        assert back["results"] == self.EXPECTED[3:6]
        _, first = self.page(back["previous"].removeprefix("/x/"))
        assert (first["results"], first["previous"]) == (self.EXPECTED[:3], None)
        assert self.page(first["next"].removeprefix("/x/"))[1]["results"] == self.EXPECTED[3:6]

    def test_a_row_that_comes_in_between_moves_nothing(self) -> None:
        _, first = self.page("?limit=3")
        Event.objects.create(kind="new", object_type="t9")
        _, second = self.page(first["next"].removeprefix("/x/"))
        assert second["results"] == self.EXPECTED[3:6]

    def test_fifty_rows_are_a_page(self) -> None:
        Event.objects.bulk_create([Event(kind="more", object_type="t0")] * 50)
        assert len(self.page("")[1]["results"]) == 50

    @pytest.mark.parametrize(
        ("query", "code"),
        [
            ("?limit=0", "bad_limit"),
            ("?limit=501", "bad_limit"),
            ("?limit=-1", "bad_limit"),
            ("?limit=x", "bad_limit"),
            ("?limit=１", "bad_limit"),
            ("?offset=3", "unknown_parameter"),
            ("?actor__password__startswith=a", "unknown_parameter"),
            ("?cursor=x", "bad_cursor"),
            ("?cursor=é", "bad_cursor"),
            ("?cursor=bnVsbA", "bad_cursor"),
            ("?cursor=WyJuZXh0Il0", "bad_cursor"),
            ("?cursor=WyJuZXh0IiwidDEiLCJ4Il0", "bad_cursor"),
            ("?cursor=WyJuZXh0Iix7fSxbXV0", "bad_cursor"),
            ("?cursor=WyJuZXh0IiwidDEiLEluZmluaXR5XQ", "bad_cursor"),
            ("?cursor=WyJuZXh0IiwgImFcdTAwMDAiLCAxXQ", "bad_cursor"),
        ],
    )
    def test_what_the_list_does_not_know_is_400(self, query: str, code: str) -> None:
        status, body = self.page(query)
        assert (status, body["code"]) == (400, code)
