"""What the outbox is told of a person: where they want to be told, and their notices in words; each read leaves a look.

The plumbing knows neither persons nor entries, so it asks here (``foundation.outbox.desks``). Everything happens in the
transaction of the person, as that person, and is theirs to read under "who looked".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from chengxin.access import facade as access
from chengxin.access.terms import Purpose
from chengxin.access.terms.uses import UseView
from chengxin.doors.notice_subjects import OF_MATTERS, OF_NO_ENTRY, case_of_notice, doer_of
from chengxin.doors.portal.presenters.around import Around
from chengxin.doors.portal.presenters.matter import Matters
from chengxin.doors.portal.presenters.matter_letter import render_matter
from chengxin.doors.portal.presenters.notice import OF_AN_ENTRY, Letter, render_notice
from chengxin.doors.portal.presenters.use import render_use
from chengxin.doors.portal.surroundings import Surroundings
from chengxin.doors.wording import LANGUAGES, Language, text
from chengxin.foundation import actors, outbox
from chengxin.foundation.outbox import NOWHERE, Addresses, Message, NoticeView
from chengxin.kernel.masks import mask_number
from chengxin.persons import facade as persons
from chengxin.persons.terms import ContactKind, Identity
from chengxin.records import facade as records
from chengxin.records.terms import EntryView, Status
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import Case
from chengxin.remedies.terms.letters import NoticeNeed

ACTOR: Final = actors.system("outbox")

AGAINST: Final = OF_AN_ENTRY | {access.USED_AGAINST}
"""Formal kinds of notice that tell of something against their person: complete by the checklist of the law, or no proof."""

FORMAL: Final = AGAINST | frozenset(
    {
        persons.ACCOUNT_BOUND,
        access.LOOKED_IN_EMERGENCY,
        persons.MANDATE_BEGUN,
        remedies.LETTER,
    }
)
"""Kinds of notice that must arrive, on paper where nothing else reaches the person: each new adverse entry and each use that
weighed against them (domain.md 2.10), the answer to what they asked for, and an account bound to them and a look without a case,
which they may know nothing of."""

GONE: Final = frozenset({Status.ERASED, Status.DISPOSED})
OVERTAKEN: Final = frozenset({Status.SUPERSEDED, Status.WITHDRAWN, Status.RECALLED})
"""Statuses of which another notice tells: a new entry that is no longer there is not told as new."""

_NAMED: Final = frozenset({"name", "document"})
"""What every whole letter gives away."""

_TAGS: Final[dict[Language, str]] = {"zh": "zh-Hans", "en": "en"}


@dataclass(frozen=True, slots=True)
class Told:
    """A notice in each language, and what of its person's file it gives away once it goes."""

    letters: Mapping[Language, Letter]
    fields: frozenset[str]
    entries: tuple[EntryView, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Words of a letter in one language."""

    lang: str
    words: str


@dataclass(frozen=True, slots=True)
class Part:
    """A letter's body in one language."""

    lang: str
    html: SafeString


class PersonsDesk:
    """One person's desk. What it gave away is kept in ``fields`` and ``entries`` until the look is written."""

    def __init__(self, person_id: UUID, at: datetime) -> None:
        self._person_id = person_id
        self._at = at
        self.fields: set[str] = set()
        self.entries: dict[tuple[UUID, int], EntryView] = {}
        self._read: dict[UUID, Told | None] = {}

    @cached_property
    def addresses(self) -> Addresses:
        """Where the person asked to be told; nowhere for most."""
        found = {contact.kind: contact for contact in persons.contacts_of(self._person_id)}
        if not found:
            return NOWHERE
        self.fields.add("contact")
        email, phone = found.get(ContactKind.EMAIL), found.get(ContactKind.PHONE)
        return Addresses(
            email=email.address if email else "",
            email_proven=email is not None and email.verified_at is not None,
            phone=phone.address if phone else "",
        )

    def formal(self, notice: NoticeView) -> bool:
        return notice.kind in FORMAL

    def lacks(self, notice: NoticeView) -> tuple[str, ...]:
        """Codes of what a notice against its person must say and does not, in either language. It gives nothing away."""
        told = self._told(notice) if notice.kind in AGAINST else None
        if told is None:
            return ()
        return tuple(dict.fromkeys(code for one in told.letters.values() for code in _codes(one)))

    def message(self, notice: NoticeView, *, whole: bool) -> Message | None:
        """The notice in both languages. Brief, it says that it waits and where; whole, all that law asks for."""
        return self._whole(notice) if whole else self._brief(notice)

    def _brief(self, notice: NoticeView) -> Message:
        said = {language: self._waits(notice, language) for language in LANGUAGES}
        parts = [Part(_TAGS[language], format_html("<p>{}</p>", words)) for language, words in said.items()]
        return Message(_subject(), said["zh"], said["en"], _page(parts))

    def _waits(self, notice: NoticeView, language: Language) -> str:
        office = settings.CHENGXIN_OFFICE[language] or text("telling.office", language)
        return text("telling.brief", language, office=office, number=notice.uid, address=settings.CHENGXIN_ADDRESS)

    def _whole(self, notice: NoticeView) -> Message | None:
        told = self._told(notice)
        if told is None:
            return None
        self.fields |= told.fields
        self.entries |= {(one.entry_id, one.version): one for one in told.entries}
        return self._message(notice, told.letters)

    def _told(self, notice: NoticeView) -> Told | None:
        if notice.notice_id not in self._read:
            self._read[notice.notice_id] = self._in_words(notice)
        return self._read[notice.notice_id]

    def _in_words(self, notice: NoticeView) -> Told | None:
        """The notice in both languages; None where what it tells of is gone."""
        surroundings = _surroundings(self._at)
        if notice.kind in OF_NO_ENTRY:
            around = surroundings.around_of(None)
            return Told(_each(lambda language: self._of_entry(notice, None, around, language)), _NAMED)
        if notice.subject_kind in OF_MATTERS:
            case = case_of_notice(notice, self._at)
            if case is None:
                return None
            return Told(_each(lambda language: self._of_case(notice, case, language)), _NAMED | {"matters"})
        if notice.subject_kind == access.OF_A_USE:
            use = access.use_told(self._person_id, notice.subject_id)
            if use is None:
                return None
            rested = tuple(one for one in self._entries if (one.uid, one.version) in use.entries)
            return Told(_each(lambda language: self._of_use(notice, use, language)), _NAMED | {"*"}, rested)
        entry = self._entry_of(notice) if notice.subject_kind == "entry" else None
        if entry is None or entry.status in GONE or (notice.kind in FORMAL and entry.status in OVERTAKEN):
            return None
        around = surroundings.around(entry)
        return Told(_each(lambda language: self._of_entry(notice, entry, around, language)), _NAMED | {"*"}, (entry,))

    def _of_entry(self, notice: NoticeView, entry: EntryView | None, around: Around, language: Language) -> Letter:
        return render_notice(
            notice.kind,
            entry,
            replace(around, language=language),
            name=self._identity.name,
            made_at=notice.made_at,
            by=doer_of(notice, _surroundings(self._at), language),
        )

    def _of_use(self, notice: NoticeView, use: UseView, language: Language) -> Letter:
        return render_use(
            use,
            self._entries,
            _surroundings(self._at),
            language,
            name=self._identity.name,
            made_at=notice.made_at,
            proven_at=notice.proven_at,
        )

    def _of_case(self, notice: NoticeView, case: Case, language: Language) -> Letter:
        matters = Matters(_surroundings(self._at), language)
        return render_matter(
            notice.kind,
            case,
            matters,
            subject_id=notice.subject_id,
            name=self._identity.name,
            made_at=notice.made_at,
        )

    def _message(self, notice: NoticeView, letters: Mapping[Language, Letter]) -> Message:
        html = _page(
            [Part(_TAGS[language], letter.html) for language, letter in letters.items()],
            head=_lines(line for language in LANGUAGES for line in self._head(notice, language)),
            foot=_lines(
                (language, text("telling.paper.online", language, address=settings.CHENGXIN_ADDRESS))
                for language in LANGUAGES
            ),
        )
        return Message(_subject(), letters["zh"].text, letters["en"].text, html)

    def _head(self, notice: NoticeView, language: Language) -> Iterator[tuple[Language, str]]:
        """Who the letter is for, so that no two people of one name are mistaken for each other, and its number."""
        name, documents = self._identity.name, self._identity.documents
        to = (
            text("telling.paper.to", language, name=name, number=mask_number(documents[-1].number))
            if documents
            else text("telling.paper.to_nobody", language, name=name)
        )
        yield language, to
        yield language, text("telling.paper.number", language, number=notice.uid)

    def _entry_of(self, notice: NoticeView) -> EntryView | None:
        wanted = (notice.subject_id, notice.subject_version)
        return next((entry for entry in self._entries if (entry.entry_id, entry.version) == wanted), None)

    @cached_property
    def _entries(self) -> list[EntryView]:
        return records.entries_with_any_status(self._person_id, shown_at=self._at, known_at=self._at)

    @cached_property
    def _identity(self) -> Identity:
        return persons.identity_of(self._person_id)


def _each(letter_in: Callable[[Language], Letter]) -> dict[Language, Letter]:
    return {language: letter_in(language) for language in LANGUAGES}


def _codes(letter: Letter) -> Iterator[str]:
    """What a letter lacks, by its codes; a missing contact with the code of each body, so that somebody can fill it in."""
    bodies = [code for code in letter.unreachable if code.isalnum() and code.isascii()]
    for need in letter.lacks:
        yield from [f"{need}:{code}" for code in bodies] if need is NoticeNeed.CONTACT and bodies else [need.value]


@contextmanager
def persons_desk(person_id: UUID, *, at: datetime) -> Iterator[PersonsDesk]:
    """A person's desk in the current transaction of that person; what it gave away is one look, on its article."""
    desk = PersonsDesk(person_id, at)
    yield desk
    if desk.fields:
        access.log_look(
            actor=ACTOR,
            person_id=person_id,
            purpose=Purpose.SERVICE_OF_NOTICE,
            entries=desk.entries.values(),
            fields=sorted(desk.fields),
            at=at,
            outcome="sent",
        )


def open_for_the_outbox() -> None:
    """Let the outbox ask here. Called once, when Django starts."""
    outbox.use_desk(persons_desk)


_seen: dict[tuple[str, datetime], Surroundings] = {}


def _surroundings(at: datetime) -> Surroundings:
    """Offices and items, looked up once a minute for all the letters of that minute."""
    key = (str(connections["default"].settings_dict["NAME"]), at.replace(second=0, microsecond=0))
    if key not in _seen:
        _seen.clear()
        _seen[key] = Surroundings(at=at, language="zh")
    return _seen[key]


def _subject() -> str:
    """It stands on a locked screen, so it says nothing of what the notice says."""
    return " / ".join(text("telling.subject", language) for language in LANGUAGES)


def _lines(said: Iterator[tuple[Language, str]]) -> list[Line]:
    return [Line(_TAGS[language], words) for language, words in said]


def _page(parts: list[Part], *, head: list[Line] | None = None, foot: list[Line] | None = None) -> str:
    return render_to_string(
        "portal/paper/notice.html", {"subject": _subject(), "parts": parts, "head": head or [], "foot": foot or []}
    )
