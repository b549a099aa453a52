"""Who may do what over HTTP: every route and verb of the API, with the status for each person.

Columns are those of `PEOPLE`, for a thing of the one dataset in which they have their roles, made
there by somebody else. Who may not see the dataset gets 404, who may see it but not do this 403.
What they get for a thing of another dataset, of a deleted one and for one that never was follows
from it by a rule (`test_matrix`); `deleted` says where it does not, `mine` what they get for one of
their own. Bodies are good ones: a refusal is for the person, not for the body. Where a body cannot
succeed in the matrix's world (a lease that nobody holds), the columns of those who may hold the
refusal that comes after the check: 400 or 409.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

PEOPLE = ("anonymous", "outsider", "viewer", "annotator", "reviewer", "manager", "admin")

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
OF_DATASET = {
    *("dataset", "member", "label", "image", "task", "tile", "flag", "thread", "comment"),
    *("composition", "bulk_id", "import_id", "export_id", "version", "ticket"),
    *("act", "view", "job"),
}
"""Names of parameters that stand for something in a dataset."""
OF_INSTANCE = {"token", "session", "user", "connection", "invitation", "secret", "mails"}
"""Names of those that do not."""
PERSONAL = {"token", "session", "comment", "bulk_id", "act", "view", "job"}
"""Names of those that stand for something which belongs to one person."""

OPEN = {
    "api/schema/": "the OpenAPI document is public, as the source code is",
    "api/docs/": "a page around it",
    "^api/.*$": "answers 404 to whoever asks for a route that is none",
}
"""Routes outside of the table, and why."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A body that is a form with one file in it."""

    field: str
    name: str


@dataclass(frozen=True, slots=True)
class Row:
    """One verb of one route: the status for each of PEOPLE, and the body that is sent.

    `mine` are the statuses where the thing belongs to the person who asks, `deleted` those where
    its dataset was deleted.
    """

    verb: str
    route: str
    expected: str
    body: Any = None
    mine: str = ""
    deleted: str = ""

    @property
    def statuses(self) -> dict[str, int]:
        """Status by person."""
        return by_person(self.expected)

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """Kind and name of what the address names."""
        return [(kind or "str", name) for kind, name in PARAMETER.findall(self.route)]

    @property
    def of_dataset(self) -> bool:
        """Whether the address names something of a dataset."""
        return any(name in OF_DATASET for _, name in self.parameters)


def by_person(statuses: str) -> dict[str, int]:
    """Status by person, from a row of the table."""
    return dict(zip(PEOPLE, map(int, statuses.split()), strict=True))


PASSWORD = "correct horse battery"
PERSON = {"name": "New", "password": PASSWORD}
BOX = {"label": "stop", "type": "rect", "x": 1, "y": 1, "width": 5, "height": 5}

# fmt: off
ACCOUNTS = [
    #                                   anon outs view anno revi mana admin
    Row("GET", "public/", "             200  200  200  200  200  200  200"),
    Row("POST", "first-run/", "         404  404  404  404  404  404  404",
        {"token": "x", "email": "new@example.org", **PERSON}),
    Row("POST", "auth/token/", "        401  401  401  401  401  401  401",
        {"email": "nobody@example.org", "password": PASSWORD}),
    Row("GET", "me/", "                 401  200  200  200  200  200  200"),
    Row("PATCH", "me/", "               401  200  200  200  200  200  200", {"name": "Me"}),
    Row("GET", "tokens/", "             401  200  200  200  200  200  200"),
    Row("POST", "tokens/", "            401  201  201  201  201  201  201", {"name": "robot"}),
    # The token is the manager's own: not even an admin reaches it.
    Row("DELETE", "tokens/<uuid:token>/", "401 404 404 404 404 204 404",
        mine="                              401 204 204 204 204 204 204"),
    Row("GET", "users/", "              401  403  403  403  403  403  200"),
    Row("POST", "users/", "             401  403  403  403  403  403  201",
        {"email": "new@example.org"}),
    Row("PATCH", "users/<uuid:user>/", "401  404  404  404  404  404  200", {"name": "N"}),
    Row("DELETE", "users/<uuid:user>/second-factor/", "401 404 404 404 404 404 204"),
    # Who is not fresh from giving the password again makes no key.
    Row("POST", "second-factor/new/", " 401  403  403  403  403  403  403"),
    Row("GET", "sessions/", "           401  200  200  200  200  200  200"),
    Row("DELETE", "sessions/", "        401  204  204  204  204  204  204"),
    # The session is the manager's own, too.
    Row("DELETE", "sessions/<int:session>/", "401 404 404 404 404 204 404",
        mine="                              401 204 204 204 204 204 204"),
    Row("GET", "invitations/", "        401  403  403  403  403  403  200"),
    Row("POST", "invitations/", "       401  403  403  403  403  403  201",
        {"email": "new@example.org"}),
    Row("DELETE", "invitations/<uuid:invitation>/", " 401 404 404 404 404 404 204"),
    Row("POST", "invitations/<uuid:invitation>/send-again/", "401 404 404 404 404 404 201"),
    # Whoever holds the link may use it; that is what it is for.
    Row("GET", "invitations/<str:secret>/accept/", " 200 200 200 200 200 200 200"),
    Row("POST", "invitations/<str:secret>/accept/", "201 201 201 201 201 201 201", PERSON),
]

