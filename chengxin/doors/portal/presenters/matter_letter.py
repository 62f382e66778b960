"""A notice about a case in words: that it moved, or the whole of its letter, for page, paper and e-mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from chengxin.doors.portal.presenters.matter import Matters
from chengxin.doors.portal.presenters.notice import Letter, Section
from chengxin.doors.wording import date_in_words, has
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import Case, LetterView
from chengxin.remedies.terms.letters import LetterDraft

LAPSED = "lapsed:"
"""Before the code of the clock, in the result of a letter that nobody wrote: a term ran out."""


def matter_title(kind: str, case: Case, matters: Matters) -> str:
    """The subject line of a notice about a case."""
    return matters.say(f"{_key(kind, case)}.subject", what=matters.line(case).what, number=case.number)


def _key(kind: str, case: Case) -> str:
    """Where the words of a kind stand: a case that waits for its person's first answer may have its own."""
    own = f"notice.{kind}_{case.state}"
    return own if has(f"resident.{own}.subject") else f"notice.{kind}"


def render_matter(kind: str, case: Case, matters: Matters, *, subject_id: UUID, name: str, made_at: datetime) -> Letter:
    """One notice about a case in one language. ``subject_id``: of the letter, where it tells of one."""
    letter = next((one for one in case.letters if one.letter_id == subject_id), None)
    day = date_in_words(made_at, matters.language)
    line = matters.line(case)
    lead = matters.say(f"{_key(kind, case)}.lead", day=day, what=line.what, number=case.number)
    sections = _of_letter(letter, case, matters) if kind == remedies.LETTER and letter else _of_case(case, matters)
    return Letter(
        subject=matter_title(kind, case, matters),
        greeting=matters.say("notice.greeting", name=name),
        lead=(lead,),
        sections=tuple(sections),
        closing=(
            matters.say("notice.free"),
            matters.say("notice.signed", office=_signing(letter, case, matters), day=day),
        ),
    )


def _signing(letter: LetterView | None, case: Case, matters: Matters) -> str:
    """The office that answers for it, by the name of the letter where there is one."""
    return letter.draft.office if letter else matters.office(case.organisation_id)


def _of_case(case: Case, matters: Matters) -> Iterator[Section]:
    """How the case stands: what that means, whose turn it is, until when, and what silence brings."""
    page = matters.page(case, ())
    if page.by_office and page.line.open and case.words:
        # whoever reads it on paper alone must know why, when and where
        words = tuple(one.strip() for one in case.words.splitlines() if one.strip())
        yield Section(matters.say("notice.matter.words"), words)
    state = matters.say("notice.matter.state", state=page.line.state)
    yield Section(matters.say("notice.matter.now"), tuple(one for one in (state, page.means) if one))
    if page.line.open:
        by = (
            [matters.say("matter.by", day=date_in_words(page.line.due_on, matters.language))]
            if page.line.due_on
            else []
        )
        turn = f"{page.turn}。" if matters.language == "zh" else f"{page.turn}."
        yield Section(matters.say("notice.matter.turn"), tuple(one for one in (turn, *by, page.silence) if one))
    elif page.ways:
        yield Section(matters.say("notice.letter.next"), tuple(way.sentence for way in page.ways))


def _of_letter(letter: LetterView, case: Case, matters: Matters) -> Iterator[Section]:
    """The whole letter, part by part, in the words in which it was sent."""
    draft = letter.draft
    item = matters.item_of(case)
    about = matters.say("notice.letter.number", number=draft.number)
    subject = matters.about(case)
    between = "：" if matters.language == "zh" else ": "
    yield _part(matters, "about", about, between.join(one for one in (item, subject) if one))
    yield _part(matters, "result", _result(draft, matters))
    if draft.reason:
        yield _part(matters, "reason", draft.reason)
    if draft.evidence:
        yield _part(matters, "evidence", *draft.evidence)
    if draft.laws:
        yield _part(matters, "laws", *draft.laws)
    if draft.changed:
        yield _part(matters, "changed", draft.changed)
    if draft.told:
        yield _part(matters, "told", *draft.told)
    if draft.certificate:
        yield _part(matters, "certificate", draft.certificate)
    if len(draft.deciders) > 1:
        yield _part(matters, "deciders", matters.say("notice.letter.two_people"))
    if draft.remedies:
        ways = (matters.way(one).sentence for one in draft.remedies)
        yield _part(matters, "next", *ways, _counted(draft, matters))
    if draft.statement_offered:
        yield _part(matters, "statement", matters.say("notice.letter.statement_offered"))
    yield _part(matters, "contact", f"{draft.office}{between}{draft.contact}")


def _counted(draft: LetterDraft, matters: Matters) -> str:
    """From which day the last days are counted: this letter's, or that of the ruling which it takes up."""
    if draft.counted_from is None:
        return matters.say("notice.letter.counted")
    day = date_in_words(draft.counted_from, matters.language)
    return matters.say(f"notice.letter.counted_{draft.kind.value}", day=day)


def _part(matters: Matters, name: str, *paragraphs: str) -> Section:
    return Section(matters.say(f"notice.letter.{name}"), tuple(one for one in paragraphs if one))


def _result(draft: LetterDraft, matters: Matters) -> str:
    """What an official wrote; or a sentence of ours where nobody did: it was taken back, or a term ran out."""
    if draft.result.startswith(LAPSED):
        return matters.say("notice.letter.lapsed")
    key = f"notice.letter.result_of.{draft.result}"
    return matters.say(key) if draft.result.isascii() and has(f"resident.{key}") else draft.result
