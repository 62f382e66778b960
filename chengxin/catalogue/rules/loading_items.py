"""Reading items and their fields."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from chengxin.catalogue.rules.parts import (
    CLASS_WORDS,
    NO_RETENTION,
    Shelves,
    age_of,
    bases_of,
    claim_of,
    code_values,
    display_of,
    duty_of,
    grants_of,
    retention_of,
    suppliers_of,
)
from chengxin.catalogue.rules.reading import Entry
from chengxin.catalogue.rules.screen import forbidden_name
from chengxin.catalogue.terms import (
    ELEMENTS,
    ActClass,
    AgeRule,
    CodeValue,
    Condition,
    FieldRole,
    FieldSpec,
    Item,
    ItemStatus,
    MaskKind,
    Nature,
    Publication,
    Required,
    RequiredKind,
    Sharing,
    Words,
)

ITEM_CODE = re.compile(r"[a-z][a-z0-9_]{2,47}")
FIELD_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{1,31}")
NOTHING = Words("", "")
MALFORMED = "/malformed"
"""Ending of the path under which `lines` notes an item with faults of form: what it lacks is then no fault of sense."""


def load_item(entry: Entry, shelves: Shelves, lines: dict[str, int]) -> Item | None:
    """One item, laid over its template. `lines` gains the line of each of its parts under `item/…`."""
    told_before = entry.reading.told
    template = entry.text("template", needed=False)
    line = entry.line
    if template is not None:
        base = shelves.templates.get(template)
        if base is None:
            entry.reading.fault(
                entry.line_of("template"), "unknown_name", value=template, zh_kind="模板", kind="template"
            )
        else:
            own = entry
            entry = entry.under(base)
            entry.taken.update(own.taken)
    code = entry.text("code")
    if code is None or not ITEM_CODE.fullmatch(code):
        if code is not None:
            entry.reading.fault(entry.line_of("code"), "bad_code", value=code, pattern=ITEM_CODE.pattern)
        return None
    lines[code] = line
    for key in entry.nodes:
        lines[f"{code}/{key}"] = entry.line_of(key)
    fields = tuple(load_fields(entry, shelves, lines, code))
    bases = bases_of(entry, "basis")
    for ref, ref_line in bases:
        lines[f"{code}/basis/{ref.law}/{ref.article}"] = ref_line
    publication = entry.choice("publication", Publication, Publication.NONE) or Publication.NONE
    publication_bases = bases_of(entry, "publication_basis", needed=publication is Publication.LAW_ORDERS)
    procedure = next((spec for spec in fields if spec.role is FieldRole.PROCEDURE), None)
    item = Item(
        code=code,
        zh=entry.text("zh") or "",
        en=entry.text("en") or "",
        category=entry.number("category", 1, 13) or 1,
        field_of_work=entry.words("field_of_work") or NOTHING,
        occupations=tuple(_occupations(entry)),
        nature=entry.choice("nature", Nature) or Nature.NEUTRAL,
        fixed_class=_class(entry, "fixed_class"),
        basis=tuple(ref for ref, _ in bases),
        suppliers=suppliers_of(entry),
        duty=duty_of(entry, shelves),
        fields=fields,
        natural_key=tuple(text for text, _ in entry.texts("natural_key")),
        display=display_of(entry, "display", shelves),
        retention=retention_of(entry, shelves) or NO_RETENTION,
        claim=claim_of(entry, shelves),
        minimum_age=age_of(entry),
        age_rule=entry.choice("age_rule", AgeRule, AgeRule.ORDINARY) or AgeRule.ORDINARY,
        sharing=entry.choice("sharing", Sharing, Sharing.NONE) or Sharing.NONE,
        grants=grants_of(entry),
        publication=publication,
        publication_basis=publication_bases[0][0] if publication_bases else None,
        publication_from=_class(entry, "publication_from") or ActClass.GENERAL,
        document_needed=entry.flag("document_needed", default=True),
        decision_of_one=entry.flag("decision_of_one"),
        ends_with_validity=entry.flag("ends_with_validity"),
        optout=entry.flag("optout"),
        procedures_refused=tuple(c.value for c in procedure.codes if c.refused) if procedure else (),
        status=entry.choice("status", ItemStatus, ItemStatus.OPEN) or ItemStatus.OPEN,
        slot=entry.text("slot", needed=False),
        note=entry.words("note", needed=False) or NOTHING,
        line=line,
    )
    entry.finish()
    if entry.reading.told > told_before:
        lines[f"{code}{MALFORMED}"] = line
    return item


def _class(entry: Entry, key: str) -> ActClass | None:
    word = entry.text(key, needed=False)
    if word is None:
        return None
    if word not in CLASS_WORDS:
        entry.reading.fault(entry.line_of(key), "bad_value", key=key, value=word, allowed=", ".join(CLASS_WORDS))
    return CLASS_WORDS.get(word)


def _occupations(entry: Entry) -> Iterator[Words]:
    for inner in entry.entries("occupations", needed=False):
        zh, en = inner.text("zh"), inner.text("en")
        inner.finish()
        yield Words(zh or "", en or "")


def load_fields(entry: Entry, shelves: Shelves, lines: dict[str, int], item: str) -> Iterator[FieldSpec]:
    """The fields of an item: sets by name and single ones, in order, less `fields_drop`."""
    dropped = {text for text, _ in entry.texts("fields_drop", needed=False)}
    nodes: list[yaml.Node] = []
    for node in entry.nodes_of("fields"):
        if isinstance(node, yaml.ScalarNode):
            found = shelves.field_sets.get(str(node.value))
            if found is None:
                line = node.start_mark.line + 1
                entry.reading.fault(line, "unknown_name", value=node.value, zh_kind="字段组", kind="field set")
            nodes.extend(found or [])
        else:
            nodes.append(node)
    for node in [*nodes, *entry.nodes_of("fields_add", needed=False)]:
        inner = Entry.of(entry.reading, "fields", node)
        spec = None if inner is None else load_field(inner, shelves)
        if inner is not None and spec is not None and spec.code not in dropped:
            lines[f"{item}/fields/{spec.code}"] = inner.line
            yield spec


def load_field(entry: Entry, shelves: Shelves) -> FieldSpec | None:
    """One field. Type and role are its element's; stating them too is allowed where they agree."""
    reading = entry.reading
    code, element_code = entry.text("code"), entry.text("element")
    zh, en = entry.text("zh"), entry.text("en")
    if code is None or not FIELD_CODE.fullmatch(code):
        if code is not None:
            reading.fault(entry.line_of("code"), "bad_code", value=code, pattern=FIELD_CODE.pattern)
        return None
    element = ELEMENTS.get(element_code or "")
    if element is None:
        if element_code is not None:
            words = (element_code, zh or "", en or "", code)
            clause = next((found for found in map(forbidden_name, words) if found is not None), None)
            told = None if clause is None else clause.code
            reading.fault(entry.line_of("element"), "element_unknown", told, value=element_code)
        entry.taken.update(entry.nodes)
        return None
    role = next(iter(element.roles), None)
    for key, zh_what, meant in (("type", "类型", element.type.value), ("role", "作用", role.value if role else "")):
        stated = entry.text(key, needed=False)
        if stated is not None and stated != meant:
            reading.fault(
                entry.line_of(key), "element_disagrees", field=code, zh_what=zh_what, what=key, element=element.code
            )
    spec = FieldSpec(
        code=code,
        element=element.code,
        zh=zh or "",
        en=en or "",
        type=element.type,
        role=role,
        length=entry.number("length", 1, 100_000, needed=False),
        scale=entry.number("scale", 0, 9, needed=False),
        required=_required(entry),
        codes=_codes(entry, shelves),
        many=entry.flag("many"),
        help_zh=entry.text("help_zh", needed=False) or "",
        help_en=entry.text("help_en", needed=False) or "",
        mask=entry.choice("mask", MaskKind, MaskKind.NONE) or MaskKind.NONE,
        unit=entry.text("unit", needed=False) or "",
        ours=entry.flag("ours"),
    )
    entry.finish()
    return spec