DATASETS = [
    #                                              anon outs view anno revi mana admin
    Row("GET", "datasets/", "                      401  200  200  200  200  200  200"),
    Row("POST", "datasets/", "                     401  403  403  403  403  201  201",
        {"name": "New", "interface": "image_manual", "labels": ["A"]}),
    Row("GET", "datasets/<str:dataset>/", "        401  404  200  200  200  200  200"),
    Row("PATCH", "datasets/<str:dataset>/", "      401  404  403  403  403  200  200",
        {"overlap": 3}),
    Row("DELETE", "datasets/<str:dataset>/", "     401  404  403  403  403  204  204"),
    Row("GET", "deleted-datasets/", "              401  200  200  200  200  200  200"),
    # Only of a deleted dataset is there a way back, for who deleted it and for admins.
    Row("POST", "datasets/<str:dataset>/restore/", "401 404  404  404  404  404  404",
        deleted="                                  401  404  404  404  404  200  200"),
    Row("POST", "datasets/<str:dataset>/labels/", "401  404  403  403  403  201  201",
        {"name": "new"}),
    Row("POST", "datasets/<str:dataset>/labels/list/",
        "                                          401  404  403  403  403  200  200",
        {"text": "one\ntwo"}),
    # These are not all of them.
    Row("PUT", "datasets/<str:dataset>/labels/order/",
        "                                          401  404  403  403  403  409  409",
        {"labels": []}),
    Row("GET", "datasets/<str:dataset>/labels/usage/",
        "                                          401  404  403  403  403  200  200"),
    Row("GET", "datasets/<str:dataset>/labels/merging/",
        "                                          401  404  403  403  403  200  200"),
    Row("POST", "datasets/<str:dataset>/labels/<uuid:label>/merge/",
        "                                          401  404  403  403  403  202  202",
        {"into": "yield"}),
    Row("POST", "datasets/<str:dataset>/labels/<uuid:label>/merge/forecast/",
        "                                          401  404  403  403  403  200  200",
        {"into": "yield"}),
    # Nothing was merged in this world.
    Row("DELETE", "datasets/<str:dataset>/labels/<uuid:label>/merge/",
        "                                          401  404  403  403  403  409  409"),
    Row("PATCH", "datasets/<str:dataset>/labels/<uuid:label>/",
        "                                          401  404  403  403  403  200  200",
        {"name": "new"}),
    Row("GET", "datasets/<str:dataset>/members/", "401  404  403  403  200  200  200"),
    Row("POST", "datasets/<str:dataset>/members/",
        "                                          401  404  403  403  403  201  201",
        {"email": "new@example.org", "role": "viewer"}),
    Row("PATCH", "datasets/<str:dataset>/members/<str:member>/",
        "                                          401  404  403  403  403  200  200",
        {"role": "reviewer"}),
    Row("DELETE", "datasets/<str:dataset>/members/<str:member>/",
        "                                          401  404  403  403  403  204  204"),
    Row("GET", "datasets/<str:dataset>/guidelines/",
        "                                          401  404  200  200  200  200  200"),
    Row("POST", "datasets/<str:dataset>/guidelines/",
        "                                          401  404  403  403  403  201  201",
        {"text": "Tight boxes."}),
    Row("POST", "datasets/<str:dataset>/guidelines/preview/",
        "                                          401  404  403  403  403  200  200",
        {"text": "Tight boxes."}),
    Row("GET", "datasets/<str:dataset>/guidelines/<int:version>/",
        "                                          401  404  200  200  200  200  200"),
    Row("PUT", "datasets/<str:dataset>/guidelines/<int:version>/read/",
        "                                          401  404  204  204  204  204  204"),
    Row("GET", "images/<uuid:image>/file/", "      401  404  200  200  200  200  200"),
    Row("GET", "images/<uuid:image>/level/", "     401  404  200  200  200  200  200"),
    Row("GET", "images/<uuid:image>/thumbnail/", " 401  404  200  200  200  200  200"),
]

