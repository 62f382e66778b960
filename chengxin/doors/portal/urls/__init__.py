"""The addresses of the portal, one list a kind of entrant. A room's pages add theirs to the list of who may enter."""

from __future__ import annotations

from django.urls import include, path

from chengxin.doors.portal.urls import (
    account,
    auditor,
    catalogue,
    clerk,
    inquiry,
    log,
    office,
    officer,
    operator,
    public,
    remedies,
    resident,
)

urlpatterns = [
    path("", include(public)),
    path("", include(log)),
    path("", include(account)),
    path("", include(resident)),
    path("", include(clerk)),
    path("", include(officer)),
    path("", include(remedies)),
    path("", include(inquiry)),
    path("", include(office)),
    path("", include(catalogue)),
    path("", include(operator)),
    path("", include(auditor)),
]
