"""Datasets, what comes in and what goes out. The columns are explained in table.py."""

from tests.api.matrix.row import BOX, Row

# fmt: off
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

PREDICTIONS = [
    #                                                  anon outs view anno revi mana admin
    # The dataset asks people to draw, so nobody has judged a box.
    Row("GET", "datasets/<str:dataset>/predictions/", " 401  404  403  403  400  400  400"),
    Row("GET", "datasets/<str:dataset>/models/", "      401  404  403  403  200  200  200"),
    Row("GET", "datasets/<str:dataset>/boxes/", "       401  404  403  403  400  400  400"),
    Row("POST", "datasets/<str:dataset>/predictions/", "401 404  403  403  403  200  200",
        {"model": "m", "predictions": [{"url": "https://example.org/a.jpg", "spans": [BOX]}]}),
]

EXPORTS = [
    #                                              anon outs view anno revi mana admin
    Row("GET", "datasets/<str:dataset>/answers/", "401  404  403  403  403  200  200"),
    Row("GET", "datasets/<str:dataset>/exports/", "401  404  403  403  403  200  200"),
    Row("POST", "datasets/<str:dataset>/exports/",
        "                                          401  404  403  403  403  202  202",
        {"format": "jsonl", "which": "final"}),
    Row("GET", "exports/<uuid:export_id>/", "      401  404  403  403  403  200  200"),
    Row("GET", "exports/<uuid:export_id>/file/", " 401  404  403  403  403  200  200"),
    Row("GET", "datasets/<str:dataset>/snapshots/", "401 404 403  403  403  200  200"),
    Row("POST", "datasets/<str:dataset>/snapshots/",
        "                                          401  404  403  403  403  202  202",
        {"name": "before the weekend"}),
    Row("GET", "snapshots/<uuid:snapshot_id>/", "  401  404  403  403  403  200  200"),
    Row("DELETE", "snapshots/<uuid:snapshot_id>/", "401 404  403  403  403  204  204"),
    # The snapshots are another dataset's: that is for those who may compare here to hear.
    Row("POST", "datasets/<str:dataset>/diffs/", " 401  404  403  403  403  400  400",
        {"before": "0190b7b0-c0de-7000-8000-00000000cafe"}),
    Row("GET", "diffs/<uuid:diff_id>/", "          401  404  403  403  403  200  200"),
    Row("GET", "diffs/<uuid:diff_id>/changes/", "  401  404  403  403  403  200  200"),
]