TASKS = [
    #                                               anon outs view anno revi mana admin
    Row("POST", "datasets/<str:dataset>/next/", "   401  404  403  200  200  200  200",
        {"count": 1}),
    Row("GET", "datasets/<str:dataset>/answers/mine/",
        "                                           401  404  403  200  200  200  200"),
    Row("POST", "tasks/<uuid:task>/lease/", "       401  404  403  409  409  409  409",
        {"lease": "x"}),
    Row("DELETE", "tasks/<uuid:task>/lease/", "     401  404  403  204  204  204  204"),
    Row("PUT", "tasks/<uuid:task>/draft/", "        401  404  403  200  200  200  200",
        {"body": {"spans": [BOX]}}),
    Row("POST", "tasks/<uuid:task>/answer/", "      401  404  403  409  409  409  409",
        {"answer": "accept", "spans": [BOX], "lease": "x"}),
    Row("POST", "tasks/<uuid:task>/skip/", "        401  404  403  409  409  409  409",
        {"reason": "unclear"}),
    # Nobody has answered: there is nothing of mine to look at again.
    Row("GET", "tasks/<uuid:task>/mine/", "         401  404  403  404  404  404  404"),
]

TILES = [
    #                                          anon outs view anno revi mana admin
    Row("GET", "tiles/<uuid:tile>/file/", "     401  404  200  200  200  200  200"),
    Row("GET", "tiles/<uuid:tile>/level/", "    401  404  200  200  200  200  200"),
    Row("GET", "tiles/<uuid:tile>/thumbnail/", "401  404  200  200  200  200  200"),
]

GROUPS = [
    #                                                  anon outs view anno revi mana admin
    Row("GET", "datasets/<str:dataset>/compose/", "    401  404  403  403  403  200  200"),
    # The dataset asks for boxes: it has no groups.
    Row("POST", "datasets/<str:dataset>/compose/", "   401  404  403  403  403  400  400",
        {"size": 4}),
    Row("POST", "datasets/<str:dataset>/compose/preview/",
        "                                              401  404  403  403  403  400  400",
        {"size": 4}),
    Row("GET", "compositions/<uuid:composition>/", "   401  404  403  403  403  200  200"),
    Row("POST", "compositions/<uuid:composition>/cancel/",
        "                                              401  404  403  403  403  200  200"),
    Row("GET", "datasets/<str:dataset>/pool/", "       401  404  403  403  403  200  200"),
    Row("GET", "datasets/<str:dataset>/pool/counts/", "401  404  403  403  403  200  200"),
    Row("POST", "datasets/<str:dataset>/pool/mark/", " 401  404  403  403  403  400  400",
        {"images": ["0190b7b0-c0de-7000-8000-00000000cafe"], "known": False}),
    Row("GET", "datasets/<str:dataset>/gold/", "       401  404  403  403  403  200  200"),
    Row("GET", "datasets/<str:dataset>/known-report/", "401 404  403  403  403  200  200"),
]

FLAGS = [
    #                                            anon outs view anno revi mana admin
    Row("POST", "tasks/<uuid:task>/flag/", "     401  404  403  201  201  201  201",
        {"comment": "?"}),
    Row("GET", "datasets/<str:dataset>/flags/", "401  404  403  403  403  200  200"),
    Row("GET", "datasets/<str:dataset>/fitting/", "401 404 403 403 403 200  200"),
    Row("POST", "datasets/<str:dataset>/fitting/", "401 404 403 403 403 409 409"),
    Row("GET", "datasets/<str:dataset>/trust/", "   401 404 403 403 200 200  200"),
    Row("GET", "datasets/<str:dataset>/remerge/", " 401 404 403 403 403 200  200"),
    Row("POST", "datasets/<str:dataset>/remerge/", "401 404 403 403 403 202  202"),
    Row("POST", "datasets/<str:dataset>/remerge/forecast/", "401 404 403 403 403 200 200",
        {"review_policy": "all"}),
    Row("POST", "flags/<uuid:flag>/resolve/", "  401  404  403  403  403  200  200", {}),
]

