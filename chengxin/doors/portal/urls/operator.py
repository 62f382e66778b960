"""Pages of operators: health, stuck work."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengxin.doors.portal.views.operator import health, work

urlpatterns: list[URLPattern] = [
    path("health/", health.health, name="health"),
    path("work/", work.work, name="work"),
    *(
        path(f"work/batches/<uuid:uid>/{act.value}/", page, name=f"work_batch_{act.value}")
        for act, page in work.BATCH_PAGES.items()
    ),
    *(path(f"work/jobs/<int:job_id>/{act}/", page, name=f"work_job_{act}") for act, page in work.JOB_PAGES.items()),
]
