"""Addresses of predictions."""

from django.urls import path

from apps.assist.api import views

urlpatterns = [
    path(
        "datasets/<str:dataset>/predictions/", views.PredictionsView.as_view(), name="predictions"
    ),
]
