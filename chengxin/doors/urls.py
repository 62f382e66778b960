"""Every address of the product."""

from __future__ import annotations

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path

from chengxin.doors import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    # by the server's own dispatch machines come a shorter way (doors.wsgi); the addresses are the same ones
    path("", include("chengxin.doors.machine.urls")),
    path("", include("chengxin.doors.portal.urls")),
]

if apps.is_installed("chengxin.doors.demo"):
    # the invented city's sign-in; production settings do not install the app, so the address does not exist there
    urlpatterns.insert(0, path("demo/", include("chengxin.doors.demo.urls")))

handler400 = "chengxin.doors.portal.errors.bad_request"
handler403 = "chengxin.doors.portal.errors.forbidden"
handler404 = "chengxin.doors.portal.errors.not_found"
handler429 = "chengxin.doors.portal.errors.too_many"
handler500 = "chengxin.doors.portal.errors.broken"
