"""Django's name for the door of machines: it keeps one table of its own, against requests sent twice."""

from django.apps import AppConfig


class MachineConfig(AppConfig):
    name = "chengxin.doors.machine"
    label = "machine"
