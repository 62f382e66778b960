"""Django's name for the room: who may act."""

from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "chengxin.offices"
    label = "offices"
