"""Django's name for the room: plumbing on Django and PostgreSQL for all rooms."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "chengxin.foundation"
    label = "foundation"
