"""Django's name for the room: every way in and out."""

from django.apps import AppConfig


class DoorsConfig(AppConfig):
    name = "chengxin.doors"
    label = "doors"
