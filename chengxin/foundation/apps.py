"""Django's name for the room: plumbing on Django and PostgreSQL for all rooms."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "chengxin.foundation"
    label = "foundation"

    def ready(self) -> None:
        # the jobs of the outbox are declared where they are written; a worker must know them by name
        from chengxin.foundation import outbox  # noqa: F401
        from chengxin.foundation.holidays import holidays_here

        # an operator's years that are not right stop the start, with every fault named
        holidays_here()