THREADS = [
    #                                            anon outs view anno revi mana admin
    # The annotator was not handed the task, and the thread is none of theirs.
    Row("GET", "tasks/<uuid:task>/threads/", "   401  404  403  403  200  200  200"),
    Row("POST", "tasks/<uuid:task>/threads/", "  401  404  403  403  201  201  201",
        {"text": "?"}),
    Row("GET", "datasets/<str:dataset>/threads/", "401 404 403 200  200  200  200"),
    Row("GET", "threads/<uuid:thread>/", "       401  404  403  404  200  200  200"),
    Row("POST", "threads/<uuid:thread>/comments/", "401 404 403 404 201  201  201",
        {"text": "?"}),
    Row("POST", "threads/<uuid:thread>/resolve/", "401 404 403 404  200  200  200"),
    Row("POST", "threads/<uuid:thread>/reopen/", "401  404 403 404  409  409  409"),
    # What the manager said is theirs alone to change. The annotator was not handed the task, so
    # not even what they said of it is theirs any more.
    Row("PATCH", "comments/<uuid:comment>/", "   401  404  403  404  403  200  403",
        {"text": "!"}, mine="                    401  404  403  404  200  200  200"),
    Row("DELETE", "comments/<uuid:comment>/", "  401  404  403  404  403  200  403",
        mine="                                   401  404  403  404  200  200  200"),
    Row("POST", "comments/<uuid:comment>/restore/", "401 404 403 404 403 200  403",
        mine="                                   401  404  403  404  200  200  200"),
]

IMPORTS = [
    #                                               anon outs view anno revi mana admin
    Row("GET", "datasets/<str:dataset>/imports/", " 401  404  403  403  403  200  200"),
    Row("POST", "datasets/<str:dataset>/imports/", "401  404  403  403  403  202  202",
        {"urls": ["http://127.0.0.1:1/a.jpg"]}),
    Row("POST", "datasets/<str:dataset>/imports/preview/",
        "                                           401  404  403  403  403  200  200",
        {"urls": ["http://127.0.0.1:1/a.jpg"]}),
    # The manager does not say which line; the ticket is theirs, so it is none to the admin.
    Row("GET", "datasets/<str:dataset>/imports/preview/<str:ticket>/thumbnail/",
        "                                           401  404  403  403  403  400  400"),
    # JSON holds no files; who may not send any never hears so.
    Row("POST", "datasets/<str:dataset>/images/", " 401  404  403  403  403  400  400", {}),
    Row("GET", "datasets/<str:dataset>/storage/", " 401  404  403  403  403  200  200"),
    Row("GET", "imports/<uuid:import_id>/", "       401  404  403  403  403  200  200"),
    Row("GET", "imports/<uuid:import_id>/rows/", "  401  404  403  403  403  200  200"),
    Row("GET", "imports/<uuid:import_id>/failures/", "401 404 403  403  403  200  200"),
    Row("GET", "imports/<uuid:import_id>/failed.csv", "401 404 403 403  403  200  200"),
    Row("GET", "imports/<uuid:import_id>/failed.jsonl", "401 404 403 403 403 200  200"),
    Row("POST", "imports/<uuid:import_id>/cancel/", "401 404  403  403  403  200  200"),
    Row("POST", "imports/<uuid:import_id>/pause/", "401  404  403  403  403  200  200"),
    Row("POST", "imports/<uuid:import_id>/resume/", "401 404  403  403  403  409  409"),
    Row("POST", "imports/<uuid:import_id>/retry/", "401  404  403  403  403  409  409"),
    Row("GET", "imports/<uuid:import_id>/undo/", "  401  404  403  403  403  200  200"),
    Row("POST", "imports/<uuid:import_id>/undo/", " 401  404  403  403  403  409  409"),
    Row("POST", "images/<uuid:image>/take-down/", " 401  404  403  403  403  409  409", {}),
    Row("POST", "images/<uuid:image>/replacement/", "401 404 403  403  403  409  409",
        {"url": "http://127.0.0.1:1/a.jpg"}),
    Row("GET", "connections/", "                    401  403  403  403  403  403  200"),
    Row("POST", "connections/", "                   401  403  403  403  403  403  201",
        {"name": "new", "buckets": ["bbb"]}),
    Row("GET", "connections/<uuid:connection>/", "  401  403  403  403  403  403  200"),
    Row("PATCH", "connections/<uuid:connection>/", "401  403  403  403  403  403  200",
        {"datasets": []}),
    Row("DELETE", "connections/<uuid:connection>/", "401 403  403  403  403  403  204"),
    Row("POST", "connections/<uuid:connection>/test/",
        "                                           401  403  403  403  403  403  200", {}),
]

