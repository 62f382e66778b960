"""E-mail through Django's backend. It tells, and proves nothing: a server that took it says nothing of its reader."""

from __future__ import annotations

import smtplib
from typing import ClassVar, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from chengxin.foundation.outbox.terms import Addresses, ChannelKind, Content, Fault, Parcel, Receipt

_LASTING: Final = 500
_DOWN: Final = frozenset({421, 454, 535, 530})
"""Answers that speak of the server or of us, not of this letter: closing down, or our sign-in."""


class Email:
    """One connection for as many messages as its opener sends.

    The whole notice goes only to an address its person has shown to be theirs; to another goes that a notice waits,
    because a mistyped address is a stranger's.
    """

    kind: ClassVar = ChannelKind.EMAIL
    repeatable: ClassVar = False

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    def content(self, addresses: Addresses) -> Content:
        return Content.WHOLE if addresses.email_proven else Content.BRIEF

    def send(self, parcel: Parcel) -> Receipt | Fault:
        """Hand one over to the mail server. Its Message-ID is the notice's number, the same at every attempt."""
        message = parcel.message
        assert message is not None
        number = f"first.{parcel.notice.uid}" if parcel.first else str(parcel.notice.uid)
        message_id = f"<{number}@{urlsplit(settings.CHENGXIN_ADDRESS).hostname or 'localhost'}>"
        mail = EmailMultiAlternatives(
            subject=" ".join(message.subject.split()),
            body=message.text,
            to=[parcel.addresses.email],
            headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(message.html, "text/html")
        fault = self._handed_over(mail)
        if fault is None:
            return Receipt(f"message-id {message_id}")
        if fault.everywhere:
            self.close()
        return fault

    def _handed_over(self, mail: EmailMultiAlternatives) -> Fault | None:
        opened = False
        try:
            if self._connection is None:
                connection = get_connection(timeout=settings.EMAIL_TIMEOUT)
                connection.open()
                self._connection = connection
            opened = True
            self._connection.send_messages([mail])
        except smtplib.SMTPRecipientsRefused as error:
            return _by_code(min(code for code, _ in error.recipients.values()))
        except smtplib.SMTPServerDisconnected:
            return Fault("smtp_disconnected", everywhere=True, uncertain=opened)
        except (
            smtplib.SMTPAuthenticationError,
            smtplib.SMTPConnectError,
            smtplib.SMTPHeloError,
            smtplib.SMTPSenderRefused,
        ) as error:
            return Fault(f"smtp_{error.smtp_code}", everywhere=True)
        except smtplib.SMTPResponseException as error:
            return _by_code(error.smtp_code)
        except smtplib.SMTPException as error:
            return Fault(f"smtp_{type(error).__name__}", permanent=True)
        except OSError as error:
            return Fault(f"smtp_{type(error).__name__}", everywhere=True, uncertain=opened)
        except ValueError:
            # Django refuses what cannot stand in a header: the address is no address
            return Fault("address_unreadable", permanent=True)
        return None

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _by_code(code: int) -> Fault:
    # what the server says beside its code may hold the address, so the code alone is kept
    return Fault(f"smtp_{code}", permanent=code >= _LASTING and code not in _DOWN, everywhere=code in _DOWN)
