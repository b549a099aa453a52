"""Addresses of datasets, members, labels and images, and of who I am in them."""

from django.urls import path

from apps.datasets.api import deleted, guidelines, images, labels, members, storage, views

urlpatterns = [
    path("me/", members.MeView.as_view(), name="me"),
    path(
        "invitations/<str:secret>/accept/",
        members.AcceptInvitationView.as_view(),
        name="accept_invitation",
    ),
    path("datasets/", views.DatasetsView.as_view(), name="datasets"),
    path("deleted-datasets/", deleted.DeletedDatasetsView.as_view(), name="deleted_datasets"),
    path("datasets/<str:dataset>/restore/", deleted.RestoreView.as_view(), name="restore"),
    path("datasets/<str:dataset>/", views.DatasetView.as_view(), name="dataset"),
    path("datasets/<str:dataset>/labels/", labels.LabelsView.as_view(), name="labels"),
    path("datasets/<str:dataset>/labels/list/", labels.LabelListView.as_view(), name="label_list"),
    path(
        "datasets/<str:dataset>/labels/order/", labels.LabelOrderView.as_view(), name="label_order"
    ),
    path("datasets/<str:dataset>/labels/<uuid:label>/", labels.LabelView.as_view(), name="label"),
    path(
        "datasets/<str:dataset>/labels/<uuid:label>/merge/",
        labels.LabelMergeView.as_view(),
        name="label_merge",
    ),
    path("datasets/<str:dataset>/storage/", storage.StorageView.as_view(), name="storage"),
    path("datasets/<str:dataset>/members/", members.MembersView.as_view(), name="members"),
    path(
        "datasets/<str:dataset>/members/<str:member>/",
        members.MemberView.as_view(),
        name="member",
    ),
    path(
        "datasets/<str:dataset>/guidelines/",
        guidelines.GuidelinesView.as_view(),
        name="guidelines",
    ),
    path(
        "datasets/<str:dataset>/guidelines/preview/",
        guidelines.GuidelinePreviewView.as_view(),
        name="guideline_preview",
    ),
    path(
        "datasets/<str:dataset>/guidelines/<int:version>/",
        guidelines.GuidelineView.as_view(),
        name="guideline",
    ),
    path(
        "datasets/<str:dataset>/guidelines/<int:version>/read/",
        guidelines.GuidelineReadView.as_view(),
        name="guideline_read",
    ),
    path("images/<uuid:image>/file/", images.ImageFileView.as_view(), name="image_file"),
    path("images/<uuid:image>/level/", images.LevelView.as_view(), name="level"),
    path("images/<uuid:image>/thumbnail/", images.ThumbnailView.as_view(), name="thumbnail"),
]
