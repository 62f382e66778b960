"""Django's name for the demonstration; installed by the settings of demo and testing alone."""

from __future__ import annotations

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "chengxin.doors.demo"
    label = "demo"
