"""The guards of the workflows: one function of the facts each. What the facts do not show is not so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from chengxin.kernel.decisions import ALLOWED, Decision, Refused
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import TWO_PAPERS, ActFacts, Guard

MANDATED: Final = "民法典 165"
"""A mandate says in writing for whom, what for, within which limits, from when to when."""
REASONED: Final = "个人信息保护法 50"
"""Whoever turns a request of a person down says why."""
TWO_PEOPLE: Final = "F9"
IMPARTIAL: Final = "charter 7"
DATED: Final = "民法典 201"
"""A term runs from the day after the one that set it going."""
OURS: Final = "本平台规则"


def mandated(facts: ActFacts) -> Decision:
    """Whoever acts for another shows a mandate that covers it; nobody else needs one."""
    if facts.who is Who.HELPER and not facts.mandated:
        return Refused(Reason.MANDATE_NEEDED, MANDATED)
    return ALLOWED


def impartial(facts: ActFacts) -> Decision:
    """Whoever recorded, supplied or decided what is contested does not decide on it."""
    if facts.actor is None or facts.actor in facts.took_part:
        return Refused(Reason.NOT_IMPARTIAL, IMPARTIAL)
    return ALLOWED


def two_people(facts: ActFacts) -> Decision:
    """Somebody else proposed it."""
    if facts.actor is None or facts.proposed_by is None or facts.actor == facts.proposed_by:
        return Refused(Reason.SECOND_PERSON_NEEDED, TWO_PEOPLE)
    return ALLOWED


def reasoned(facts: ActFacts) -> Decision:
    return ALLOWED if facts.reason.strip() else Refused(Reason.REASON_MISSING, REASONED)


def papers_opened(facts: ActFacts) -> Decision:
    """The source opened each paper that the person handed in."""
    missing = facts.papers - facts.papers_opened
    return ALLOWED if missing <= 0 else Refused(Reason.PAPERS_UNOPENED, IMPARTIAL, {"count": missing})


def letter_complete(facts: ActFacts) -> Decision:
    """There is a letter, and it lacks nothing (``rules/letters.py``)."""
    if facts.lacking == ():
        return ALLOWED
    return Refused(Reason.LETTER_INCOMPLETE, REASONED, {"lacking": ", ".join(facts.lacking or ("letter",))})


def nobody_to_ask(facts: ActFacts) -> Decision:
    """What is contested is the platform's own doing, so that there is no source to ask."""
    return ALLOWED if facts.nobody_to_ask else Refused(Reason.SUPPLIER_NOT_ASKED, OURS)


def extension_allowed(facts: ActFacts) -> Decision:
    """What ``rules.clocks.may_extend`` says of it."""
    return facts.may_extend or Refused(Reason.EXTENSION_UNKNOWN, "F15")


def certified(facts: ActFacts) -> Decision:
    """The deciding body certifies in writing that it is right after all (F9), and whoever acts has read that."""
    return ALLOWED if facts.certified else Refused(Reason.UNCERTIFIED, TWO_PEOPLE)


def still_to_find(facts: ActFacts) -> Decision:
    """What a case is about is said once."""
    return ALLOWED if facts.to_find else Refused(Reason.NOTHING_TO_FIND, OURS)


def all_acknowledged(facts: ActFacts) -> Decision:
    """Nobody who received the old version is left who has not acknowledged."""
    if facts.open_recipients == 0:
        return ALLOWED
    return Refused(Reason.RECIPIENTS_OPEN, "个人信息保护法 46", {"count": facts.open_recipients or 0})


def may_be_repaired(facts: ActFacts) -> Decision:
    """What ``rules.repair.may_ask_repair`` says of the entry."""
    return facts.may_repair or Refused(Reason.REPAIR_UNCHECKED, OURS)


def nothing_beyond_law(facts: ActFacts) -> Decision:
    """Only the two papers are asked for: never money, volunteering, a donation, a course."""
    beyond = sorted(facts.asked - TWO_PAPERS)
    return Refused(Reason.ASKED_BEYOND_LAW, "国办发〔2025〕22号", {"asked": ", ".join(beyond)}) if beyond else ALLOWED