REVIEWS = [
    #                                                  anon outs view anno revi mana admin
    Row("POST", "datasets/<str:dataset>/review/next/", "401 404  403  403  200  200  200",
        {"count": 1}),
    Row("GET", "datasets/<str:dataset>/review/conflicts/", "401 404 403 403 200 200 200"),
    # Nothing is in dispute: what is asked for is left out. Only the reviewer has decided something.
    Row("POST", "datasets/<str:dataset>/review/bulk/", "401 404  403  403  200  200  200",
        {"action": "accept",
         "conflicts": [{"conflict": "0190b7b0-c0de-7000-8000-00000000cafe", "version": 1}]}),
    Row("POST", "datasets/<str:dataset>/review/bulk/<uuid:bulk_id>/undo/",
        "                                              401  404  403  403  200  404  404",
        mine="                                         401  404  403  403  200  200  200"),
    # Nobody has answered: the task does not wait for a reviewer.
    Row("POST", "tasks/<uuid:task>/decisions/", "      401  404  403  403  409  409  409",
        {"lease": "0190b7b0-c0de-7000-8000-00000000cafe",
         "decisions": [{"conflict": None, "action": "reject"}], "final": True}),
    # Nor is there a final answer to make gold of; what is no gold is none afterwards, too.
    Row("POST", "tasks/<uuid:task>/gold/", "           401  404  403  403  409  409  409"),
    Row("DELETE", "tasks/<uuid:task>/gold/", "         401  404  403  403  204  204  204"),
    # Nobody reviews it; who gives back what they do not hold has nothing afterwards, too.
    Row("POST", "tasks/<uuid:task>/review/", "         401  404  403  403  409  409  409",
        {"lease": "0190b7b0-c0de-7000-8000-00000000cafe"}),
    Row("GET", "datasets/<str:dataset>/quality/mine/items/", "401 404 403 200 200 200 200"),
    Row("GET", "datasets/<str:dataset>/disputed-paragraphs/", "401 404 403 403 200 200 200"),
    Row("POST", "tasks/<uuid:task>/disagree/", "       401  404  403  403  201  201  201",
        {"text": "?"}),
    Row("PUT", "tasks/<uuid:task>/review/", "          401  404  403  403  409  409  409"),
    Row("DELETE", "tasks/<uuid:task>/review/", "       401  404  403  403  204  204  204"),
    Row("POST", "tasks/<uuid:task>/names/", "          401  404  403  403  200  200  200"),
    Row("POST", "tasks/<uuid:task>/take-back/", "      401  404  403  403  409  409  409"),
    Row("POST", "tasks/<uuid:task>/unlock/", "         401  404  403  403  403  409  409",
        {"reason": "again"}),
]

INSIGHTS = [
    #                                               anon outs view anno revi mana admin
    Row("GET", "datasets/<str:dataset>/insights/", "401  404  403  403  200  200  200"),
    Row("GET", "datasets/<str:dataset>/agreement/", "401 404 403  403  200  200  200"),
    Row("GET", "datasets/<str:dataset>/quality/", " 401  404  403  403  200  200  200"),
    Row("GET", "datasets/<str:dataset>/quality/mine/",
        "                                           401  404  403  200  200  200  200"),
]

PREDICTIONS = [
    #                                                  anon outs view anno revi mana admin
    # The dataset asks people to draw, so nobody has judged a box.
    Row("GET", "datasets/<str:dataset>/predictions/", " 401  404  403  403  400  400  400"),
    Row("GET", "datasets/<str:dataset>/boxes/", "       401  404  403  403  400  400  400"),
    Row("POST", "datasets/<str:dataset>/predictions/", "401 404  403  403  403  200  200",
        {"model": "m", "predictions": [{"url": "https://example.org/a.jpg", "spans": [BOX]}]}),
]

