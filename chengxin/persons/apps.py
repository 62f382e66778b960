"""Django's name for the room: whom the records are about."""

from django.apps import AppConfig


class PersonsConfig(AppConfig):
    name = "chengxin.persons"
    label = "persons"
