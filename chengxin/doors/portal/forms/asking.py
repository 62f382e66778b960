"""What heads and access supervisors fill in about those who ask: training, own document, machine clients, suspensions."""

from __future__ import annotations

import base64

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django import forms
from django.core.exceptions import ValidationError

from chengxin.doors.portal.forms.acting import ActForm, ChoiceActForm
from chengxin.doors.portal.forms.identity import DocumentForm
from chengxin.doors.portal.forms.office import NAME_LENGTH, day_input
from chengxin.offices.terms import KEY_BYTES

KEY_LENGTH = 2000
NOTICE_LENGTH = 1000


class TrainingForm(ActForm):
    """A course that an official passed, and until when it counts."""

    topic = "office.training"

    course = forms.CharField(max_length=NAME_LENGTH)
    passed_on = forms.DateField(widget=day_input())
    valid_until = forms.DateField(widget=day_input())
    field_order = ("course", "passed_on", "valid_until", "reason")


class TakeBackForm(ChoiceActForm):
    """Which of an official's trainings counts no more. ``training``: its place in the list that the page shows."""

    topic = "office.taking_back"

    training = forms.ChoiceField(widget=forms.RadioSelect)
    field_order = ("training", "reason")


class OwnDocumentForm(DocumentForm):
    """An official's own document, of which a mark alone is kept."""

    topic = "office.document"

    field_order = ("kind", "number", "reason")


class ClientForm(ChoiceActForm):
    """A machine client: whose, what it may do, its public key, its days."""

    topic = "office.client"

    organisation = forms.ChoiceField()
    name = forms.CharField(max_length=NAME_LENGTH)
    may_ask = forms.BooleanField(required=False)
    may_supply = forms.BooleanField(required=False)
    public_key = forms.CharField(
        required=False, max_length=KEY_LENGTH, widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})
    )
    starts_on = forms.DateField(widget=day_input())
    ends_on = forms.DateField(widget=day_input())
    field_order = (
        "organisation", "name", "may_ask", "may_supply", "public_key", "starts_on", "ends_on", "reason",
    )  # fmt: skip

    def clean_public_key(self) -> bytes | None:
        given: str = self.cleaned_data["public_key"].strip()
        if not given:
            return None
        if "PRIVATE KEY" in given:
            raise ValidationError("private", code="private")
        key = read_public_key(given)
        if key is None:
            raise ValidationError("form", code="form")
        return key


def read_public_key(given: str) -> bytes | None:
    """An Ed25519 public key as people have it, in PEM or its 32 bytes in Base64; None for anything else."""
    if given.startswith("-----BEGIN"):
        try:
            key = load_pem_public_key(given.encode())
        except (ValueError, UnsupportedAlgorithm):
            return None
        return key.public_bytes_raw() if isinstance(key, Ed25519PublicKey) else None
    try:
        raw = base64.b64decode(given.replace("-", "+").replace("_", "/") + "=" * (-len(given) % 4), validate=True)
    except ValueError:
        return None
    return raw if len(raw) == KEY_BYTES else None


class SuspendForm(ChoiceActForm):
    """Whose access is stopped, until the end of which day, and what they are told. ``thing``: kind and uid, parted by a colon."""

    topic = "office.suspend"

    thing = forms.ChoiceField(widget=forms.RadioSelect)
    ends_on = forms.DateField(widget=day_input())
    notice = forms.CharField(max_length=NOTICE_LENGTH, widget=forms.Textarea(attrs={"rows": 4}))
    field_order = ("thing", "ends_on", "notice", "reason")


class ReplyForm(ActForm):
    """What the suspended side answers."""

    topic = "office.reply"
