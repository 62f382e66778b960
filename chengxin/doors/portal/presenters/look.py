"""A look at a person's file, as its person reads it: when, who, as what, for what, on which law, what was returned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chengxin.access.terms import Ground, LookView, Purpose
from chengxin.access.terms.asking import STATEMENT
from chengxin.access.terms.reviews import ReviewOfLook
from chengxin.access.terms.uses import UseView
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import BasisRef
from chengxin.doors.portal.presenters.around import basis_in_words, name_of
from chengxin.doors.portal.presenters.catalogue import field_name, item_name
from chengxin.doors.portal.presenters.offices import role_name
from chengxin.doors.portal.presenters.review import LookReviewLine, is_asked, look_review_line
from chengxin.doors.wording import Language, date_in_words, has, text
from chengxin.kernel.days import shanghai_day
from chengxin.offices.terms import OrganisationView, Role

ANSWERS = {"answer:yes": "resident.returned.said_yes", "answer:no": "resident.returned.said_no"}
"""What a look notes of a question that is answered yes or no -> its words."""

GIVEN = frozenset({"shown", "sent"})
"""Outcomes of a look that gave something away; any other is a refusal."""


@dataclass(frozen=True, slots=True)
class LookLine:
    """One look in words. ``delayed``: until when and under which law it was kept from its person, else ""; ``why``: what was
    written down where nothing but an emergency was the reason; ``may_ask``: they may still say they do not recognise it;
    ``used``: what was decided against them on it, else ""."""

    uid: UUID
    at: datetime
    who: str
    role: str
    purpose: str
    ground: str
    returned: str
    own: bool
    case_ref: str
    delayed: str
    why: str
    reviews: tuple[LookReviewLine, ...]
    may_ask: bool
    used: str = ""


def look_line(
    look: LookView,
    offices: Mapping[UUID, OrganisationView],
    language: Language,
    *,
    reviews: Sequence[ReviewOfLook] = (),
    seal: Ground | None = None,
    use: UseView | None = None,
    holders: Mapping[str, str] | None = None,
) -> LookLine:
    """One look, with the name of the office it was for, its reviews, and the law that kept it from its person for a time.

    ``holders``: uid of a mandate -> who holds it, for looks by who acts for the person.
    """
    return LookLine(
        uid=look.uid,
        at=look.at,
        who=_who(look, offices, language, holders),
        role=_role(look.role, language),
        purpose=_purpose(look, language),
        ground=_ground(look, language),
        returned=_returned(look, language),
        own=look.own,
        case_ref=look.case_ref if look.actor_kind in {"official", "client"} else "",
        delayed=_delayed(look, seal, language),
        why=look.reason if look.emergency else "",
        reviews=tuple(look_review_line(one, language) for one in reviews),
        may_ask=not look.own and not is_asked(reviews),
        used=_used(use, language),
    )


def looked_lately(looks: list[LookView], offices: Mapping[UUID, OrganisationView], language: Language) -> str:
    """One sentence for an entry's card: how often others saw it in the last 30 days, and the newest of them."""
    if not looks:
        return text("resident.looked.nobody", language)
    newest = looks[0]
    return text(
        "resident.looked.some",
        language,
        count=len(looks),
        who=_who(newest, offices, language),
        purpose=_purpose(newest, language),
        day=date_in_words(newest.at, language),
    )


def _who(
    look: LookView,
    offices: Mapping[UUID, OrganisationView],
    language: Language,
    holders: Mapping[str, str] | None = None,
) -> str:
    if look.own:
        return text("resident.looked.you", language)
    if look.actor_kind == "person":
        return acted_as(look.role, (holders or {}).get(look.case_ref, ""), language)
    office = offices.get(look.organisation_id) if look.organisation_id else None
    if office is not None:
        return name_of(office, language)
    return text("resident.looked.platform" if look.actor_kind == "system" else "resident.looked.unknown", language)


def acted_as(kind: str, name: str, language: Language) -> str:
    """Who acts for the person, by name where it is known, and as what."""
    return text(f"mandate.acted_as.{kind}", language, name=name or text("mandate.acted_as.nobody", language))


def _purpose(look: LookView, language: Language) -> str:
    if look.actor_kind == "person" and not look.own and look.purpose == Purpose.OWN_FILE:
        return text("mandate.reading", language)
    if has(f"resident.purpose.{look.purpose}"):
        return text(f"resident.purpose.{look.purpose}", language)
    spec = catalogue.edition_on(shanghai_day(look.at)).purpose(look.purpose)
    if spec is None:
        return look.purpose
    return spec.zh if language == "zh" or not spec.en else spec.en


def _ground(look: LookView, language: Language) -> str:
    law = basis_in_words(BasisRef(look.ground.law, look.ground.article), language)
    return law if look.consent is None else text("resident.looks.consent", language, law=law)


def _used(use: UseView | None, language: Language) -> str:
    if use is None:
        return ""
    return text("resident.looks.used", language, day=date_in_words(use.decided_on, language), number=use.decision)


def _delayed(look: LookView, seal: Ground | None, language: Language) -> str:
    if look.opens_at is None:
        return ""
    law = text("resident.looks.a_law", language)
    if seal is not None:
        law = basis_in_words(BasisRef(seal.law, seal.article), language)
    return text("resident.looks.delayed", language, day=date_in_words(look.opens_at, language), law=law)


def _role(role: str, language: Language) -> str:
    return role_name(Role(role), language) if role in set(Role) else ""


def _fields(look: LookView, language: Language) -> str:
    """The items and fields that an asker was told, by the names that the catalogue of that day gives them; "" where the look
    notes none."""
    told: dict[str, set[str]] = {}
    for of_item, is_of, field in (noted.partition(":") for noted in look.fields):
        if is_of:
            told.setdefault(of_item, set()).add(field)
    if not told:
        return ""
    items = catalogue.edition_on(shanghai_day(look.at)).items
    comma, semicolon = ("、", "；") if language == "zh" else (", ", "; ")
    said = []
    for code, fields in told.items():
        item = items.get(code)
        known = {spec.code: field_name(spec, language) for spec in item.fields} if item else {}
        known[STATEMENT] = text("statement.label", language)
        names = [name for one, name in known.items() if one in fields] + sorted(fields - known.keys())
        name = item_name(item, language) if item else code
        said.append(text("resident.returned.of_item", language, item=name, fields=comma.join(names)))
    return semicolon.join(said)


def _returned(look: LookView, language: Language) -> str:
    if look.outcome not in GIVEN:
        why = f"resident.refusal.{look.outcome}"
        if has(why):
            return text("resident.returned.refused_because", language, why=text(why, language))
        return text("resident.returned.refused", language)
    if look.fields and look.fields[0] in ANSWERS:
        return text("resident.returned.answer", language, what=text(ANSWERS[look.fields[0]], language))
    if look.entries:
        entries = text("resident.returned.entries", language, count=look.entries)
        what = _fields(look, language)
        return text("resident.returned.entries_with", language, entries=entries, what=what) if what else entries
    kind = look.fields[0] if look.fields else ""
    key = f"resident.returned.{kind}"
    return text(key if has(key) else "resident.returned.none", language)
