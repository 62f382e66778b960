"""A use in words: somebody decided against a person, and their decision rests on an answer (charter 7; domain.md 2.10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from chengxin.access.facade import USED_AGAINST
from chengxin.access.terms.uses import UseView
from chengxin.doors.portal.presenters.around import ADVERSE, Around, name_of
from chengxin.doors.portal.presenters.look import LookLine, look_line
from chengxin.doors.portal.presenters.notice import Letter, Section, entry_section, signature, talk_section
from chengxin.doors.portal.surroundings import Surroundings
from chengxin.doors.wording import Language, date_in_words
from chengxin.kernel.clocks import ends_on
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.remedies import LAWSUIT, RECONSIDERATION
from chengxin.records.terms import EntryView


def render_use(
    use: UseView,
    entries: Iterable[EntryView],
    surroundings: Surroundings,
    language: Language,
    *,
    name: str,
    made_at: datetime,
) -> Letter:
    """The letter of one use in one language. ``entries``: the person's own; those that were answered and weigh are told."""
    around = replace(surroundings.around_of(None), language=language)
    line = look_line(use.look, surroundings.offices_of([use.look]), language)
    told = [one for one in entries if (one.uid, one.version) in use.entries and one.nature == ADVERSE]
    return Letter(
        subject=around.say(f"notice.{USED_AGAINST}.subject", by=line.who),
        greeting=around.say("notice.greeting", name=name),
        lead=(
            around.say(f"notice.{USED_AGAINST}.lead", by=line.who, day=date_in_words(use.decided_on, language)),
            around.say(f"notice.{USED_AGAINST}.do"),
        ),
        sections=tuple(_sections(use, line, told, surroundings, around)),
        closing=(around.say("notice.free"), signature(around, made_at)),
    )


def _sections(
    use: UseView, line: LookLine, told: list[EntryView], surroundings: Surroundings, around: Around
) -> Iterator[Section]:
    yield Section(around.say("notice.use.decision"), tuple(_decision(use, line, surroundings, around)))
    yield Section(around.say("notice.use.read"), tuple(_read(use, line, around)))
    for entry in told:
        yield entry_section(entry, replace(surroundings.around(entry), language=around.language))
    yield Section(around.say("notice.rights"), tuple(_rights(use, around)))
    yield talk_section(around)


def _decision(use: UseView, line: LookLine, surroundings: Surroundings, around: Around) -> Iterator[str]:
    office = surroundings.organisation(use.organisation_id)
    day = date_in_words(use.decided_on, around.language)
    yield around.say("notice.decided", decider=name_of(office, around.language), day=day, number=use.decision)
    if office is not None and office.contact:
        yield around.say("notice.contact", contact=office.contact)
    yield around.say("notice.no_measure")


def _read(use: UseView, line: LookLine, around: Around) -> Iterator[str]:
    day = date_in_words(use.look.at, around.language)
    yield around.say("notice.use.purpose", day=day, purpose=line.purpose, ground=line.ground)
    yield around.say("notice.use.returned", returned=line.returned)


def _rights(use: UseView, around: Around) -> Iterator[str]:
    """What can be done about the decision, and about what it rests on. The days are the longest that the laws give."""
    yield around.say("notice.use.statement")
    yield around.say("notice.use.objection")
    told_on = shanghai_day(use.at)
    until = [ends_on(told_on, length, around.holidays, "person").day for length in (RECONSIDERATION, LAWSUIT)]
    reconsideration, lawsuit = (date_in_words(day, around.language) for day in until)
    yield around.say("notice.use.remedies", reconsideration=reconsideration, lawsuit=lawsuit)
    yield around.say("notice.use.repair")
