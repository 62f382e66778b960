"""A request for consent as its person reads it: who, for what, what exactly would be shown, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chengxin.access.facade import consent_standing
from chengxin.access.terms.consent import ConsentStanding, ConsentView, Scope
from chengxin.catalogue.terms import Item, PurposeSpec
from chengxin.doors.portal.presenters.around import name_of
from chengxin.doors.portal.presenters.catalogue import field_name, item_name
from chengxin.doors.portal.presenters.field import FieldLine, field_lines
from chengxin.doors.portal.presenters.look import acted_as
from chengxin.doors.portal.presenters.statement import StatementLine, statement_line
from chengxin.doors.wording import Language, text
from chengxin.offices.terms import OrganisationView
from chengxin.records.terms import EntryView

TONES: Mapping[ConsentStanding, str] = {
    ConsentStanding.ASKED: "warn",
    ConsentStanding.GIVEN: "open",
    ConsentStanding.LAPSED: "ended",
    ConsentStanding.REFUSED: "ended",
    ConsentStanding.USED: "ended",
    ConsentStanding.ENDED: "ended",
    ConsentStanding.WITHDRAWN: "ended",
}


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One entry as an asker would read it today."""

    fields: tuple[FieldLine, ...]
    statement: StatementLine | None


@dataclass(frozen=True, slots=True)
class Showing:
    """One item that is asked for: its name, the fields, and what they say today, an entry each."""

    code: str
    name: str
    fields: str
    today: tuple[ShownEntry, ...]


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """A request in words."""

    uid: UUID
    who: str
    what_for: str
    told: str
    state: str
    tone: str
    asked_at: datetime
    lapses_at: datetime
    ends_at: datetime | None
    once: bool
    open: bool
    stands: bool
    over: bool
    title: str
    heading: str
    shown: str
    done_by: tuple[str, ...] = ()


def consent_line(
    consent: ConsentView,
    *,
    purpose: PurposeSpec | None,
    items: Mapping[str, Item],
    asker: OrganisationView | None,
    at: datetime,
    language: Language,
    holders: Mapping[UUID, tuple[str, str]],
) -> ConsentLine:
    """One request, with what was agreed to where something was. ``holders``: mandate -> as what they act, and their name."""
    now = consent_standing(consent, at)
    turn = {ConsentStanding.ASKED: "asked", ConsentStanding.GIVEN: "stands"}.get(now, "over")
    scope = consent.given or consent.asked
    named = [items[code] for code in scope if code in items]
    return ConsentLine(
        uid=consent.uid,
        who=name_of(asker, language),
        what_for=_either(purpose.zh, purpose.en, language) if purpose else consent.purpose,
        told=_either(purpose.told.zh, purpose.told.en, language) if purpose else "",
        state=text(f"resident.consent.state.{now.value}", language),
        tone=TONES[now],
        asked_at=consent.asked_at,
        lapses_at=consent.lapses_at,
        ends_at=consent.ends_at,
        once=consent.once,
        open=now is ConsentStanding.ASKED,
        stands=now is ConsentStanding.GIVEN,
        over=turn == "over",
        title=text(f"resident.consent.title.{turn}", language),
        heading=text(f"resident.consent.heading.{turn}", language),
        shown=("；" if language == "zh" else "; ").join(item_name(item, language) for item in named),
        done_by=tuple(_done_by(consent, holders, language)),
    )


def _done_by(consent: ConsentView, holders: Mapping[UUID, tuple[str, str]], language: Language) -> Iterator[str]:
    """Who answered and who took it back, where another did so for the person."""
    for what, mandate in (("answered_by", consent.answered_by), ("taken_back_by", consent.withdrawn_by)):
        if mandate is not None:
            who = acted_as(*holders[mandate], language)
            yield text(f"resident.consent.{what}", language, who=who)


def showings(
    scope: Scope, items: Mapping[str, Item], entries: Iterable[EntryView], language: Language
) -> list[Showing]:
    """What would be shown: ``entries`` are those that an asker could see today."""
    held = list(entries)
    found = []
    for code, fields in scope.items():
        item = items.get(code)
        if item is None:
            continue
        today = tuple(
            ShownEntry(
                field_lines(item, {name: value for name, value in entry.content.items() if name in fields}, language),
                statement_line(entry.statement, language),
            )
            for entry in held
            if entry.item == code
        )
        between = "、" if language == "zh" else ", "
        names = between.join(field_name(spec, language) for spec in item.fields if spec.code in fields)
        found.append(Showing(code, item_name(item, language), names, today))
    return found


def _either(zh: str, en: str, language: Language) -> str:
    return zh if language == "zh" else en
