"""Pages for everybody."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from chengxin.doors.portal.views.public import (
    announcements,
    catalogue,
    clocks,
    complaints,
    pages,
    problems,
    purposes,
    sealed,
)

urlpatterns: list[URLPattern] = [
    path("", pages.home, name="home"),
    path("complain/", pages.complain, name="complain"),
    path("complain/write/", complaints.complain_write, name="complain_write"),
    path("complain/follow/", complaints.complain_follow, name="complain_follow"),
    path("promises/", pages.promises, name="promises"),
    path("catalogue/", catalogue.the_catalogue, name="catalogue"),
    path("catalogue/<slug:code>/", catalogue.catalogue_item, name="catalogue_item"),
    re_path(
        r"^catalogue/(?P<code>[\w-]+)/template\.(?P<ending>csv|xlsx)$", catalogue.catalogue_template, name="template"
    ),
    path("purposes/", purposes.purposes, name="purposes"),
    path("clocks/", clocks.clocks, name="clocks"),
    path("announcements/", announcements.announcements, name="announcements"),
    path("promises/delays/", sealed.sealed, name="sealed"),
    path("v1/problems/", problems.all_problems, name="problems"),
    path("v1/problems/<slug:code>", problems.one_problem, name="problem"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("set/language/<str:language>/", pages.set_language, name="set_language"),
    path("set/text/<str:size>/", pages.set_text, name="set_text"),
]
