"""Pages for everybody."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengxin.doors.portal.views import public

urlpatterns: list[URLPattern] = [
    path("", public.home, name="home"),
    path("complain/", public.complain, name="complain"),
    path("promises/", public.promises, name="promises"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("set/language/<str:language>/", public.set_language, name="set_language"),
    path("set/text/<str:size>/", public.set_text, name="set_text"),
]
