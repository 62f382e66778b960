"""Pages of identity, case and erasure officers: held rows, the counter, letters on paper, erasing."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengxin.doors.portal.views.officer import counter, counter_mandates, erasures, letters, quarantine

urlpatterns: list[URLPattern] = [
    path("quarantine/", quarantine.quarantine, name="quarantine"),
    path("quarantine/<uuid:uid>/", quarantine.quarantined, name="quarantined"),
    path("quarantine/<uuid:uid>/decide/", quarantine.quarantined_decide, name="quarantined_decide"),
    path("counter/", counter.counter, name="counter"),
    path("counter/mandates/", counter_mandates.counter_mandate, name="counter_mandate"),
    path("counter/mandates/end/", counter_mandates.counter_mandate_end, name="counter_mandate_end"),
    path("letters/", letters.letters_to_post, name="letters_to_post"),
    *(path(f"letters/{act.value}/", page, name=f"letters_{act.value}") for act, page in letters.ACT_PAGES.items()),
    path("erasures/", erasures.erasures, name="erasures"),
    path("erasures/ask/", erasures.erasure_ask, name="erasure_ask"),
    path("erasures/<uuid:uid>/approve/", erasures.erasure_approve, name="erasure_approve"),
]
