"""Addresses of the pages that look across."""

from django.urls import path

from apps.desk.api import browsing, notices, own_progress, views

urlpatterns = [
    path("notifications/", notices.NotificationsView.as_view(), name="notifications"),
    path("notifications/seen/", notices.SeenView.as_view(), name="notifications_seen"),
    path("notifications/settings/", notices.SettingsView.as_view(), name="notification_settings"),
    path("home/", views.HomeView.as_view(), name="home"),
    path("datasets/<str:dataset>/progress/", views.ProgressView.as_view(), name="progress"),
    path(
        "datasets/<str:dataset>/progress/mine/",
        own_progress.OwnProgressView.as_view(),
        name="own_progress",
    ),
    path("datasets/<str:dataset>/tasks/", browsing.TasksView.as_view(), name="tasks"),
    path("tasks/<uuid:task>/", views.TaskView.as_view(), name="task"),
]
