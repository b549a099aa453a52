"""Addresses of the pages that look across."""

from django.urls import path

from apps.desk.api import (
    acts,
    browsing,
    events,
    notices,
    own_progress,
    saved,
    team_progress,
    unsubscribing,
    views,
)

urlpatterns = [
    path("notifications/", notices.NotificationsView.as_view(), name="notifications"),
    path("notifications/seen/", notices.SeenView.as_view(), name="notifications_seen"),
    path("notifications/settings/", notices.SettingsView.as_view(), name="notification_settings"),
    path(
        "notifications/unsubscribe/<str:mails>/",
        unsubscribing.UnsubscribeView.as_view(),
        name="unsubscribe",
    ),
    path("events/", events.EventsView.as_view(), name="events"),
    path("events/export/", events.EventsFileView.as_view(), name="events_file"),
    path(
        "datasets/<str:dataset>/events/",
        events.DatasetEventsView.as_view(),
        name="dataset_events",
    ),
    path(
        "datasets/<str:dataset>/events/export/",
        events.DatasetEventsFileView.as_view(),
        name="dataset_events_file",
    ),
    path("home/", views.HomeView.as_view(), name="home"),
    path("datasets/<str:dataset>/progress/", views.ProgressView.as_view(), name="progress"),
    path(
        "datasets/<str:dataset>/progress/mine/",
        own_progress.OwnProgressView.as_view(),
        name="own_progress",
    ),
    path("datasets/<str:dataset>/tasks/", browsing.TasksView.as_view(), name="tasks"),
    path(
        "datasets/<str:dataset>/progress/team/",
        team_progress.TeamProgressView.as_view(),
        name="team_progress",
    ),
    path("datasets/<str:dataset>/tasks/count/", browsing.CountView.as_view(), name="task_count"),
    path(
        "datasets/<str:dataset>/tasks/count/<uuid:job>/",
        browsing.CountingView.as_view(),
        name="task_counting",
    ),
    path(
        "datasets/<str:dataset>/tasks/options/", browsing.OptionsView.as_view(), name="task_options"
    ),
    path("datasets/<str:dataset>/tasks/acts/", acts.ActsView.as_view(), name="acts"),
    path("datasets/<str:dataset>/tasks/acts/<uuid:act>/", acts.ActView.as_view(), name="act"),
    path(
        "datasets/<str:dataset>/tasks/acts/<uuid:act>/undo/",
        acts.UndoActView.as_view(),
        name="act_undo",
    ),
    path("datasets/<str:dataset>/views/", saved.ViewsView.as_view(), name="saved_views"),
    path("datasets/<str:dataset>/views/<uuid:view>/", saved.ViewView.as_view(), name="saved_view"),
    path("tasks/<uuid:task>/", views.TaskView.as_view(), name="task"),
]
