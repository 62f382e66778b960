"""Does a purpose keep within what its items allow, and within the charter? Every fault at once, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from chengxin.catalogue.rules.bases import LawTable, basis_ref_known
from chengxin.catalogue.rules.loading import Loaded
from chengxin.catalogue.rules.reading import Reading
from chengxin.catalogue.rules.screen import fold
from chengxin.catalogue.rules.sharing import shares_with
from chengxin.catalogue.terms import FieldRole, Item, Operation, PurposeSpec

NEVER_ANSWERED = frozenset(
    {FieldRole.PERSON_NAME, FieldRole.DOCUMENT_KIND, FieldRole.DOCUMENT_NUMBER, FieldRole.BIRTH_DATE}
)
"""What identifies the person is the asker's to know, never ours to tell."""

EMERGENCY_LAWS = frozenset({"突发事件应对法", "传染病防治法", "防震减灾法", "防洪法", "消防法"})
"""Laws that order help in an emergency. Break-glass needs one of them."""

_REFUSED_USES: tuple[tuple[str, str], ...] = (
    (
        r"招聘|招录|录用|聘用|用工|求职|入职|任职|任免|选任|职称|考核|人事|雇佣",
        r"recruit\w*|hir(?:e|ing)|employ\w*|personnel|promotion|job applicants?",
    ),
    (
        r"入学|升学|招生|就学|上学|就医|挂号|住院|社保待遇|低保|救助",
        r"school\w*|enrol\w*|admission|medical treatment|welfare",
    ),
    (r"乘机|乘车|购票|出行|出境|乘坐|酒店|住宿", r"travel\w*|tickets?|boarding|hotels?"),
    (r"评分|打分|积分|评级|画像|营销|推销", r"scor(?:e|es|ing)|rating|profil\w*|marketing"),
    (r"租房|租赁|婚恋|相亲|恋爱", r"tenan\w*|rental|dating|matchmaking"),
)
"""Uses for which no purpose can be written (charter 3, 4; requirements Q2, Q5, Q7)."""

_REFUSED = tuple((re.compile(zh), re.compile(rf"\b(?:{en})\b")) for zh, en in _REFUSED_USES)


def refused_use(text: str) -> bool:
    """Whether a purpose's name or sentence speaks of a use for which nobody may look."""
    chinese, latin = fold(text)
    return any(zh.search(chinese) or en.search(latin) for zh, en in _REFUSED)


def check_purposes(
    reading: Reading,
    loaded: Loaded,
    purposes: Mapping[str, PurposeSpec],
    items: Mapping[str, Item],
    table: LawTable,
) -> None:
    """Every purpose against the items that hold together with it, and against the table of laws."""
    for purpose in purposes.values():
        for part, code, data in _faults(purpose, items, table):
            line = loaded.line(f"purposes/{purpose.code}/{part}", f"purposes/{purpose.code}")
            reading.fault(line, code, None, purpose=purpose.code, **data)


def _faults(
    purpose: PurposeSpec, items: Mapping[str, Item], table: LawTable
) -> Iterator[tuple[str, str, dict[str, object]]]:
    question = (purpose.question.zh, purpose.question.en) if purpose.question else ()
    for part, text in (
        ("zh", purpose.zh),
        ("en", purpose.en),
        ("told", purpose.told.zh),
        ("told", purpose.told.en),
        *(("question", words) for words in question),
    ):
        if not text:
            yield part, "missing_key", {"key": part}
        elif refused_use(text):
            yield part, "purpose_refused", {"value": text}
    if not purpose.askers:
        yield "askers", "purpose_for_nobody", {}
    if purpose.basis is not None and not basis_ref_known(table, purpose.basis):
        yield "basis", "basis_unknown", {"law": purpose.basis.law, "article": purpose.basis.article}
    yield from _faults_of_items(purpose, items)
    if (Operation.CHECK in purpose.operations) != (purpose.question is not None and purpose.rule is not None):
        yield "question", "purpose_check_whole", {}
    if not purpose.operations:
        yield "operations", "missing_key", {"key": "operations"}
    if purpose.on_consent and (purpose.case_needed or purpose.emergency):
        yield "case_needed", "purpose_consent_alone", {}
    if purpose.emergency and (purpose.batch_most or purpose.basis is None or purpose.basis.law not in EMERGENCY_LAWS):
        yield "emergency", "purpose_no_emergency", {}


def _faults_of_items(purpose: PurposeSpec, items: Mapping[str, Item]) -> Iterator[tuple[str, str, dict[str, object]]]:
    if not purpose.items and purpose.operations != {Operation.VERIFY}:
        yield "items", "purpose_of_nothing", {}
    for code in purpose.about:
        if code not in purpose.items:
            yield "about", "unknown_name", {"value": code, "zh_kind": "目录项", "kind": "item"}
    for code, fields in purpose.items.items():
        part = f"items/{code}"
        item = items.get(code)
        if item is None:
            yield part, "unknown_name", {"value": code, "zh_kind": "目录项", "kind": "item"}
            continue
        if not shares_with(item, purpose):
            yield part, "purpose_over_sharing", {"item": code}
        for name in sorted(fields):
            spec = item.by_code.get(name)
            if spec is None:
                yield part, "unknown_name", {"value": name, "zh_kind": "字段", "kind": "field"}
            elif spec.role in NEVER_ANSWERED:
                yield part, "purpose_tells_identity", {"field": name}
