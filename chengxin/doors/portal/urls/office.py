"""Pages of office heads: officials, mandates, organisations; the permission table, for every official."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengxin.doors.portal.views.office import mandates, officials, organisations, permissions

urlpatterns: list[URLPattern] = [
    path("officials/", officials.officials, name="officials"),
    path("officials/appoint/", officials.official_appoint, name="official_appoint"),
    path("officials/<uuid:uid>/", officials.official, name="official"),
    path("officials/<uuid:uid>/dismiss/", officials.official_dismiss, name="official_dismiss"),
    path("officials/<uuid:uid>/grant/", mandates.mandate_grant, name="mandate_grant"),
    *(
        path(f"officials/<uuid:uid>/mandates/<uuid:mandate_uid>/{act.value}/", page, name=f"mandate_{act.value}")
        for act, page in mandates.ACT_PAGES.items()
    ),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/register/", organisations.organisation_register, name="organisation_register"),
    path("organisations/<uuid:uid>/correct/", organisations.organisation_correct, name="organisation_correct"),
    path("organisations/<uuid:uid>/close/", organisations.organisation_close, name="organisation_close"),
    path("permissions/", permissions.permissions, name="permissions"),
]
