"""After any sequence of acts no output disagrees on an entry's status, and none shows what has ended; with every job stopped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from chengxin.foundation import clock
from chengxin.foundation.actors import Actor, system
from chengxin.foundation.database import as_person
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.errors import Refusal
from chengxin.offices.terms import OrganisationView
from chengxin.records import facade as records
from chengxin.records.rules.visible import MATRIX
from chengxin.records.terms import Audience, EntryView, Status
from chengxin.remedies import facade as remedies
from chengxin.remedies.actions.sweeping import sweep_batch
from chengxin.remedies.terms.cases import About, AboutKind, Case, Deed, PaperKind
from chengxin.remedies.terms.wishes import StatementState
from chengxin.remedies.terms.workflows import Act
from tests.asking import consented, machine_of, make_bank, make_client
from tests.outputs import ALWAYS_THEIRS, BY_AUDIENCE, SAID, SAID_TO, STATUS, WHERE_OPEN, Told, asked_anew
from tests.people import NOW
from tests.remedies import AGAINST, FOR, appeal, asked_back, object_to, paper, step
from tests.residents import FOUNDED, give_penalty, make_resident

PEOPLE = ("person", "caseworker", "second", "answerer", "chief")
ACTS = (
    Act.SUBMIT, Act.FORWARD, Act.EXTEND, Act.STAND_BY, Act.ADMIT, Act.UPHOLD, Act.PROPOSE_AGAINST, Act.AGREE, Act.DISAGREE,
    Act.ACCEPT, Act.REPAIR, Act.TAKE_BACK, Act.ADD_PAPER, Act.WRITE, Act.TELL_RECONSIDERATION, Act.TELL_LAWSUIT,
    Act.TAKE_ANNULLED,
)  # fmt: skip
TOLD = (Act.TELL_RECONSIDERATION, Act.TELL_LAWSUIT)
CONTESTED = {"objection": AboutKind.ENTRY, "period": AboutKind.PERIOD}
OTHERS = "邻居贺小满"
IN_OFFICE = NOW + timedelta(days=75)
"""So long nobody's mandate needs to be confirmed anew."""
_facts = count(1)


@pytest.fixture(scope="module")
def who(caseworker: Actor, second: Actor, answerer: Actor, chief: Actor) -> dict[str, Actor]:
    return {"caseworker": caseworker, "second": second, "answerer": answerer, "chief": chief}


@pytest.fixture(scope="module")
def bank(in_town: None) -> Actor:
    return machine_of(make_client(make_bank(at=FOUNDED), at=FOUNDED))


