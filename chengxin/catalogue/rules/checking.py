"""Does an edition make sense, and does it keep the law and the charter? Every fault at once, each with its line."""

from __future__ import annotations

from collections.abc import Mapping

from chengxin.catalogue.rules.bases import LawTable, basis_ref_known, law_standing
from chengxin.catalogue.rules.checking_fields import check_fields, check_slot_words, check_words
from chengxin.catalogue.rules.checking_periods import check_periods
from chengxin.catalogue.rules.checking_purposes import check_purposes
from chengxin.catalogue.rules.citations import law_name
from chengxin.catalogue.rules.clauses import CLAUSES
from chengxin.catalogue.rules.loading import Loaded
from chengxin.catalogue.rules.loading_items import MALFORMED
from chengxin.catalogue.rules.merging import Dated, merge
from chengxin.catalogue.rules.narrow import apply_narrowing, slot_excesses, widened
from chengxin.catalogue.rules.reading import Reading
from chengxin.catalogue.rules.sealing import check_seals
from chengxin.catalogue.terms import (
    AgeRule,
    BasisRef,
    BasisStanding,
    Edition,
    Fault,
    Item,
    Level,
    Nature,
    Publication,
    Sharing,
    SupplierKind,
)

PUBLICATION_CLAUSES = frozenset(
    BasisRef(law, article)
    for law, article in (
        ("旅游法", "108"),
        ("电影产业促进法", "46"),
        ("安全生产法", "78"),
        ("地下水管理条例", "53"),
        ("消耗臭氧层物质管理条例", "41"),
        ("野生动物保护法", "47"),
        ("疫苗管理法", "72"),
        ("资产评估法", "36"),
        ("植物新品种保护条例", "47"),
        ("种子法", "22"),
        ("农药管理条例", "40"),
        ("消费者权益保护法", "56"),
        ("慈善法", "106"),
    )
)
"""The clauses that themselves order the publication of persons; every other item stays unpublished (F10, charter 6)."""

ADVERSE_MATTER = frozenset({"act", "penalty", "list", "court"})
"""Families of elements that weigh against a person, whatever an edition calls the item: under another nature, age, service,
finality and the short display would not be asked for (charter 2, F11)."""


def check(loaded: Loaded, table: LawTable, upper: Edition | None = None) -> tuple[Fault, ...]:
    """Faults of form and of sense. `upper` is the national edition that a city's edition narrows."""
    reading = Reading(loaded.file, list(loaded.faults))
    edition = loaded.edition
    if edition is None:
        return tuple(reading.faults)
    table = table.with_regulations(edition.regulations.values())
    if edition.in_force_until is not None and edition.in_force_until <= edition.in_force_from:
        reading.fault(loaded.line("edition/in_force_until"), "dates_reversed")
    for item in edition.items.values():
        check_words(reading, loaded, item)
        _check_law(reading, loaded, item, table, edition)
        if f"{item.code}{MALFORMED}" not in loaded.lines:
            check_fields(reading, loaded, item)
            check_periods(reading, loaded, item)
            _check_exposure(reading, loaded, item)
    for slot in edition.slots.values():
        check_slot_words(reading, loaded.line(f"slots/{slot.code}"), slot)
    _check_level(reading, loaded, edition, upper)
    check_purposes(reading, loaded, edition.purposes, _items_beside(edition, upper), table)
    check_seals(reading, loaded, edition, table)
    return tuple(sorted(reading.faults, key=lambda fault: (fault.line, fault.code)))


def _items_beside(edition: Edition, upper: Edition | None) -> Mapping[str, Item]:
    """The items that hold together with the edition's purposes."""
    if upper is None:
        return edition.items
    return merge(Dated(upper), Dated(edition)).items


def _check_law(reading: Reading, loaded: Loaded, item: Item, table: LawTable, edition: Edition) -> None:
    line = loaded.line(f"{item.code}/basis", item.code)
    if not item.basis:
        reading.fault(line, "basis_missing", item=item.code)
    local = {law_name(title) for title in edition.regulations}
    for ref in (*item.basis, *(grant.basis for grant in item.grants)):
        at = loaded.line(f"{item.code}/basis/{ref.law}/{ref.article}", f"{item.code}/grants", item.code)
        if not basis_ref_known(table, ref):
            if law_standing(table, ref.law, edition.in_force_from) is BasisStanding.REFUSED:
                clause = CLAUSES[table.laws[law_name(ref.law)].refused or ""]
                reading.fault(at, "basis_refused", clause.code, law=ref.law, clause_zh=clause.zh, clause_en=clause.en)
            else:
                reading.fault(at, "basis_unknown", law=ref.law, article=ref.article)
    if edition.level is Level.CITY and any(law_name(ref.law) not in local for ref in item.basis):
        reading.fault(line, "basis_not_local", item=item.code)


