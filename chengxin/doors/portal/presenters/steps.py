"""What the page of one step asks for, from the workflow's own table; and the letter under work beside its checklist."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from chengxin.catalogue.terms import FieldRole
from chengxin.doors.portal.presenters.around import Around, basis_in_words, name_of
from chengxin.doors.portal.presenters.field import raw_of
from chengxin.doors.wording import Language, has, text
from chengxin.records.terms import EntryView
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import Case, LetterWords, PaperKind
from chengxin.remedies.terms.letters import AGAINST, LetterKind, LetterNeed, RemedyKind
from chengxin.remedies.terms.workflows import Act, Guard, Step, Workflow

ELSEWHERE: Final = frozenset(
    {Act.SUBMIT, Act.JOIN, Act.ADD_PAPER, Act.FIND, Act.WRITE, Act.INVITE, Act.SWEEP_IN, Act.ASK_BACK}
)
"""Acts that open a case, join one or hand a paper in: they have pages of their own, or none here."""
STATEMENT: Final = "statement"
GRAVE: Final = frozenset({Act.PROPOSE_AGAINST, Act.AGREE})


@dataclass(frozen=True, slots=True)
class StepAsks:
    """What a step asks for. ``letter``: the letter that is written with it; ``draft``: the proposal that it lets go; ``sends``:
    the kind of either."""

    letter: LetterKind | None = None
    draft: bool = False
    sends: LetterKind | None = None
    reason: bool = False
    papers: bool = False
    filing: bool = False
    rights: bool = False
    passages: bool = False
    filed_on: bool = False
    served_on: bool = False
    minutes: bool = False


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One line of the checklist beside a letter."""

    word: str
    lacking: bool


@dataclass(frozen=True, slots=True)
class RemedyDay:
    """A next remedy and its last day, were the letter served today; ``on`` None: no law gives it a term."""

    word: str
    on: date | None
    provisional: bool


def step_in(case: Case, act: Act) -> Step | None:
    """The step that an act is in the case's state."""
    flow = remedies.WORKFLOWS[case.workflow]
    return flow.table.get((flow.states(case.state), act))


def asked_by(flow: Workflow, step: Step) -> StepAsks:
    """What its page asks for."""
    kind = remedies.letter_written(flow, step)
    draft = step.act is Act.AGREE
    return StepAsks(
        letter=None if draft else kind,
        draft=draft,
        sends=kind,
        reason=Guard.REASON in step.guards,
        papers=Guard.ASKED_ONCE in step.guards,
        filing=Guard.FILED_OUTSIDE in step.guards,
        rights=Guard.RIGHTS_TOLD in step.guards,
        passages=Guard.OTHERS_ALONE in step.guards,
        filed_on=Guard.DATED in step.guards and Guard.FILED_OUTSIDE in step.guards,
        served_on=Guard.DATED in step.guards and Guard.RULING in step.guards,
        minutes=Guard.MINUTES_READ in step.guards,
    )


def proposed_day(case: Case) -> date | None:
    """The day on which the ruling reached the person, as the proposal that waits says."""
    return next((one.on for one in reversed(case.events) if one.act is Act.PROPOSE_AGAINST), None)


def act_word(case: Case, act: Act, language: Language) -> str:
    """What an act is called on its button: by its workflow, where that has words of its own for it."""
    of_this = f"desk.act_of.{case.workflow}.{act.value}"
    return text(of_this if has(of_this) else f"desk.act.{act.value}", language)


def proposed_passages(case: Case) -> tuple[str, ...]:
    """What the proposal that waits would cover."""
    last = next((one for one in reversed(case.events) if one.act is Act.PROPOSE_AGAINST), None)
    return last.passages if last else ()


def offered(acts: Iterable[Act], case: Case) -> tuple[Act, ...]:
    """The acts that have a button on an official's page: of two signatures, and of asking the source or nobody, what fits."""
    of_the_house = case.about.supplier in (None, case.organisation_id)
    unasked = Act.FORWARD if of_the_house else Act.SKIP_SUPPLIER
    unfit = Act.SIGN if case.is_signed(by_person=True) else Act.SIGN_LAST
    return tuple(act for act in acts if act not in ELSEWHERE and act not in (unfit, unasked))