class Story:
    """One person, one entry, an objection and a repair, worked by whoever happens to come."""

    def __init__(self, supplier: OrganisationView, bank: Actor, who: dict[str, Actor]) -> None:
        self.resident, self.supplier = make_resident(), supplier
        fact = f"第{next(_facts)}件未明码标价"
        _, uid = give_penalty(self.resident, supplier, more={"CF_WFXW": fact})
        consented(self.resident, bank, days=30)
        self.now = NOW
        self.who = {**who, "person": self.resident.someone.actor}
        self.cases: dict[str, Case] = {}
        self.said: str | None = None
        """What the person says beside it, as others read it by now."""
        self.told = Told(
            self.resident, uid, str(self.entry(uid).content["CF_WSH"]), fact, supplier.id, bank, who["caseworker"]
        )

    def entry(self, uid: UUID) -> EntryView:
        with as_person(self.resident.person_id):
            found = records.entries_with_any_status(self.resident.person_id, shown_at=self.now, known_at=self.now)
        return max((one for one in found if one.uid == uid), key=lambda one: one.version)

    def try_to(self, workflow: str, act: Act, person: str, days: int) -> None:
        """The act, or its refusal: what cannot be done changes nothing."""
        self.now += timedelta(days=days, seconds=1)
        try:
            if workflow == "source":
                self._by_its_source(act, person)
            elif workflow == "statement" and act in (Act.SUBMIT, Act.WRITE):
                self.cases[workflow] = self._write()
            elif workflow == "appeal" and act in TOLD:
                self.cases[workflow] = appeal(self.resident, self.told.uid, act, on=shanghai_day(self.now), at=self.now)
            elif act is Act.ASK_BACK:
                self.cases[workflow] = self._ask_back(self.who[person])
            elif act is Act.SUBMIT:
                self.cases[workflow] = self._open(workflow)
            elif workflow in self.cases:
                self._step(self.cases[workflow], act, self.who[person])
        except Refusal:
            return

    def _by_its_source(self, act: Act, person: str) -> None:
        """It comes in another version, is withdrawn, its whole batch is recalled, or it goes into review as another's like."""
        entry = self.entry(self.told.uid)
        named = {"actor": system("test"), "at": self.now}
        if act is Act.RECALL:
            records.recall_batch(
                **named, batch_id=entry.batch_id, organisation_id=entry.supplier, asked_by=uuid4(), approved_by=uuid4(),
                reason="wrong_file",
            )  # fmt: skip
        elif act is Act.WITHDRAW:
            records.withdraw_entry(**named, person_id=self.resident.person_id, uid=entry.uid, reason="taken_back")
        elif act is Act.SWEEP_IN:
            sweep_batch(
                actor=self.who[person], batch_id=entry.batch_id, item=entry.item, at=self.now, reason="same_cause"
            )
            mine = remedies.cases_of(actor=self.who["person"], at=self.now)
            self.cases["sibling"] = next(one for one in mine if one.workflow == "sibling")
        else:
            self._supply(person)

    def _supply(self, person: str) -> None:
        """Another version from its source, as screening lets one in: into nothing that was repaired."""
        entry = self.entry(self.told.uid)
        if person == "answerer" and entry.status is not Status.REPAIRED:
            kept = {code: str(value) for code, value in entry.content.items()}
            give_penalty(
                self.resident, self.supplier, version=entry.version + 1, entry=(entry.entry_id, entry.uid),
                known_from=self.now, more=kept | {"CF_NR": f"罚款{next(_facts)}元"},
            )  # fmt: skip

    def _write(self) -> Case:
        said = f"<b>交清了</b> & 第{next(_facts)}次\n{OTHERS}看店。"
        case = remedies.open_case(
            actor=self.who["person"], person_id=self.resident.person_id, workflow="statement",
            about=About(AboutKind.ENTRY, self.told.uid), act=Act.WRITE, deed=Deed(reason=said), at=self.now, reason="own_wish",
        )  # fmt: skip
        self.said = said
        return case

    def contested_outside(self) -> bool:
        """Whether an appeal is open, by the clocks."""
        told = self.cases.get("appeal")
        me = self.resident.someone.actor
        return told is not None and remedies.case_of(actor=me, uid=told.uid, at=self.now).outcome is None

    def _open(self, workflow: str) -> Case:
        if workflow in CONTESTED:
            return object_to(self.resident, self.told.uid, kind=CONTESTED[workflow], at=self.now)
        return remedies.open_case(
            actor=self.resident.someone.actor,
            person_id=self.resident.person_id,
            workflow=workflow,
            about=About(AboutKind.ENTRY, self.told.uid),
            deed=Deed(reason="罚款已经交清。"),
            at=self.now,
            reason="performed",
        )

    def _ask_back(self, actor: Actor) -> Case:
        """From whichever case its source answers."""
        return asked_back(next(iter(self.cases.values())), actor, at=self.now)

    def _step(self, case: Case, act: Act, actor: Actor) -> None:
        if case.workflow == "appeal" and act in (Act.PROPOSE_AGAINST, Act.TAKE_ANNULLED) and actor.kind == "official":
            paper(actor, case, kind=PaperKind.RULING, at=self.now)
        if act is Act.ADD_PAPER:
            kind = PaperKind.CERTIFICATE if actor == self.who["answerer"] else PaperKind.EVIDENCE
            paper(actor, case, kind=kind, at=self.now)
            return
        for one in case.papers:
            if actor.kind == "official":
                remedies.open_paper(actor=actor, uid=case.uid, paper_id=one.paper_id, at=self.now, reason="read")
        letter = AGAINST if act is Act.PROPOSE_AGAINST else FOR
        passages = (OTHERS,) if case.workflow == "statement" else ()
        done = step(
            actor,
            case,
            act,
            Deed(reason="说明", letter=letter, passages=passages, on=shanghai_day(self.now)),
            at=self.now,
        )
        if done.workflow == "statement" and self.said is not None:
            masked, gone = done.state == StatementState.MASKED, done.state == StatementState.TAKEN_BACK
            self.said = None if gone else self.said.replace(OTHERS, records.COVER) if masked else self.said


def wanted_by(entry: EntryView, audience: Audience) -> bool:
    """Whether the matrix shows the entry to them; no law orders this item published."""
    return MATRIX[entry.status, audience] and audience is not Audience.PUBLIC


