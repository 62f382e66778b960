"""Django's name for the room: the ledger of entries about persons."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "chengxin.records"
    label = "records"