def checklist(kind: LetterKind, lacking: Sequence[LetterNeed], *, proposal: bool, language: Language) -> list[NeedLine]:
    """Every need of a letter, with those it lacks. A proposal waits for its second name."""
    needs = [one for one in remedies.NEEDS[kind] if not (proposal and one is LetterNeed.DECIDERS)]
    return [NeedLine(text(f"desk.need.{one.value}", language), one in lacking) for one in needs]


def remedy_days(kind: LetterKind, since: date, language: Language) -> list[RemedyDay]:
    """Where a letter against the person leads next, by when: computed from the clocks, never typed. ``since``: today, or the day
    on which the ruling that it takes up reached the person."""
    law = remedies.law_here()
    found = []
    for remedy, matter in remedies.NEXT[kind].items():
        due = None if matter is None else remedies.remedy_ends(matter, since, law)
        word = text(f"desk.remedy.{remedy.value}", language)
        found.append(RemedyDay(word, due.day if due else None, due is not None and due.provisional))
    return found


def first_words(
    case: Case, act: Act, kind: LetterKind, entry: EntryView | None, around: Around, city: str
) -> LetterWords:
    """A letter as it begins: what catalogue, entry and settings already say. The reason is the official's own."""
    office = name_of(around.office, "zh")
    told = remedies.NEXT.get(kind, {})
    court = next((one for one in (RemedyKind.LAWSUIT, RemedyKind.APPEAL) if one in told), None)
    return LetterWords(
        result=_result(case, act),
        evidence=tuple(_evidence(case, entry, around)),
        laws=tuple(_laws(case, entry, around)),
        contact=" ".join(part for part in (office, around.office.contact if around.office else "") if part),
        review_where=office if RemedyKind.REVIEW in told else "",
        reconsideration_where=text("desk.where.reconsideration", "zh", city=city)
        if RemedyKind.RECONSIDERATION in told
        else "",
        lawsuit_where=text(f"desk.where.{court.value}", "zh") if court else "",
    )


def phrases(kind: LetterKind) -> tuple[str, ...]:
    """Codes of the phrases that may begin a reason."""
    group = "against" if kind in AGAINST else "for" if kind is LetterKind.FOR else "outcome"
    return tuple(f"{group}.{code}" for code in _PHRASES[group])


def phrase(code: str) -> str:
    """A phrase as it goes into a letter: in Chinese, with its English beside it for whoever does not read Chinese."""
    key = f"desk.phrase.{code}"
    return f"{text(key, 'zh')} / {text(key, 'en')}" if has(key) else ""


_PHRASES: Final = {
    "for": ("source_admits", "papers_show", "not_the_person", "period_over", "performed"),
    "against": ("matches_document", "no_paper", "served", "not_performed"),
    "outcome": ("nothing_left", "asked_for"),
}


def _result(case: Case, act: Act) -> str:
    for key in (f"desk.result.{case.workflow}_{act.value}", f"desk.result.{act.value}"):
        if has(key):
            return f"{text(key, 'zh')} / {text(key, 'en')}"
    return ""


def _evidence(case: Case, entry: EntryView | None, around: Around) -> Iterable[str]:
    if case.workflow == STATEMENT:
        yield f"{text('statement.label', 'zh')}："
        return
    number = raw_of(around.item, entry.content, FieldRole.DECISION_NUMBER) if entry else ""
    if number:
        yield f"{number}："
    yield from (f"{one.name}：" for one in case.papers if one.kind is not PaperKind.MINUTES)


def _laws(case: Case, entry: EntryView | None, around: Around) -> Iterable[str]:
    if case.workflow == STATEMENT:
        # what is decided there is what of others may be shown, and not the entry
        yield text("desk.law.statement", "zh")
        return
    said = raw_of(around.item, entry.content, FieldRole.LEGAL_BASIS) if entry else ""
    if said:
        yield said
    if around.item is not None:
        yield from (basis_in_words(one, "zh") for one in around.item.basis)


def agreed_by(case: Case, reader: UUID | None) -> bool:
    """Whether the reader proposed what waits for a second official."""
    last = next((one for one in reversed(case.events) if one.act is Act.PROPOSE_AGAINST), None)
    return last is not None and last.actor == reader
