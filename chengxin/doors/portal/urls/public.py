"""Pages for everybody."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengxin.doors.portal.views.public import pages

urlpatterns: list[URLPattern] = [
    path("", pages.home, name="home"),
    path("complain/", pages.complain, name="complain"),
    path("promises/", pages.promises, name="promises"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("set/language/<str:language>/", pages.set_language, name="set_language"),
    path("set/text/<str:size>/", pages.set_text, name="set_text"),
]
