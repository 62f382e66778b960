"""Django's name for the room: objections, repair, appeals and complaints, each under a legal clock."""

from django.apps import AppConfig


class RemediesConfig(AppConfig):
    name = "chengxin.remedies"
    label = "remedies"
