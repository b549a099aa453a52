"""Addresses of tasks and answers."""

from django.urls import path

from apps.tasks.api import (
    cloning,
    compositions,
    fitting,
    flags,
    gold,
    history,
    pool,
    threads,
    tiles,
    views,
)

urlpatterns = [
    path("datasets/<str:dataset>/next/", views.NextView.as_view(), name="next"),
    path(
        "datasets/<str:dataset>/answers/mine/", history.MyAnswersView.as_view(), name="my_answers"
    ),
    path("tasks/<uuid:task>/lease/", views.LeaseView.as_view(), name="task_lease"),
    path("tasks/<uuid:task>/draft/", views.DraftView.as_view(), name="task_draft"),
    path("tasks/<uuid:task>/answer/", views.AnswerView.as_view(), name="task_answer"),
    path("tasks/<uuid:task>/skip/", views.SkipView.as_view(), name="task_skip"),
    path("tasks/<uuid:task>/flag/", flags.TaskFlagView.as_view(), name="task_flag"),
    path("datasets/<str:dataset>/flags/", flags.DatasetFlagsView.as_view(), name="flags"),
    path("datasets/<str:dataset>/clone/", cloning.CloneView.as_view(), name="clone"),
    path("datasets/<str:dataset>/fitting/", fitting.FittingView.as_view(), name="fitting"),
    path("flags/<uuid:flag>/resolve/", flags.ResolveFlagView.as_view(), name="resolve_flag"),
    path("tasks/<uuid:task>/threads/", threads.TaskThreadsView.as_view(), name="task_threads"),
    path("datasets/<str:dataset>/threads/", threads.DatasetThreadsView.as_view(), name="threads"),
    path("threads/<uuid:thread>/", threads.ThreadView.as_view(), name="thread"),
    path("threads/<uuid:thread>/comments/", threads.CommentsView.as_view(), name="comments"),
    path(
        "threads/<uuid:thread>/resolve/", threads.ResolveThreadView.as_view(), name="resolve_thread"
    ),
    path("threads/<uuid:thread>/reopen/", threads.ReopenThreadView.as_view(), name="reopen_thread"),
    path("comments/<uuid:comment>/", threads.CommentView.as_view(), name="comment"),
    path(
        "comments/<uuid:comment>/restore/",
        threads.RestoreCommentView.as_view(),
        name="restore_comment",
    ),
    path("tasks/<uuid:task>/mine/", history.MyTaskView.as_view(), name="my_task"),
    path(
        "datasets/<str:dataset>/compose/", compositions.ComposeView.as_view(), name="compositions"
    ),
    path(
        "datasets/<str:dataset>/compose/preview/",
        compositions.ComposePreviewView.as_view(),
        name="compose_preview",
    ),
    path(
        "compositions/<uuid:composition>/",
        compositions.CompositionView.as_view(),
        name="composition",
    ),
    path(
        "compositions/<uuid:composition>/cancel/",
        compositions.CancelCompositionView.as_view(),
        name="cancel_composition",
    ),
    path("datasets/<str:dataset>/pool/", pool.PoolView.as_view(), name="pool"),
    path("datasets/<str:dataset>/pool/counts/", pool.PoolCountsView.as_view(), name="pool_counts"),
    path("datasets/<str:dataset>/pool/mark/", pool.MarkView.as_view(), name="mark_known"),
    path(
        "datasets/<str:dataset>/known-report/", pool.KnownReportView.as_view(), name="known_report"
    ),
    path("datasets/<str:dataset>/gold/", gold.GoldReportView.as_view(), name="gold_report"),
    path("tiles/<uuid:tile>/file/", tiles.TileFileView.as_view(), name="tile_file"),
    path("tiles/<uuid:tile>/level/", tiles.TileLevelView.as_view(), name="tile_level"),
    path("tiles/<uuid:tile>/thumbnail/", tiles.TileThumbnailView.as_view(), name="tile_thumbnail"),
]
