"""Django's name for the room: objections, repair, appeals and complaints, each under a legal clock."""

from django.apps import AppConfig


class RemediesConfig(AppConfig):
    name = "chengxin.remedies"
    label = "remedies"

    def ready(self) -> None:
        """An operator's corrections that are not right stop the start, with every fault named."""
        from chengxin.remedies.queries.law import clocks_here, repair_here

        clocks_here()
        repair_here()
