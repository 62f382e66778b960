"""Django's name for the room: who may see what, and the log of every look."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "chengxin.access"
    label = "access"