def disagreeing(story: Story) -> Iterator[str]:
    """Every output that says something else than the matrix says of the one status."""
    told, at = story.told, story.now
    asked_anew()
    entry = story.entry(told.uid)
    for name, output in ALWAYS_THEIRS.items():
        if not output(told, at):
            yield f"{name} does not tell it, which is {entry.status.value}"
    for name, says in STATUS.items():
        found = says(told, at)
        if found is not entry.status and (found is not None or name != WHERE_OPEN):
            yield f"{name} says {found}, not {entry.status.value}"
    for name, (audience, output) in BY_AUDIENCE.items():
        wanted = wanted_by(entry, audience)
        if output(told, at) is not wanted:
            yield f"{name} {'does not tell' if wanted else 'tells'} it, which is {entry.status.value}"
    for name, said in SAID.items():
        shown = name not in SAID_TO or wanted_by(entry, SAID_TO[name])
        if (found := said(told, at)) != (story.said if shown else None):
            yield f"{name} says {found!r} beside it, which is {entry.status.value}, and not {story.said!r}"
    open_outside = story.contested_outside()
    if (entry.status is Status.APPEALED and not open_outside) or (open_outside and entry.status in IF_NOT_APPEALED):
        yield f"it is {entry.status.value}, and an appeal is {'open' if open_outside else 'not open'}"
    over = entry.display_until is not None and entry.display_until <= shanghai_day(at)
    if over and MATRIX[entry.status, Audience.ASKER]:
        yield f"it ended on {entry.display_until} and is {entry.status.value}"


IF_NOT_APPEALED = {Status.IN_FORCE, Status.FROZEN, Status.OBJECTED}
"""What an adverse entry is that everybody was told of, and nobody contests outside."""
steps = st.lists(
    st.tuples(
        st.sampled_from(("objection", "objection", "repair", "statement", "statement", "source", "appeal", "appeal")),
        st.sampled_from(ACTS),
        st.sampled_from(PEOPLE),
        st.sampled_from((0, 0, 0, 1, 2, 5, 16)),
    ),
    min_size=2,
    max_size=14,
)


# each example is a city's day of work: a failing one is told as it was found, not made smaller
@settings(
    max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate)
)
@given(steps)
def test_no_output_disagrees_after_any_sequence_of_acts(
    supplier: OrganisationView, bank: Actor, who: dict[str, Actor], acts: list[tuple[str, Act, str, int]]
) -> None:
    with clock.set_for_tests(NOW):
        story = Story(supplier, bank, who)
    story.try_to("objection", Act.SUBMIT, "person", 0)
    for workflow, act, person, days in acts:
        story.try_to(workflow, act, person, days if story.now + timedelta(days=days) < IN_OFFICE else 0)
    assert not list(disagreeing(story)), acts


