"""Django's name for the room: what may be collected, on which law."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "chengxin.catalogue"
    label = "catalogue"
