"""Django's name for the room: every way in and out."""

from django.apps import AppConfig


class DoorsConfig(AppConfig):
    name = "chengxin.doors"
    label = "doors"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added

        from chengxin.doors import flow, telling
        from chengxin.doors.signin.factors import note_set_up

        flow.wire()
        telling.open_for_the_outbox()
        authenticator_added.connect(note_set_up)
