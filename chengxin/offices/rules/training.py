"""What makes an official fit to ask: training that counts, and their own document known so that it is never asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from chengxin.kernel.days import day_starts_at
from chengxin.kernel.decisions import ALLOWED, Decision, Refused
from chengxin.offices.rules.bases import LEAST_POWER, SECURITY, TWO_PEOPLE
from chengxin.offices.rules.mandates import figure_on
from chengxin.offices.terms import TRAINING_DAYS, Reason


@dataclass(frozen=True, slots=True)
class TrainingFacts:
    """A training somebody wants to record."""

    recorded_by: UUID
    official_id: UUID
    official_active: bool
    passed_on: date
    valid_until: date


def may_record_training(facts: TrainingFacts, today: date) -> Decision:
    """Whether a training may be recorded: of another, passed already, counting for a year at most (个人信息保护法 51(四))."""
    if facts.recorded_by == facts.official_id:
        return Refused(Reason.OWN_TRAINING, TWO_PEOPLE)
    if not facts.official_active:
        return Refused(Reason.OFFICIAL_DISMISSED, LEAST_POWER)
    if facts.passed_on > today:
        return Refused(Reason.TRAINING_NOT_PASSED_YET, LEAST_POWER)
    if facts.valid_until < facts.passed_on:
        return Refused(Reason.DATES_OUT_OF_ORDER, LEAST_POWER)
    most = figure_on(TRAINING_DAYS, facts.passed_on).days
    if facts.valid_until > facts.passed_on + timedelta(days=most):
        return Refused(Reason.TRAINING_TOO_LONG, LEAST_POWER, {"days": most})
    return ALLOWED


def may_take_back(taken_back_by: UUID, official_id: UUID, *, already: bool) -> Decision:
    """Whether a training may be taken back: of another than oneself, once."""
    if taken_back_by == official_id:
        return Refused(Reason.OWN_TRAINING_TAKEN_BACK, TWO_PEOPLE)
    return Refused(Reason.TRAINING_TAKEN_BACK, LEAST_POWER) if already else ALLOWED


def counts(passed_on: date, valid_until: date, on: date) -> bool:
    """Whether a training counts on a day; its first and last day are included."""
    return passed_on <= on <= valid_until


def training_ends_at(valid_until: date) -> datetime:
    """The moment from which a training no longer counts: the first of the day after its last, in Shanghai."""
    return day_starts_at(valid_until + timedelta(days=1))


def may_record_document(recorded_by: UUID, official_id: UUID, *, official_active: bool) -> Decision:
    """Whether an official's own document may be recorded: by another than themselves."""
    if recorded_by == official_id:
        return Refused(Reason.OWN_DOCUMENT_BY_ANOTHER, SECURITY)
    return ALLOWED if official_active else Refused(Reason.OFFICIAL_DISMISSED, LEAST_POWER)
