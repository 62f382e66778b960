"""Where a person wants to be told."""

from __future__ import annotations

from django import forms

from chengxin.doors.portal.forms.base import PortalForm


class ContactForm(PortalForm):
    """An e-mail address."""

    topic = "resident.contact"

    email = forms.EmailField(
        max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"})
    )
