"""Tasks, answers, and what people say about them. The columns are explained in table.py."""

from tests.api.matrix.row import BOX, Row

# fmt: off
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
    Row("GET", "datasets/<str:dataset>/clone/", "401 404 403 403 403 200 200"),
    Row("POST", "datasets/<str:dataset>/clone/", "401 404 403 403 403 201 201",
        {"name": "Copy"}),
    Row("GET", "datasets/<str:dataset>/fitting/", "401 404 403 403 403 200  200"),
    Row("POST", "datasets/<str:dataset>/fitting/", "401 404 403 403 403 409 409"),
    Row("GET", "datasets/<str:dataset>/trust/", "   401 404 403 403 200 200  200"),
    Row("POST", "datasets/<str:dataset>/effects/", "401 404 403 403 403 200  200",
        {"overlap": 3}),
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
