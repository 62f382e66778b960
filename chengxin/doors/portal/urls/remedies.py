"""Pages of those who work, answer and lead cases of remedies, take them in, or acknowledge; and the public's figures."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengxin.doors.portal.views.remedies import beginning, case, figures, intake, queue, recalls, steps, unnamed

urlpatterns: list[URLPattern] = [
    path("matters/", figures.matters, name="matters"),
    path("remedies/", queue.remedies_queue, name="remedies_queue"),
    path("remedies/assign/", queue.remedies_assign, name="remedies_assign"),
    path("take-in/", intake.remedy_intake, name="remedy_intake"),
    path("take-in/<uuid:uid>/", intake.remedy_which, name="remedy_which"),
    path("complaints/<uuid:uid>/", unnamed.remedy_unnamed, name="remedy_unnamed"),
    path("remedies-figures/", figures.remedies_figures, name="remedies_figures"),
    path("corrections/", recalls.remedy_recalls, name="remedy_recalls"),
    path("corrections/<uuid:uid>/", recalls.remedy_recall, name="remedy_recall"),
    path("remedies/<uuid:uid>/", case.remedy_case, name="remedy_case"),
    path("remedies/<uuid:uid>/papers/add/", case.remedy_paper_add, name="remedy_paper_add"),
    path("remedies/<uuid:uid>/papers/<uuid:paper_id>/", case.remedy_paper, name="remedy_paper"),
    path("remedies/<uuid:uid>/invite/", beginning.remedy_invite, name="remedy_invite"),
    path("remedies/<uuid:uid>/ask-back/", beginning.remedy_ask_back, name="remedy_ask_back"),
    path("remedies/<uuid:uid>/find/", intake.remedy_find, name="remedy_find"),
    path("remedies/<uuid:uid>/<slug:act>/", steps.remedy_step, name="remedy_step"),
]
