"""Addresses of predictions."""

from django.urls import path

from apps.assist.api import views

urlpatterns = [
    path(
        "datasets/<str:dataset>/predictions/", views.PredictionsView.as_view(), name="predictions"
    ),
    path("datasets/<str:dataset>/models/", views.ModelsView.as_view(), name="models"),
    path("datasets/<str:dataset>/boxes/", views.BoxesView.as_view(), name="boxes"),
]