def _check_exposure(reading: Reading, loaded: Loaded, item: Item) -> None:
    if item.publication is Publication.LAW_ORDERS:
        ref = item.publication_basis
        if ref is not None and (ref not in PUBLICATION_CLAUSES or ref not in item.basis):
            reading.fault(
                loaded.line(f"{item.code}/publication", item.code),
                "publication_not_ordered",
                item=item.code,
                law=ref.law,
                article=ref.article,
            )
    if (item.sharing is Sharing.BY_LAW) != bool(item.grants):
        reading.fault(loaded.line(f"{item.code}/sharing", item.code), "sharing_without_law", item=item.code)
    if item.nature is Nature.GOOD and not item.optout:
        reading.fault(loaded.line(f"{item.code}/optout", item.code), "good_without_choice", item=item.code)
    if not item.is_adverse:
        for spec in item.fields:
            if spec.element.partition(".")[0] in ADVERSE_MATTER:
                at = loaded.line(f"{item.code}/fields/{spec.code}", item.code)
                reading.fault(at, "nature_wrong", item=item.code, field=spec.code)
    if item.age_rule is AgeRule.COURT and any(one.kind is not SupplierKind.COURT for one in item.suppliers):
        reading.fault(loaded.line(f"{item.code}/age_rule", item.code), "age_rule_wrong", item=item.code)
    if item.is_adverse:
        if item.minimum_age < 18:
            reading.fault(loaded.line(f"{item.code}/minimum_age", item.code), "age_too_low", item=item.code)
        if not item.document_needed:
            reading.fault(loaded.line(f"{item.code}/document_needed", item.code), "document_needed", item=item.code)


def _check_level(reading: Reading, loaded: Loaded, edition: Edition, upper: Edition | None) -> None:
    if edition.level is Level.NATIONAL:
        for key, there in (("narrow", edition.narrowings), ("regulations", edition.regulations)):
            if there:
                reading.fault(
                    loaded.line("edition"), "level_wrong", zh_level="国家", level=edition.level.value, key=key
                )
        for item in edition.items.values():
            if item.slot is not None:
                line = loaded.line(f"{item.code}/slot")
                reading.fault(line, "level_wrong", zh_level="国家", level=edition.level.value, key="slot")
        return
    if edition.slots:
        reading.fault(loaded.line("edition"), "level_wrong", zh_level="城市", level=edition.level.value, key="slots")
    _check_regulations(reading, loaded, edition)
    if upper is None or upper.code != edition.based_on:
        reading.fault(loaded.line("edition"), "upper_missing", value=edition.based_on or "")
        return
    _check_narrower(reading, loaded, edition, upper)
    for code in edition.purposes_dropped:
        if code not in upper.purposes:
            reading.fault(loaded.line("purposes_drop"), "purpose_unknown", value=code)
    for purpose in edition.purposes.values():
        line = loaded.line(f"purposes/{purpose.code}/basis", f"purposes/{purpose.code}")
        if not purpose.on_consent:
            reading.fault(line, "purpose_not_local", purpose=purpose.code)
        if purpose.code in upper.purposes:
            reading.fault(line, "double_code", value=purpose.code)


def _check_regulations(reading: Reading, loaded: Loaded, edition: Edition) -> None:
    for title, regulation in edition.regulations.items():
        in_order = regulation.enacted_on <= regulation.approved_on <= regulation.in_force_from
        if not (in_order and regulation.enacting_organ and regulation.approving_organ):
            reading.fault(loaded.line(f"regulations/{title}"), "regulation_unapproved", law=title)


def _check_narrower(reading: Reading, loaded: Loaded, edition: Edition, upper: Edition) -> None:
    for code, narrowing in edition.narrowings.items():
        line = loaded.line(f"narrow/{code}")
        item = upper.items.get(code)
        if item is None:
            reading.fault(line, "narrows_unknown", value=code)
            continue
        for attribute in widened(item, apply_narrowing(item, narrowing)):
            at = loaded.line(f"narrow/{code}/{attribute.split('/')[0]}", f"narrow/{code}")
            reading.fault(at, "widened", item=code, attribute=attribute)
        for dropped in narrowing.fields_dropped:
            if dropped not in item.by_code:
                reading.fault(loaded.line(f"narrow/{code}/fields_drop"), "key_field_unknown", field=dropped)
    filled: dict[str, int] = {}
    for item in edition.items.values():
        line = loaded.line(f"{item.code}/slot", item.code)
        slot = upper.slots.get(item.slot or "")
        if slot is None:
            reading.fault(line, "slot_unknown", value=item.slot or "")
            continue
        if item.code in upper.items:
            reading.fault(loaded.line(item.code), "double_code", value=item.code)
        filled[slot.code] = filled.get(slot.code, 0) + 1
        for attribute in slot_excesses(slot, item):
            at = loaded.line(f"{item.code}/{attribute.split('/')[0]}", item.code)
            reading.fault(at, "slot_exceeded", item=item.code, slot=slot.code, attribute=attribute)
        if filled[slot.code] == slot.most_items + 1:
            reading.fault(line, "slot_full", slot=slot.code, most=slot.most_items)
