"""Addresses of predictions."""

from django.urls import path

from apps.assist.api import servers, views

urlpatterns = [
    path(
        "datasets/<str:dataset>/predictions/", views.PredictionsView.as_view(), name="predictions"
    ),
    path("datasets/<str:dataset>/models/", views.ModelsView.as_view(), name="models"),
    path("datasets/<str:dataset>/boxes/", views.BoxesView.as_view(), name="boxes"),
    path(
        "datasets/<str:dataset>/model-servers/",
        servers.ServersView.as_view(),
        name="model-servers",
    ),
    path("model-servers/<uuid:server>/", servers.ServerView.as_view(), name="model-server"),
    path("model-servers/<uuid:server>/test/", servers.ServerTrialView.as_view(), name="try-server"),
    path("model-servers/<uuid:server>/runs/", servers.RunsView.as_view(), name="model-runs"),
    path("model-runs/<uuid:run>/", servers.RunView.as_view(), name="model-run"),
    path("model-runs/<uuid:run>/cancel/", servers.RunCancelView.as_view(), name="cancel-run"),
]
