"""Where an entry stands: its status in words, who can see it, until when, and why."""

from __future__ import annotations

from dataclasses import dataclass

from chengxin.catalogue.terms import ActClass, Nature, Publication, Sharing
from chengxin.doors.portal.presenters.around import ADVERSE, GOOD, Around, Said, basis_in_words, name_of
from chengxin.doors.wording import date_in_words
from chengxin.records.terms import EntryView, Status

KEPT_OPEN_FROM = 9999
"""Year of a ``retain_until`` that hangs on a validity without end."""

SHOWN_TO_OTHERS = frozenset({Status.IN_FORCE, Status.OBJECTED})
"""Statuses in which the law's recipients may see an entry (records' matrix, audience asker)."""
GONE = frozenset(
    {
        Status.WITHDRAWN,
        Status.RECALLED,
        Status.REPAIRED,
        Status.EXPIRED_EARLY,
        Status.SILENT,
        Status.HIDDEN,
        Status.UNCATALOGUED,
    }
)
"""Over before its day: no day on which it would have ended is told any more."""
TONES = {Status.IN_FORCE: "open", Status.OBJECTED: "warn", Status.FROZEN: "warn"}
CLASS_TONES = {ActClass.MINOR: "quiet", ActClass.GENERAL: "open", ActClass.SERIOUS: "warn"}


@dataclass(frozen=True, slots=True)
class Chip:
    """A word with its tone (the shape and the colour of the page's status parts)."""

    word: str
    tone: str


@dataclass(frozen=True, slots=True)
class Standing:
    """``status`` and ``why`` in words; ``seen_by`` a sentence for each who can see, ``seen_short`` the same with the reason
    where nobody else can; ``until`` the end, ``kept`` what follows."""

    status: Chip
    why: str
    seen_by: tuple[Said, ...]
    seen_short: tuple[Said, ...]
    until: str
    kept: str


def standing(entry: EntryView, around: Around) -> Standing:
    """Where the entry stands today."""
    why = around.say(f"status.{_why_key(entry)}", **_days(entry, around))
    return Standing(
        status=Chip(around.say(f"status.{entry.status.value}.word"), TONES.get(entry.status, "quiet")),
        why=why,
        seen_by=tuple(_seen_by(entry, around)),
        seen_short=tuple(_seen_short(entry, around, why)),
        until=_until(entry, around),
        kept=_kept(entry, around),
    )


def chips(entry: EntryView, around: Around) -> tuple[Chip, ...]:
    """The words beside a title: class of an adverse entry, status, how far it may be shared."""
    found = []
    if entry.nature == ADVERSE and entry.act_class:
        act_class = ActClass(entry.act_class)
        found.append(Chip(around.say(f"class.{act_class.word}"), CLASS_TONES[act_class]))
    found.append(Chip(around.say(f"status.{entry.status.value}.word"), TONES.get(entry.status, "quiet")))
    if entry.status in SHOWN_TO_OTHERS and around.item is not None:
        found.append(Chip(around.say(f"sharing.{_width(entry, around)}.word"), "quiet"))
    return tuple(found)


def _width(entry: EntryView, around: Around) -> str:
    item = around.item
    assert item is not None
    return "published" if _is_published(entry, around) else item.sharing.value


def _is_published(entry: EntryView, around: Around) -> bool:
    item = around.item
    return (
        item is not None
        and item.publication is Publication.LAW_ORDERS
        and entry.status is Status.IN_FORCE
        and (item.nature is not Nature.ADVERSE or entry.act_class >= item.publication_from)
    )


def _why_key(entry: EntryView) -> str:
    if entry.status is Status.NOT_FINAL and _never_final(entry):
        return "not_final.why_never"
    if entry.status is Status.NOT_FINAL and entry.final_on is None:
        return "not_final.why_unknown"
    key = "objected" if entry.status is Status.FROZEN and entry.nature == GOOD else entry.status.value
    waits = entry.status in (Status.FROZEN, Status.OBJECTED) and entry.lapses_on is not None
    return f"{key}.why_until" if waits else f"{key}.why"


def _never_final(entry: EntryView) -> bool:
    """Ends before it could reach anybody else: so do most minor entries, and that is meant (F5)."""
    return entry.final_on is not None and entry.display_until is not None and entry.display_until <= entry.final_on


def _days(entry: EntryView, around: Around) -> dict[str, str]:
    days = {"final": entry.final_on, "end": entry.display_until, "kept": entry.retain_until, "lapses": entry.lapses_on}
    return {name: date_in_words(day, around.language) if day else "" for name, day in days.items()}


def _seen_by(entry: EntryView, around: Around) -> list[Said]:
    found = _others(entry, around) or [Said(around.say("seen.you_alone"))]
    return found + _supplier(around)


def _seen_short(entry: EntryView, around: Around, why: str) -> list[Said]:
    reason = [] if entry.status is Status.IN_FORCE else [Said(why)]
    return reason + _others(entry, around) + _supplier(around)


def _others(entry: EntryView, around: Around) -> list[Said]:
    """Who may see it beside its person and its supplier; empty where nobody may."""
    item, language = around.item, around.language
    if entry.status not in SHOWN_TO_OTHERS or item is None:
        return []
    found = []
    if item.sharing is Sharing.BY_LAW and item.grants:
        for grant in item.grants:
            to = grant.recipient.zh if language == "zh" else grant.recipient.en[:1].upper() + grant.recipient.en[1:]
            purpose = grant.purpose.zh if language == "zh" else grant.purpose.en
            basis = basis_in_words(grant.basis, language)
            found.append(Said(around.say("seen.by_law", recipient=to, purpose=purpose, basis=basis)))
    else:
        found.append(Said(around.say("seen.on_consent" if item.sharing is Sharing.ON_CONSENT else "seen.nobody")))
    if _is_published(entry, around) and item.publication_basis is not None:
        basis = basis_in_words(item.publication_basis, language)
        found.append(Said(around.say("seen.published", basis=basis)))
    else:
        found.append(Said(around.say("seen.not_public")))
    return found


def _supplier(around: Around) -> list[Said]:
    supplier = name_of(around.supplier, around.language)
    return [Said(around.say("seen.supplier", supplier=supplier))] if supplier else []


def _until(entry: EntryView, around: Around) -> str:
    if entry.status in GONE:
        return around.say("until.gone")
    if entry.display_until is None:
        return around.say("until.open")
    key = "until.adverse" if entry.nature == ADVERSE else "until.other"
    if entry.display_until <= around.today:
        key = "until.over"
    return around.say(key, day=date_in_words(entry.display_until, around.language))


def _kept(entry: EntryView, around: Around) -> str:
    if entry.retain_until.year >= KEPT_OPEN_FROM:
        return around.say("kept.open")
    return around.say("kept.until", day=date_in_words(entry.retain_until, around.language))
