"""Text messages through a city's own gateway, which is an adapter of a few lines: who takes it, and what it said."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import ClassVar, Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from chengxin.foundation.outbox.terms import Addresses, ChannelKind, Content, Fault, Parcel, Receipt


class Gateway(Protocol):
    """What a city writes for its operator: ``CHENGXIN_SMS_GATEWAY`` names a class or function that makes one."""

    def send(self, phone: str, text: str, number: str) -> Receipt | Fault:
        """Hand one text over. ``number`` is the notice's, the same at every attempt.

        Evidence and reasons hold neither the phone number nor the text. Its own time-outs stay under a minute.
        """


class Sms:
    """A text message says that a notice waits, never what it says: telephones are shared, and numbers change hands."""

    kind: ClassVar = ChannelKind.SMS
    repeatable: ClassVar = False

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def content(self, addresses: Addresses) -> Content:
        return Content.BRIEF

    def send(self, parcel: Parcel) -> Receipt | Fault:
        assert parcel.message is not None
        text = f"{parcel.message.text_zh.strip()}\n{parcel.message.text_en.strip()}"
        return self._gateway.send(parcel.addresses.phone, text, str(parcel.notice.uid))

    def close(self) -> None:
        """The gateway keeps what it opened."""


class FileGateway:
    """For practice: each text is a file in ``CHENGXIN_SMS_FOLDER``, whose people do not exist."""

    def __init__(self, folder: Path | None = None) -> None:
        if not settings.CHENGXIN_PRACTICE:
            raise ImproperlyConfigured("texts are written to files in a practice instance alone")
        self.folder = Path(folder or settings.CHENGXIN_SMS_FOLDER)

    def send(self, phone: str, text: str, number: str) -> Receipt | Fault:
        """Write it down."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self.folder / f"{number}.json", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return Fault("number_used", permanent=True)
        except OSError as error:
            return Fault(f"folder_{type(error).__name__}", everywhere=True)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({"to": phone, "text": text}, file, ensure_ascii=False)
        return Receipt("written")
