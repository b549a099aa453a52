"""Addresses of exports."""

from django.urls import path

from apps.exchange.api import answers, schemas, snapshots, views, webhooks

urlpatterns = [
    path("schemas/<str:name>.json", schemas.SchemaView.as_view(), name="json_schema"),
    path("datasets/<str:dataset>/answers/", answers.AnswersView.as_view(), name="answers"),
    path("datasets/<str:dataset>/exports/", views.ExportsView.as_view(), name="exports"),
    path("exports/<uuid:export_id>/", views.ExportView.as_view(), name="export"),
    path("exports/<uuid:export_id>/file/", views.ExportFileView.as_view(), name="export_file"),
    path("datasets/<str:dataset>/snapshots/", snapshots.SnapshotsView.as_view(), name="snapshots"),
    path("snapshots/<uuid:snapshot_id>/", snapshots.SnapshotView.as_view(), name="snapshot"),
    path("datasets/<str:dataset>/diffs/", snapshots.DiffsView.as_view(), name="diffs"),
    path("diffs/<uuid:diff_id>/", snapshots.DiffView.as_view(), name="diff"),
    path("diffs/<uuid:diff_id>/changes/", snapshots.DiffChangesView.as_view(), name="diff_changes"),
    path("webhooks/", webhooks.WebhooksView.as_view(), name="webhooks"),
    path("webhooks/<uuid:webhook_id>/", webhooks.WebhookView.as_view(), name="webhook"),
    path(
        "webhooks/<uuid:webhook_id>/test/", webhooks.WebhookTestView.as_view(), name="webhook_test"
    ),
    path(
        "webhooks/<uuid:webhook_id>/deliveries/",
        webhooks.DeliveriesView.as_view(),
        name="deliveries",
    ),
    path(
        "webhooks/<uuid:webhook_id>/deliveries/<uuid:delivery_id>/redeliver/",
        webhooks.RedeliverView.as_view(),
        name="redeliver",
    ),
]