def fetched(facts: ActFacts) -> Decision:
    """What another office holds is got from there (国办发〔2025〕22号): the person is not sent for it."""
    asked = sorted(facts.asked & facts.to_fetch)
    return Refused(Reason.FETCH_IT, "国办发〔2025〕22号", {"asked": ", ".join(asked)}) if asked else ALLOWED


def asked_once(facts: ActFacts) -> Decision:
    """Everything that is missing is named at once."""
    return Refused(Reason.ASKED_BEFORE, OURS) if facts.asked_before or not facts.asked else ALLOWED


def rights_told(facts: ActFacts) -> Decision:
    """Why, that nobody has to come, that somebody may come along, that minutes are written."""
    return ALLOWED if facts.rights_told else Refused(Reason.RIGHTS_UNTOLD, "个人信息保护法 17")


def minutes(facts: ActFacts) -> Decision:
    """What was said lies in the case in writing, for both sides to read before they sign."""
    return ALLOWED if facts.minutes else Refused(Reason.MINUTES_MISSING, OURS)


def minutes_read(facts: ActFacts) -> Decision:
    """Nobody signs what was put in the place of what they read."""
    return ALLOWED if facts.minutes_read else Refused(Reason.MINUTES_CHANGED, OURS)


def both_signed(facts: ActFacts) -> Decision:
    return ALLOWED if facts.both_signed else Refused(Reason.MINUTES_UNSIGNED, OURS)


def ruling(facts: ActFacts) -> Decision:
    """The decision of the organ or the court lies in the case; it works once served (行政复议法 75)."""
    return ALLOWED if facts.ruling else Refused(Reason.RULING_MISSING, "行政复议法 75")


def others_alone(facts: ActFacts) -> Decision:
    """What ``records.rules.covering`` says of the passages."""
    return facts.may_cover or Refused(Reason.COVER_UNCHECKED, OURS)


def filed_outside(facts: ActFacts) -> Decision:
    """The receipt or the number shows that it was filed: what is only said would keep an entry from others for ever."""
    return ALLOWED if facts.filing.strip() else Refused(Reason.FILING_UNSHOWN, "行政复议法 22")


def dated(facts: ActFacts) -> Decision:
    """What ``may_count_from`` says of the day."""
    return facts.may_count or Refused(Reason.DAY_UNTOLD, DATED)


def may_count_from(on: date | None, today: date, earliest: date | None) -> Decision:
    """Whether a term may be counted from this day: told, not to come, and not before what it follows (``earliest``)."""
    if on is None:
        return Refused(Reason.DAY_UNTOLD, DATED)
    if on > today:
        return Refused(Reason.DAY_TO_COME, DATED)
    if earliest is not None and on < earliest:
        return Refused(Reason.DAY_TOO_EARLY, DATED, {"earliest": earliest.isoformat()})
    return ALLOWED


def term_over(facts: ActFacts) -> Decision:
    """A term ends at 24:00 of its last day (民法典 203)."""
    return ALLOWED if facts.over else Refused(Reason.STILL_IN_TIME, "民法典 203")


GUARDS: Final[Mapping[Guard, Callable[[ActFacts], Decision]]] = MappingProxyType(
    {
        Guard.IMPARTIAL: impartial,
        Guard.TWO_PEOPLE: two_people,
        Guard.REASON: reasoned,
        Guard.PAPERS_OPENED: papers_opened,
        Guard.LETTER_COMPLETE: letter_complete,
        Guard.NOBODY_TO_ASK: nobody_to_ask,
        Guard.STILL_TO_FIND: still_to_find,
        Guard.EXTENSION_ALLOWED: extension_allowed,
        Guard.CERTIFIED: certified,
        Guard.ALL_ACKNOWLEDGED: all_acknowledged,
        Guard.MAY_BE_REPAIRED: may_be_repaired,
        Guard.NOTHING_BEYOND_LAW: nothing_beyond_law,
        Guard.FETCHED: fetched,
        Guard.ASKED_ONCE: asked_once,
        Guard.RIGHTS_TOLD: rights_told,
        Guard.MINUTES: minutes,
        Guard.MINUTES_READ: minutes_read,
        Guard.BOTH_SIGNED: both_signed,
        Guard.RULING: ruling,
        Guard.OTHERS_ALONE: others_alone,
        Guard.FILED_OUTSIDE: filed_outside,
        Guard.DATED: dated,
        Guard.TERM_OVER: term_over,
    }
)
"""Complete by test."""
