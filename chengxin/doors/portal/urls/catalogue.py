"""The catalogue's keepers and approvers: editions, their checks and decisions."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengxin.doors.portal.views.catalogue import editions, steps

urlpatterns: list[URLPattern] = [
    path("editions/", editions.editions, name="editions"),
    path("editions/check/", steps.edition_check, name="edition_check"),
    path("editions/propose/", steps.edition_propose, name="edition_propose"),
    path("editions/<uuid:uid>/", editions.edition, name="edition"),
    path("editions/<uuid:uid>/approve/", steps.edition_approve, name="edition_approve"),
    path("editions/<uuid:uid>/refuse/", steps.edition_refuse, name="edition_refuse"),
    path("editions/<uuid:uid>/sources/<slug:source>/", steps.source_confirm, name="source_confirm"),
]
