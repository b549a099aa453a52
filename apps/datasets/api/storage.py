"""What the images of a dataset take on the disk, over HTTP."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.policy import Capability
from apps.datasets.queries import Stored, stored_of
from concord.http.pagination import refuse_unknown_parameters


class StoredSerializer(serializers.Serializer[Stored]):
    """Bytes of the files that came, and of those made of them to be shown, where these are files of
    their own. Equal images are stored once; `shared` bytes belong to other datasets as well.
    `elsewhere` counts the images that are fetched from where they lie, and take no bytes here.
    Thumbnails, and smaller levels of large images, are not counted."""

    images = serializers.IntegerField()
    elsewhere = serializers.IntegerField()
    originals = serializers.IntegerField()
    renditions = serializers.IntegerField()
    shared = serializers.IntegerField()


class StorageView(APIView):
    """The disk use of a dataset."""

    @extend_schema(responses=StoredSerializer)
    def get(self, request: Request, dataset: str) -> Response:
        """Sum up the files of the dataset's images; for managers."""
        refuse_unknown_parameters(request, [])
        found = get_dataset_for(
            user=user_of(request), id_or_slug=dataset, capability=Capability.IMPORT
        )
        return Response(StoredSerializer(stored_of(found)).data)
