"""Who reviews a look and until when; when silence may be ordered, and for how long at most."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from chengxin.access.rules.reviewing import may_ask_about, may_decide, review_due_on
from chengxin.access.rules.sealing import may_ask_seal, may_decide_seal
from chengxin.access.terms.reviews import Finding, ReviewKind, ReviewView, Suspending, Whom
from chengxin.access.terms.seals import SealState, SealView
from chengxin.kernel.days import shipped_holidays
from chengxin.kernel.decisions import Decision, Refused
from tests.rules.catalogue.files import edition

AT = datetime(2026, 6, 1, 2, tzinfo=UTC)
TODAY = date(2026, 6, 1)
DAY = timedelta(days=1)
LOOKER, OTHER, OFFICE, ELSEWHERE = uuid4(), uuid4(), uuid4(), uuid4()
REVIEW = ReviewView(
    uuid4(), uuid4(), ReviewKind.UNRECOGNISED, None, OFFICE, LOOKER, None, "licence_review", "1", "", AT, {}, AT,
    TODAY, None, "", None, None,
)  # fmt: skip
SUSPEND = Suspending(Whom.OPERATOR, AT + DAY, "请说明")


def _reason(decision: Decision) -> str:
    return decision.reason if isinstance(decision, Refused) else "allowed"


@pytest.mark.parametrize(
    ("kind", "raised_on", "due_on"),
    [
        # Monday: two and five working days from the day after
        (ReviewKind.EMERGENCY, date(2026, 6, 1), date(2026, 6, 3)),
        (ReviewKind.UNRECOGNISED, date(2026, 6, 1), date(2026, 6, 8)),
        (ReviewKind.WATCH, date(2026, 6, 1), date(2026, 6, 15)),
        # over the first days of October 2026, which are off; the 10th, a Saturday, is worked
        (ReviewKind.EMERGENCY, date(2026, 9, 30), date(2026, 10, 9)),
    ],
)
def test_a_review_is_due_after_working_days(kind: ReviewKind, raised_on: date, due_on: date) -> None:
    at = datetime(raised_on.year, raised_on.month, raised_on.day, 15, 59, tzinfo=UTC)
    assert review_due_on(kind, at, shipped_holidays()) == due_on
    assert review_due_on(kind, at + timedelta(minutes=1), shipped_holidays()) > due_on - DAY, (
        "16:00 UTC is tomorrow in Shanghai"
    )


@pytest.mark.parametrize(
    ("own", "before", "reason"),
    [(False, False, "allowed"), (True, False, "own_look"), (False, True, "look_asked_about")],
)
def test_a_person_asks_about_others_looks_once(own: bool, before: bool, reason: str) -> None:
    assert _reason(may_ask_about(own=own, asked_before=before)) == reason


@pytest.mark.parametrize(
    ("changes", "who", "finding", "told", "suspending", "reason"),
    [
        ({}, OTHER, Finding.JUSTIFIED, "查过", None, "allowed"),
        ({}, OTHER, Finding.NOT_JUSTIFIED, "查过", None, "allowed"),
        ({}, OTHER, Finding.MISUSE, "查过", SUSPEND, "allowed"),
        ({}, LOOKER, Finding.JUSTIFIED, "查过", None, "second_person_needed"),
        ({}, None, Finding.JUSTIFIED, "查过", None, "second_person_needed"),
        ({}, OTHER, Finding.JUSTIFIED, "  ", None, "review_tells_nothing"),
        ({}, OTHER, Finding.MISUSE, "查过", None, "misuse_suspends"),
        ({}, OTHER, Finding.JUSTIFIED, "查过", SUSPEND, "misuse_suspends"),
        ({"finding": Finding.JUSTIFIED}, OTHER, Finding.JUSTIFIED, "查过", None, "review_closed"),
        ({"official_id": None}, OTHER, Finding.MISUSE, "查过", SUSPEND, "nobody_to_suspend"),
        ({"official_id": None, "client_id": uuid4()}, OTHER, Finding.MISUSE, "查过", SUSPEND, "allowed"),
        ({"official_id": None}, OTHER, Finding.MISUSE, "查过", replace(SUSPEND, whom=Whom.ORGANISATION), "allowed"),
    ],
)
def test_who_may_find_what(
    changes: dict[str, object], who: object, finding: Finding, told: str, suspending: object, reason: str
) -> None:
    decision = may_decide(replace(REVIEW, **changes), who, finding, told, suspending)  # type: ignore[arg-type]
    assert _reason(decision) == reason


# ---- silence ---------------------------------------------------------------------------------------------------------

LAW = edition("national").seals["criminal_inquiry"]
ORDER = SealView(
    uuid4(),
    OFFICE,
    "1",
    LAW.basis.law,
    LAW.basis.article,
    LOOKER,
    AT,
    "侦查",
    TODAY,
    TODAY + 30 * DAY,
    SealState.ASKED,
    None,
    None,
)


@pytest.mark.parametrize(
    ("law", "case_open", "days", "reason"),
    [
        (LAW, True, 1, "allowed"),
        (LAW, True, LAW.days, "allowed"),
        (LAW, True, LAW.days + 1, "seal_too_long"),
        (LAW, True, 0, "seal_too_long"),
        (LAW, False, 30, "case_not_open"),
        (None, True, 30, "seal_without_law"),
    ],
)
def test_an_order_has_a_case_and_an_end_within_the_law(law: object, case_open: bool, days: int, reason: str) -> None:
    decision = may_ask_seal(law, case_open=case_open, ends_on=TODAY + days * DAY, today=TODAY)  # type: ignore[arg-type]
    assert _reason(decision) == reason


@pytest.mark.parametrize(
    ("changes", "who", "office", "reason"),
    [
        ({}, OTHER, ELSEWHERE, "allowed"),
        ({}, OTHER, OFFICE, "other_organisation_needed"),
        ({}, LOOKER, ELSEWHERE, "other_organisation_needed"),
        ({}, None, ELSEWHERE, "other_organisation_needed"),
        ({"state": SealState.APPROVED}, OTHER, ELSEWHERE, "seal_decided"),
        ({"ends_on": TODAY}, OTHER, ELSEWHERE, "seal_over"),
    ],
)
def test_another_organisation_decides(changes: dict[str, object], who: object, office: object, reason: str) -> None:
    decision = may_decide_seal(replace(ORDER, **changes), who, office, TODAY)  # type: ignore[arg-type]
    assert _reason(decision) == reason
