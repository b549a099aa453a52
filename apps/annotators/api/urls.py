"""Addresses of accounts, tokens and invitations."""

from django.urls import path

from apps.annotators.api import invitations, second_factors, sessions, single_sign_on, views

urlpatterns = [
    path("public/", views.PublicView.as_view(), name="public"),
    path("first-run/", views.FirstRunView.as_view(), name="first_run"),
    path("auth/token/", views.LoginView.as_view(), name="login_token"),
    path("auth/sso/", single_sign_on.BeginSignOnView.as_view(), name="begin_sign_on"),
    path("tokens/", views.TokensView.as_view(), name="tokens"),
    path("tokens/<uuid:token>/", views.TokenView.as_view(), name="token"),
    path("users/", views.UsersView.as_view(), name="users"),
    path("users/<uuid:user>/", views.UserView.as_view(), name="user"),
    path("users/<uuid:user>/leaving/", views.LeavingView.as_view(), name="leaving"),
    path(
        "users/<uuid:user>/second-factor/",
        second_factors.SecondFactorView.as_view(),
        name="second_factor",
    ),
    path(
        "second-factor/new/",
        second_factors.NewSecondFactorView.as_view(),
        name="new_second_factor",
    ),
    path("sessions/", sessions.SessionsView.as_view(), name="sessions"),
    path("sessions/<int:session>/", sessions.SessionView.as_view(), name="session"),
    path("invitations/", invitations.InvitationsView.as_view(), name="invitations"),
    path(
        "invitations/<uuid:invitation>/",
        invitations.InvitationView.as_view(),
        name="invitation",
    ),
    path(
        "invitations/<uuid:invitation>/send-again/",
        invitations.SendAgainView.as_view(),
        name="send_again",
    ),
]
