"""Addresses of imports and connections."""

from django.urls import path

from apps.imports.api import (
    connections,
    images,
    previews,
    reports,
    rows,
    thumbnails,
    undoing,
    views,
)

urlpatterns = [
    path("datasets/<str:dataset>/imports/", views.ImportsView.as_view(), name="imports"),
    path(
        "datasets/<str:dataset>/imports/preview/",
        previews.PreviewView.as_view(),
        name="import_preview",
    ),
    path(
        "datasets/<str:dataset>/imports/preview/<str:ticket>/thumbnail/",
        thumbnails.LineThumbnailView.as_view(),
        name="line_thumbnail",
    ),
    path("datasets/<str:dataset>/images/", views.FilesView.as_view(), name="image_files"),
    path("imports/<uuid:import_id>/", views.ImportView.as_view(), name="import"),
    path("imports/<uuid:import_id>/rows/", rows.RowsView.as_view(), name="import_rows"),
    path("imports/<uuid:import_id>/failures/", rows.FailuresView.as_view(), name="import_failures"),
    path(
        "imports/<uuid:import_id>/report.json", reports.ReportView.as_view(), name="import_report"
    ),
    path(
        "imports/<uuid:import_id>/failed.csv",
        rows.FailedTableView.as_view(),
        name="import_failed_table",
    ),
    path(
        "imports/<uuid:import_id>/failed.jsonl",
        rows.FailedTasksView.as_view(),
        name="import_failed_tasks",
    ),
    path("imports/<uuid:import_id>/cancel/", views.CancelView.as_view(), name="import_cancel"),
    path("imports/<uuid:import_id>/pause/", views.PauseView.as_view(), name="import_pause"),
    path("imports/<uuid:import_id>/resume/", views.ResumeView.as_view(), name="import_resume"),
    path("imports/<uuid:import_id>/retry/", views.RetryView.as_view(), name="import_retry"),
    path("imports/<uuid:import_id>/undo/", undoing.UndoView.as_view(), name="import_undo"),
    path("images/<uuid:image>/take-down/", images.TakeDownView.as_view(), name="take_down"),
    path(
        "images/<uuid:image>/replacement/",
        images.ReplacementView.as_view(),
        name="image_replacement",
    ),
    path("connections/", connections.ConnectionsView.as_view(), name="connections"),
    path("connections/<uuid:connection>/", connections.ConnectionView.as_view(), name="connection"),
    path(
        "connections/<uuid:connection>/test/",
        connections.TrialView.as_view(),
        name="connection_test",
    ),
]
