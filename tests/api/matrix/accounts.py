"""People, how they come in, and what they are told. The columns are explained in table.py."""

from tests.api.matrix.row import Row

PASSWORD = "correct horse battery"
PERSON = {"name": "New", "password": PASSWORD}

# fmt: off
ACCOUNTS = [
    #                                   anon outs view anno revi mana admin
    Row("GET", "public/", "             200  200  200  200  200  200  200"),
    Row("POST", "first-run/", "         404  404  404  404  404  404  404",
        {"token": "x", "email": "new@example.org", **PERSON}),
    Row("POST", "auth/token/", "        401  401  401  401  401  401  401",
        {"email": "nobody@example.org", "password": PASSWORD}),
    Row("POST", "auth/sso/", "          404  404  404  404  404  404  404", {"next": "/"}),
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
    Row("GET", "users/<uuid:user>/leaving/", "401 404 404 404 404 404 200"),
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
