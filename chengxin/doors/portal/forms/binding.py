"""The forms for the code from the counter."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from chengxin.doors.portal.forms.base import PortalForm
from chengxin.foundation.models import Account

_NAME = re.compile(r"[A-Za-z0-9._-]{5,30}")
_TELLING = re.compile(r"1[0-9]{10}|[0-9]{15,}|[0-9]{6,}[Xx]")
"""A mobile number, or what looks like a document's number: these would say whose account it is."""

_PASSWORD_FAULTS = {
    "password_too_short": "short",
    "password_too_common": "common",
    "password_entirely_numeric": "numeric",
}


class BindForm(PortalForm):
    """The code alone, for an account that is signed in."""

    topic = "signin.bind"

    code = forms.CharField(max_length=64, widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}))

    def wrong_code(self) -> ValidationError:
        return ValidationError("wrong", code="wrong")

    def new_account(self) -> Account:
        raise TypeError("this form makes no account")


class NewAccountForm(BindForm):
    """The code, and a name and password for the account it opens."""

    name = forms.CharField(
        max_length=64, widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"})
    )
    password = forms.CharField(strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    again = forms.CharField(strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].lower()
        if _TELLING.search(name):
            raise ValidationError("telling", code="telling")
        if not _NAME.fullmatch(name):
            raise ValidationError("form", code="form")
        if Account.objects.filter(username__iexact=name).exists():
            raise ValidationError("taken", code="taken")
        return name

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        try:
            validate_password(password)
        except ValidationError as faults:
            raise ValidationError(
                [
                    ValidationError(fault.messages[0], code=_PASSWORD_FAULTS[str(fault.code)])
                    for fault in faults.error_list
                ]
            ) from None
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "password" in cleaned and cleaned.get("again") != cleaned["password"]:
            self.add_error("again", ValidationError("differ", code="differ"))
        return cleaned

    def new_account(self) -> Account:
        return Account.objects.create_user(
            self.cleaned_data["name"], self.cleaned_data["password"], kind=Account.Kind.RESIDENT
        )
