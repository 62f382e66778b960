"""The ways out that this deployment has, by its settings. On the page every notice stands by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from chengxin.foundation.outbox.channels.email import Email
from chengxin.foundation.outbox.channels.letter import Letters
from chengxin.foundation.outbox.channels.sms import FileGateway, Gateway, Sms
from chengxin.foundation.outbox.channels.webhook import Webhook
from chengxin.foundation.outbox.terms import Channel, ChannelKind

__all__ = ["Email", "FileGateway", "Gateway", "Letters", "Sms", "Webhook", "open_channels"]


@contextmanager
def open_channels() -> Iterator[dict[ChannelKind, Channel]]:
    """Every channel that the settings name; e-mail is always one of them. Their connections end with the block.

    ``CHENGXIN_LETTERS`` folder of the print house, ``CHENGXIN_WEBHOOK_URL`` who is told that a notice waits,
    ``CHENGXIN_SMS_GATEWAY`` dotted path to what makes a ``Gateway``.
    """
    found: list[Channel] = [Email()]
    if settings.CHENGXIN_LETTERS:
        found.append(Letters(Path(settings.CHENGXIN_LETTERS)))
    if settings.CHENGXIN_WEBHOOK_URL:
        found.append(Webhook(settings.CHENGXIN_WEBHOOK_URL, source=settings.CHENGXIN_ADDRESS))
    if settings.CHENGXIN_SMS_GATEWAY:
        found.append(Sms(import_string(settings.CHENGXIN_SMS_GATEWAY)()))
    try:
        yield {channel.kind: channel for channel in found}
    finally:
        for channel in found:
            channel.close()