_BACK = (
    ("readmission", Act.ASK_BACK, "answerer", 1),
    ("readmission", Act.PROPOSE_AGAINST, "caseworker", 0),
    ("readmission", Act.AGREE, "second", 0),
)
_UPHELD = (("objection", Act.SUBMIT, "person", 0), ("objection", Act.UPHOLD, "caseworker", 0))
_REPAIRED = (("repair", Act.SUBMIT, "person", 0), ("repair", Act.REPAIR, "answerer", 0))
_SILENT = (("objection", Act.SUBMIT, "person", 0), ("objection", Act.LAPSE, "person", 20))
_RULED = (
    ("appeal", Act.TELL_RECONSIDERATION, "person", 0),
    ("appeal", Act.PROPOSE_AGAINST, "caseworker", 1),
    ("appeal", Act.AGREE, "second", 0),
)
WALKS: dict[str, tuple[tuple[tuple[str, Act, str, int], ...], Status]] = {
    "nothing": ((), Status.IN_FORCE),
    "recalled with its batch": ((("source", Act.RECALL, "answerer", 0),), Status.RECALLED),
    "repaired, recalled": (
        (
            ("repair", Act.SUBMIT, "person", 0),
            ("repair", Act.REPAIR, "answerer", 0),
            ("source", Act.RECALL, "answerer", 0),
        ),
        Status.RECALLED,
    ),
    "taken back by its source": ((("source", Act.WITHDRAW, "answerer", 0),), Status.WITHDRAWN),
    "in review as another's like": ((("source", Act.SWEEP_IN, "answerer", 0),), Status.FROZEN),
    "reviewed too late": (
        (("source", Act.SWEEP_IN, "answerer", 0), ("sibling", Act.LAPSE, "person", 20)),
        Status.SILENT,
    ),
    "reviewed, and right": (
        (
            ("source", Act.SWEEP_IN, "answerer", 0),
            ("sibling", Act.PROPOSE_AGAINST, "caseworker", 0),
            ("sibling", Act.AGREE, "second", 0),
        ),
        Status.IN_FORCE,
    ),
    "ended by its date": ((("objection", Act.LAPSE, "person", 156),), Status.ENDED),
    "stated, ended by its date": (
        (("statement", Act.WRITE, "person", 0), ("objection", Act.LAPSE, "person", 156)),
        Status.ENDED,
    ),
    "contested": ((("objection", Act.SUBMIT, "person", 0),), Status.FROZEN),
    "stated": ((("statement", Act.WRITE, "person", 0),), Status.IN_FORCE),
    "contested, supplied otherwise": (
        (("objection", Act.SUBMIT, "person", 0), ("source", Act.CORRECT, "answerer", 0)),
        Status.FROZEN,
    ),
    "stated, supplied otherwise, repaired": (
        (
            ("statement", Act.WRITE, "person", 0),
            ("source", Act.CORRECT, "answerer", 0),
            ("repair", Act.SUBMIT, "person", 0),
            ("repair", Act.REPAIR, "answerer", 0),
        ),
        Status.REPAIRED,
    ),
    "stated, and covered": (
        (
            ("statement", Act.WRITE, "person", 0),
            ("statement", Act.PROPOSE_AGAINST, "caseworker", 0),
            ("statement", Act.AGREE, "second", 0),
        ),
        Status.IN_FORCE,
    ),
    "stated, contested, taken back": (
        (
            ("statement", Act.WRITE, "person", 0),
            ("objection", Act.SUBMIT, "person", 0),
            ("statement", Act.TAKE_BACK, "person", 0),
        ),
        Status.FROZEN,
    ),
    "stated, and silent": (
        (
            ("statement", Act.WRITE, "person", 0),
            ("objection", Act.SUBMIT, "person", 0),
            ("objection", Act.LAPSE, "person", 20),
        ),
        Status.SILENT,
    ),
    "silent": (_SILENT, Status.SILENT),
    "upheld": (_UPHELD, Status.WITHDRAWN),
    "upheld, and let back": ((*_UPHELD, *_BACK), Status.IN_FORCE),
    "upheld, supplied otherwise": ((*_UPHELD, ("source", Act.CORRECT, "answerer", 1)), Status.WITHDRAWN),
    "upheld, supplied otherwise, and let back": (
        (*_UPHELD, ("source", Act.CORRECT, "answerer", 1), *_BACK),
        Status.IN_FORCE,
    ),
    "upheld, let back, and contested anew": ((*_UPHELD, *_BACK, *_SILENT[:1]), Status.FROZEN),
    "its period upheld, and let back": (
        (("period", Act.SUBMIT, "person", 0), ("period", Act.UPHOLD, "caseworker", 0), *_BACK),
        Status.IN_FORCE,
    ),
    "repaired, and let back": ((*_REPAIRED, *_BACK), Status.IN_FORCE),
    "repair unanswered, and let back": (
        (("repair", Act.SUBMIT, "person", 0), ("repair", Act.LAPSE, "person", 25), *_BACK),
        Status.IN_FORCE,
    ),
    "silent, let back while it is contested": ((*_SILENT, *_BACK), Status.FROZEN),
    "silent, no answer wanted, and let back": (
        (*_SILENT, ("objection", Act.TAKE_BACK, "person", 0), *_BACK),
        Status.IN_FORCE,
    ),
    "repaired": (_REPAIRED, Status.REPAIRED),
    "repair unanswered": ((("repair", Act.SUBMIT, "person", 0), ("repair", Act.LAPSE, "person", 25)), Status.SILENT),
    "contested outside": (_RULED[:1], Status.APPEALED),
    "contested outside, and ruled against": (_RULED, Status.APPEALED),
    "contested outside, and no further": ((*_RULED, ("appeal", Act.LAPSE, "person", 16)), Status.IN_FORCE),
    "contested outside, no further, and anew": (
        (*_RULED, ("appeal", Act.LAPSE, "person", 16), ("appeal", Act.TELL_LAWSUIT, "person", 0)),
        Status.APPEALED,
    ),
    "rejected": (
        (
            ("objection", Act.SUBMIT, "person", 0),
            ("objection", Act.FORWARD, "caseworker", 0),
            ("objection", Act.STAND_BY, "answerer", 0),
            ("objection", Act.PROPOSE_AGAINST, "caseworker", 0),
            ("objection", Act.AGREE, "second", 0),
        ),
        Status.IN_FORCE,
    ),
}


@pytest.mark.parametrize("walk", WALKS)
def test_each_end_is_the_same_everywhere(
    supplier: OrganisationView, bank: Actor, who: dict[str, Actor], walk: str
) -> None:
    with clock.set_for_tests(NOW):
        story = Story(supplier, bank, who)
    acts, wanted = WALKS[walk]
    for one in acts:
        story.try_to(*one)
    assert story.entry(story.told.uid).status is wanted
    assert not list(disagreeing(story))
