"""Pages of inquirers, who ask about one person at a time, and of supervisors, who look at looks."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengxin.doors.portal.views.inquiry import cases, desk, uses
from chengxin.doors.portal.views.inquiry import seals as asked
from chengxin.doors.portal.views.supervisor import reviews, seals

urlpatterns: list[URLPattern] = [
    path("cases/", cases.cases, name="cases"),
    path("cases/open/", cases.case_open, name="case_open"),
    path("cases/<uuid:uid>/", cases.case, name="case"),
    path("cases/<uuid:uid>/close/", cases.case_close, name="case_close"),
    path("cases/<uuid:uid>/delay/", asked.seal_ask, name="seal_ask"),
    path("cases/delays/", asked.my_seals, name="my_seals"),
    path("desk/", desk.desk, name="inquiry_desk"),
    path("desk/consent/", desk.desk_ask, name="desk_ask"),
    path("desk/look/", desk.desk_look, name="desk_look"),
    path("desk/emergency/", desk.emergency, name="desk_emergency"),
    path("desk/use/", uses.use, name="desk_use"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/<uuid:uid>/", reviews.review, name="review"),
    path("delays/", seals.seals, name="seals"),
    path("delays/<uuid:uid>/", seals.seal, name="seal"),
]
