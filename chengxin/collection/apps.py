"""Django's name for the room: how batches arrive, are screened, accepted or sent back."""

from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "chengxin.collection"
    label = "collection"
