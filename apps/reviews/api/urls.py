"""Addresses of reviews and decisions."""

from django.urls import path

from apps.reviews.api import (
    agreement,
    bulk,
    effects,
    insights,
    labels,
    own_items,
    quality,
    remerging,
    trust,
    views,
)

urlpatterns = [
    path("datasets/<str:dataset>/insights/", insights.InsightsView.as_view(), name="insights"),
    path("datasets/<str:dataset>/agreement/", agreement.AgreementView.as_view(), name="agreement"),
    path("datasets/<str:dataset>/quality/", quality.QualityView.as_view(), name="quality"),
    path(
        "datasets/<str:dataset>/quality/mine/", quality.OwnQualityView.as_view(), name="own_quality"
    ),
    path(
        "datasets/<str:dataset>/quality/mine/items/",
        own_items.OwnItemsView.as_view(),
        name="own_items",
    ),
    path(
        "datasets/<str:dataset>/disputed-paragraphs/",
        own_items.DisputesView.as_view(),
        name="disputed_paragraphs",
    ),
    path("tasks/<uuid:task>/disagree/", own_items.DisagreeView.as_view(), name="disagree"),
    path("datasets/<str:dataset>/review/next/", views.ReviewNextView.as_view(), name="review_next"),
    path(
        "datasets/<str:dataset>/review/conflicts/",
        bulk.PointsView.as_view(),
        name="review_conflicts",
    ),
    path("datasets/<str:dataset>/review/bulk/", bulk.BulkView.as_view(), name="review_bulk"),
    path(
        "datasets/<str:dataset>/review/bulk/<uuid:bulk_id>/undo/",
        bulk.BulkUndoView.as_view(),
        name="review_bulk_undo",
    ),
    path(
        "datasets/<str:dataset>/labels/usage/", labels.LabelUsageView.as_view(), name="label_usage"
    ),
    path(
        "datasets/<str:dataset>/labels/merging/",
        labels.RelabellingView.as_view(),
        name="label_merging",
    ),
    path(
        "datasets/<str:dataset>/labels/<uuid:label>/merge/forecast/",
        labels.MergeForecastView.as_view(),
        name="label_merge_forecast",
    ),
    path("datasets/<str:dataset>/effects/", effects.EffectsView.as_view(), name="effects"),
    path("datasets/<str:dataset>/trust/", trust.TrustView.as_view(), name="trust"),
    path("datasets/<str:dataset>/remerge/", remerging.RemergeView.as_view(), name="remerge"),
    path(
        "datasets/<str:dataset>/remerge/forecast/",
        remerging.ForecastView.as_view(),
        name="remerge_forecast",
    ),
    path("tasks/<uuid:task>/decisions/", views.DecisionsView.as_view(), name="task_decisions"),
    path("tasks/<uuid:task>/gold/", views.GoldView.as_view(), name="task_gold"),
    path("tasks/<uuid:task>/review/", views.ReviewLeaseView.as_view(), name="review_lease"),
    path("tasks/<uuid:task>/names/", views.NamesView.as_view(), name="task_names"),
    path("tasks/<uuid:task>/take-back/", views.TakeBackView.as_view(), name="task_take_back"),
    path("tasks/<uuid:task>/unlock/", views.UnlockView.as_view(), name="task_unlock"),
]
