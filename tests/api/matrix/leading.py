"""Reviews, figures, and what looks across. The columns are explained in table.py."""

from tests.api.matrix.row import Row

# fmt: off
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

DESK = [
    #                                               anon outs view anno revi mana admin
    Row("GET", "events/", "                         401  403  403  403  403  403  200"),
    Row("GET", "events/export/", "                  401  403  403  403  403  403  200"),
    Row("GET", "datasets/<str:dataset>/events/", "  401  404  403  403  403  200  200"),
    Row("GET", "datasets/<str:dataset>/events/export/", "401 404 403 403 403 200 200"),
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
    # The act is the manager's own. What others did while they led is out of their hands now.
    Row("GET", "datasets/<str:dataset>/tasks/acts/<uuid:act>/", "401 404 403 404 404 200 404",
        mine="                                      401  404  403  403  403  200  200"),
    Row("DELETE", "datasets/<str:dataset>/tasks/acts/<uuid:act>/", "401 404 403 404 404 200 404",
        mine="                                      401  404  403  403  403  200  200"),
    Row("POST", "datasets/<str:dataset>/tasks/acts/<uuid:act>/undo/",
        "                                           401  404  403  404  404  200  404",
        mine="                                      401  404  403  403  403  200  200"),
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
