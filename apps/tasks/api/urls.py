"""Addresses of tasks and answers."""

from django.urls import path

from apps.tasks.api import views

urlpatterns = [
    path("datasets/<str:dataset>/next/", views.NextView.as_view(), name="next"),
    path("datasets/<str:dataset>/answers/mine/", views.MyAnswersView.as_view(), name="my_answers"),
    path("tasks/<uuid:task>/lease/", views.LeaseView.as_view(), name="task_lease"),
    path("tasks/<uuid:task>/draft/", views.DraftView.as_view(), name="task_draft"),
    path("tasks/<uuid:task>/answer/", views.AnswerView.as_view(), name="task_answer"),
    path("tasks/<uuid:task>/skip/", views.SkipView.as_view(), name="task_skip"),
    path("tasks/<uuid:task>/mine/", views.MyTaskView.as_view(), name="my_task"),
]
