"""Pages of auditors: the journal of officials' acts."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengxin.doors.portal.views.auditor import journal

urlpatterns: list[URLPattern] = [
    path("journal/", journal.journal_page, name="journal"),
    path("journal/download/", journal.journal_download, name="journal_download"),
]