def _codes(entry: Entry, shelves: Shelves) -> tuple[CodeValue, ...]:
    node = entry.node("codes", needed=False)
    if node is None:
        return ()
    if isinstance(node, yaml.ScalarNode):
        found = shelves.code_lists.get(str(node.value))
        if found is None:
            line = entry.line_of("codes")
            entry.reading.fault(line, "unknown_name", value=node.value, zh_kind="代码表", kind="code list")
        return found or ()
    return code_values(entry.nodes_of("codes"), entry.reading)


def _required(entry: Entry) -> Required:
    node = entry.node("required", needed=False)
    if isinstance(node, yaml.MappingNode):
        outer = entry.entry("required")
        when = outer.entry("when") if outer else None
        if outer is None or when is None:
            return Required(RequiredKind.NO)
        other, values = when.text("field"), tuple(text for text, _ in when.texts("values"))
        when.finish()
        outer.finish()
        return Required(RequiredKind.WHEN, Condition(other or "", values))
    text = entry.text("required", needed=False) or "no"
    if text not in ("always", "no"):
        entry.reading.fault(
            entry.line_of("required"), "bad_value", key="required", value=text, allowed="always, no, {when: ..}"
        )
    return Required(RequiredKind.ALWAYS if text == "always" else RequiredKind.NO)
