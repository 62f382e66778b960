"""What an office head fills in: appointments, mandates, organisations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError

from chengxin.catalogue.terms import AskerKind, SupplierKind
from chengxin.doors.portal.forms.acting import ActForm, ChoiceActForm
from chengxin.foundation.models import Account

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{3,29}")
NAME_LENGTH = 100


def day_input() -> forms.DateInput:
    """A day, typed or picked: the browser's own calendar where it has one."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class AppointForm(ChoiceActForm):
    """A new official: where, who, and the login name of their account."""

    topic = "office.appoint"

    organisation = forms.ChoiceField()
    name = forms.CharField(max_length=NAME_LENGTH)
    login = forms.CharField(
        max_length=30, widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none"})
    )
    field_order = ("organisation", "name", "login", "reason")

    def clean_login(self) -> str:
        login: str = self.cleaned_data["login"].lower()
        if not _LOGIN.fullmatch(login):
            raise ValidationError("form", code="form")
        if Account.objects.filter(username__iexact=login).exists():
            raise ValidationError("taken", code="taken")
        return login


class GrantForm(ChoiceActForm):
    """A mandate: what, where, from when to when."""

    topic = "office.grant"

    role = forms.ChoiceField(widget=forms.RadioSelect)
    organisation = forms.ChoiceField()
    starts_on = forms.DateField(widget=day_input())
    ends_on = forms.DateField(widget=day_input())
    field_order = ("role", "organisation", "starts_on", "ends_on", "reason")


class CorrectForm(ActForm):
    """How an organisation is called and reached."""

    topic = "office.organisation"

    name_zh = forms.CharField(max_length=NAME_LENGTH)
    name_en = forms.CharField(max_length=NAME_LENGTH)
    contact = forms.CharField(max_length=200)
    field_order: Sequence[str] = ("name_zh", "name_en", "contact", "reason")


class RegisterForm(CorrectForm, ChoiceActForm):
    """A new organisation under another one."""

    parent = forms.ChoiceField()
    org_code = forms.CharField(max_length=24, widget=forms.TextInput(attrs={"spellcheck": "false"}))
    tier = forms.ChoiceField(widget=forms.RadioSelect)
    kind = forms.ChoiceField()
    field_order = ("parent", "name_zh", "name_en", "org_code", "tier", "kind", "contact", "reason")


OFFICE_KINDS = (*(kind for kind in SupplierKind if kind is not SupplierKind.PERSON), *AskerKind)
"""Kinds by which a catalogue names suppliers and askers; a person supplies about themselves alone."""
