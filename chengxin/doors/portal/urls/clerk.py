"""Pages of those who send: duties, files, batches, recalls, figures."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengxin.doors.portal.views.clerk import batches, duties, quality, recalls, rows, sending, withdrawing

urlpatterns: list[URLPattern] = [
    path("duties/", duties.duties, name="duties"),
    path("duties/<slug:code>/<str:day>/nothing/", duties.report_nothing, name="report_nothing"),
    path("send/", sending.send, name="send"),
    path("send/<slug:code>/", sending.send_file, name="send_file"),
    path("send/<slug:code>/row/", rows.send_row, name="send_row"),
    path("batches/", batches.batches, name="batches"),
    path("batches/<uuid:uid>/", batches.batch, name="batch"),
    path("batches/<uuid:uid>/headings/", sending.batch_headings, name="batch_headings"),
    path("batches/<uuid:uid>/try/", sending.batch_try, name="batch_try"),
    path("batches/<uuid:uid>/send/", sending.batch_send, name="batch_send"),
    path("batches/<uuid:uid>/answer/", batches.batch_answer, name="batch_answer"),
    path("batches/<uuid:uid>/failed/", batches.batch_failed, name="batch_failed"),
    path("batches/<uuid:uid>/withdraw/", batches.row_withdraw, name="row_withdraw"),
    path("batches/<uuid:uid>/recall/", batches.recall_ask, name="recall_ask"),
    *(
        path(f"batches/<uuid:uid>/{act.value}/", page, name=f"batch_{act.value}")
        for act, page in batches.BATCH_ACTS.items()
    ),
    path("withdraw/", withdrawing.decision_which, name="decision_which"),
    path("withdraw/<slug:code>/", withdrawing.decision_withdraw, name="decision_withdraw"),
    path("recalls/", recalls.recalls, name="recalls"),
    *(
        path(f"recalls/<uuid:uid>/{act.value}/", page, name=f"recall_{act.value}")
        for act, page in recalls.RECALL_PAGES.items()
    ),
    path("supply/", quality.supply, name="supply"),
]
