"""Removed entries whose rows are supplied again: what the suite tries with a few hundred and the proofs with ten thousand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from django.db import transaction

from bench.intake_file import people
from chengxin.collection import facade as collection
from chengxin.collection.terms import Outcome
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person, see_persons
from chengxin.offices.terms import Role
from chengxin.records import facade as records
from chengxin.records.terms import EntryView, MarkKind, Status
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import About, AboutKind, Deed
from chengxin.remedies.terms.workflows import Act
from tests.making import make_city, make_official
from tests.people import NOW
from tests.remedies import FOR, step
from tests.rooms.collection.making import ITEM, Decision, Row, Supplier, hand_in, make_supplier, outcomes, person_of

LAPSES = date(2026, 6, 23)
AGAIN = NOW + timedelta(days=30)
"""When the rows come again: every term has run out by then."""
LOOK = datetime.fromisoformat("2026-10-01T04:00:00+00:00")
"""When an asker looks: all of them would be final, and none has ended."""
_CHUNK = 500


class Way(StrEnum):
    """How an entry left every output."""

    WITHDRAWN = "withdrawn"
    REPAIRED = "repaired"
    EXPIRED_EARLY = "expired_early"
    HIDDEN = "hidden"
    SILENT = "silent"
    ANSWERED_LATE = "answered_late"
    RECALLED = "recalled"


@dataclass(frozen=True)
class Gone:
    """Decisions whose entries were removed, by the way each was."""

    supplier: Supplier
    by_way: Mapping[Way, tuple[Decision, ...]]
    persons: list[UUID] = field(default_factory=list)

    def decisions(self, *ways: Way) -> list[Decision]:
        return [one for way in ways or Way for one in self.by_way[way]]


def wide(number: str) -> str:
    """The same number of a decision as another clerk types it: full width, other brackets, small letters, blanks."""
    told = "".join(chr(ord(sign) + 0xFEE0) if sign.isascii() else sign for sign in number.lower())
    return f" {told.replace('〔', '［').replace('〕', '］ ')}"


FORMS: Mapping[str, Callable[[Decision], Decision]] = {
    "as it was": lambda one: one,
    "its number otherwise": lambda one: one.but(number=wide(one.number)),
    "corrected": lambda one: one.but(amount="0.1"),
    "corrected, its number otherwise": lambda one: one.but(amount="0.2", number=wide(one.number)),
    "as it was, once more": lambda one: one,
}
"""How the rows come again, one after the other."""
SAME_CONTENT = ("as it was", "its number otherwise", "as it was, once more")
"""A recall blocks identical content alone: a corrected row enters, and is meant to (F9)."""


def row_of(decision: Decision) -> Row:
    """Its row, final before it ends: so that others would see it."""
    return decision.cells() | {"CX_ZZRQ": "2026-09-10"}


def remove_all(count: int, *, by_cases: int = 0) -> Gone:
    """So many entries supplied, seen by an asker, and removed, in equal parts each way. Fewer where it does not divide.

    ``by_cases``: so many of each way that a case can bring go by one, worked by its real actions; the others by their mark alone.
    """
    supplier = make_supplier()
    each, code = count // len(Way), supplier.office.org_code
    who = iter(people(each * len(Way), seed=7))
    by_way = {
        way: tuple(
            Decision(f"云市监罚〔2026〕{chr(65 + letter)}{place}号", name, document, code, code)
            for place, (document, name) in zip(range(1, each + 1), who, strict=False)
        )
        for letter, way in enumerate(Way)
    }
    gone = Gone(supplier, by_way)
    kept = hand_in(supplier, *(row_of(one) for one in gone.decisions(*(way for way in Way if way is not Way.RECALLED))))
    recalled = hand_in(supplier, *(row_of(one) for one in by_way[Way.RECALLED]))
    assert {*outcomes(kept), *outcomes(recalled)} == {Outcome.NEW}
    gone.persons.extend(person_of(one) for one in gone.decisions())
    assert shown(gone) == each * len(Way), "an asker saw each of them before"
    for way, removed in by_way.items():
        if way is Way.RECALLED:
            asked = collection.ask_recall(actor=supplier.clerk, batch_uid=recalled.uid, at=NOW, reason="wrong list")
            collection.approve_recall(actor=supplier.other_clerk(), uid=asked.uid, at=NOW, reason="seen")
            continue
        cases = by_cases if way in _WORKED else 0
        for one in removed[:cases]:
            _work(way, one, supplier)
        for one in removed[cases:]:
            _remove(way, one)
    assert shown(gone) == 0
    return gone


def come_again(gone: Gone, form: str, supplier: Supplier | None = None) -> Counter[Outcome]:
    """The rows in a new batch, told in this form, by their supplier or another; what became of them."""
    ways = [way for way in Way if way is not Way.RECALLED or form in SAME_CONTENT]
    told = [FORMS[form](one) for one in gone.decisions(*ways)]
    if supplier is not None:
        told = [replace(one, source=supplier.office.org_code) for one in told]
    return Counter(outcomes(hand_in(supplier or gone.supplier, *map(row_of, told), at=AGAIN)))


def shown(gone: Gone, at: datetime = LOOK) -> int:
    """How many entries of these persons an asker with every right would be told of."""
    found = 0
    for persons in _chunks(gone.persons):
        with transaction.atomic():
            see_persons(persons)
            told = records.shown_to_askers(
                {person: [gone.supplier.office.id] for person in persons}, items=[ITEM], at=at
            )
            found += sum(len(entries) for entries in told.values())
    return found


def entry_of(decision: Decision) -> EntryView:
    """The newest version of the one entry that stands for the decision with its person."""
    person = person_of(decision)
    with as_person(person):
        entries = records.entries_with_any_status(person, shown_at=AGAIN, known_at=AGAIN)
    return max(entries, key=lambda entry: entry.version)


def readmit(decision: Decision, at: datetime) -> None:
    """Two officials bring an entry back."""
    entry = entry_of(decision)
    records.mark_entry(
        actor=_official(), person_id=entry.person_id, uid=entry.uid, kinds=(MarkKind.READMITTED,), at=at,
        reason="certified", approved_by=uuid4(),
    )  # fmt: skip


def _remove(way: Way, decision: Decision) -> None:
    entry = entry_of(decision)
    named = {"person_id": entry.person_id, "uid": entry.uid, "reason": "test"}
    if way not in (Way.SILENT, Way.ANSWERED_LATE):
        records.mark_entry(actor=_official(), kinds=(MarkKind[way.name],), at=NOW, **named)  # type: ignore[arg-type]
        return
    themselves = Actor(kind="person", account_id=uuid4(), person_id=entry.person_id)
    records.object_to_entry(actor=themselves, not_mine=False, at=NOW, **named)  # type: ignore[arg-type]
    clock = uuid4()
    records.move_clock(actor=_official(), clock=clock, lapses_on=LAPSES, at=NOW, **named)  # type: ignore[arg-type]
    if way is Way.ANSWERED_LATE:
        answered = AGAIN - timedelta(days=1)
        records.mark_entry(actor=_official(), kinds=(MarkKind.OBJECTION_ENDED, MarkKind.UNFROZEN), at=answered, **named)  # type: ignore[arg-type]
        records.move_clock(actor=_official(), clock=clock, lapses_on=None, at=answered, **named)  # type: ignore[arg-type]


_WORKED = {
    Way.WITHDRAWN: ("objection", Act.UPHOLD, Status.WITHDRAWN),
    Way.REPAIRED: ("repair", Act.REPAIR, Status.REPAIRED),
    Way.SILENT: ("objection", None, Status.SILENT),
}
"""What is asked, what an office does then, and what becomes of the entry: nothing done is silence."""


def _work(way: Way, decision: Decision, supplier: Supplier) -> None:
    workflow, act, wanted = _WORKED[way]
    entry = entry_of(decision)
    themselves = Actor(kind="person", account_id=uuid4(), person_id=entry.person_id)
    at = NOW + timedelta(days=5)
    case = remedies.open_case(
        actor=themselves, person_id=entry.person_id, workflow=workflow, about=About(AboutKind.ENTRY, entry.uid),
        deed=Deed(reason="已经交清。"), at=at, reason="performed" if workflow == "repair" else "facts_wrong",
    )  # fmt: skip
    if act is not None:
        role = Role.SUPERVISOR_CLERK if act is Act.REPAIR else Role.CASE_OFFICER
        office = supplier.office if act is Act.REPAIR else make_city()
        step(make_official(role=role, organisation=office), case, act, Deed(reason="属实。", letter=FOR), at=at)
    assert entry_of(decision).status is wanted


def _official() -> Actor:
    return Actor(kind="official", official_id=uuid4(), organisation_id=uuid4())


def _chunks(persons: list[UUID]) -> Iterator[list[UUID]]:
    yield from (persons[start : start + _CHUNK] for start in range(0, len(persons), _CHUNK))