EXPORTS = [
    #                                              anon outs view anno revi mana admin
    Row("GET", "datasets/<str:dataset>/exports/", "401  404  403  403  403  200  200"),
    Row("POST", "datasets/<str:dataset>/exports/",
        "                                          401  404  403  403  403  202  202",
        {"format": "jsonl", "which": "final"}),
    Row("GET", "exports/<uuid:export_id>/", "      401  404  403  403  403  200  200"),
    Row("GET", "exports/<uuid:export_id>/file/", " 401  404  403  403  403  200  200"),
]

NOTICES = [
    #                                    anon outs view anno revi mana admin
    Row("GET", "notifications/", "       401  200  200  200  200  200  200"),
    Row("POST", "notifications/seen/", " 401  200  200  200  200  200  200", {"ids": []}),
    # Whoever holds the link of a mail may use it; that is what it is for.
    Row("GET", "notifications/unsubscribe/<str:mails>/", " 200 200 200 200 200 200 200"),
    Row("POST", "notifications/unsubscribe/<str:mails>/", "204 204 204 204 204 204 204"),
    Row("GET", "notifications/settings/", "401 200 200 200 200  200  200"),
    Row("PUT", "notifications/settings/", "401 200 200 200 200  200  200",
        {"page": ["invited"], "mail": [], "daily": False, "time_zone": "UTC"}),
]

DESK = [
    #                                               anon outs view anno revi mana admin
    Row("GET", "home/", "                           401  200  200  200  200  200  200"),
    Row("GET", "datasets/<str:dataset>/progress/", "401  404  200  200  200  200  200"),
    Row("GET", "datasets/<str:dataset>/progress/mine/",
        "                                           401  404  403  200  200  200  200"),
    Row("GET", "datasets/<str:dataset>/progress/team/",
        "                                           401  404  403  200  200  200  200"),
    Row("GET", "datasets/<str:dataset>/tasks/", "   401  404  200  200  200  200  200"),
    Row("GET", "datasets/<str:dataset>/tasks/count/", "401 404 200 200 200 200 200"),
    Row("POST", "datasets/<str:dataset>/tasks/count/", "401 404 202 202 202 202 202",
        {"filter": {"state": "final"}}),
    # The counting is the manager's own.
    Row("GET", "datasets/<str:dataset>/tasks/count/<uuid:job>/", "401 404 404 404 404 200 404",
        mine="                                      401  404  200  200  200  200  200"),
    Row("GET", "datasets/<str:dataset>/tasks/options/", "401 404 200 200 200 200 200"),
    Row("POST", "datasets/<str:dataset>/tasks/acts/", "401 404 403 403 403 200 200",
        {"act": "tag", "add": ["odd"], "tasks": ["0190b7b0-c0de-7000-8000-00000000cafe"]}),
    # The act is the manager's own.
    Row("GET", "datasets/<str:dataset>/tasks/acts/<uuid:act>/", "401 404 403 404 404 200 404",
        mine="                                      401  404  403  200  200  200  200"),
    Row("DELETE", "datasets/<str:dataset>/tasks/acts/<uuid:act>/", "401 404 403 404 404 200 404",
        mine="                                      401  404  403  200  200  200  200"),
    Row("POST", "datasets/<str:dataset>/tasks/acts/<uuid:act>/undo/",
        "                                           401  404  403  404  404  200  404",
        mine="                                      401  404  403  200  200  200  200"),
    Row("GET", "datasets/<str:dataset>/views/", "   401  404  200  200  200  200  200"),
    Row("POST", "datasets/<str:dataset>/views/", "  401  404  201  201  201  201  201",
        {"name": "Mine", "search": "state=final"}),
    # The view is the manager's own.
    Row("PATCH", "datasets/<str:dataset>/views/<uuid:view>/", "401 404 404 404 404 200 404",
        {"name": "Other"}, mine="                   401  404  200  200  200  200  200"),
    Row("DELETE", "datasets/<str:dataset>/views/<uuid:view>/", "401 404 404 404 404 204 404",
        mine="                                      401  404  204  204  204  204  204"),
    # The task is not final, and a viewer sees nothing else.
    Row("GET", "tasks/<uuid:task>/", "              401  404  404  200  200  200  200"),
]

ROWS = [
    *ACCOUNTS,
    *DATASETS,
    *TASKS,
    *TILES,
    *GROUPS,
    *FLAGS,
    *THREADS,
    *IMPORTS,
    *REVIEWS,
    *INSIGHTS,
    *PREDICTIONS,
    *EXPORTS,
    *NOTICES,
    *DESK,
]
