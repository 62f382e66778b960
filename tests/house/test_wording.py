"""Every sentence stands in one place, in both languages, and every place that asks for one finds it."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

import chengxin
from chengxin.collection.terms import BatchAct, HeldAct, RecallAct
from chengxin.doors.portal.views.operator.work import JOB_ACTS
from chengxin.doors.wording import Sentence, WordingFault, sentences, text
from chengxin.doors.wording.sentences import FOLDER, load
from chengxin.foundation.outbox import LetterAct
from chengxin.offices.terms import MandateAct
from chengxin.records.terms import MarkKind
from chengxin.remedies.terms.letters import NoticeNeed
from chengxin.remedies.terms.workflows import Act

PACKAGE = Path(chengxin.__file__).parent
TEMPLATES = sorted((PACKAGE / "doors").rglob("templates/**/*.html"))
MODULES = sorted(PACKAGE.rglob("*.py"))

_IN_TEMPLATE = re.compile(r'{%\s*(?:say|status)\s+"([^"]+)"')
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_BLAME = re.compile(r"[!！]|\b(?:please note|invalid user)\b|注意：|请注意", re.IGNORECASE)


SHOWS_CHINESE = {
    "reasons.date_unreadable.do": "one of the forms in which a file may write a date",
    "reasons.law_unknown.do": "how a file writes a law and its article",
}
"""English that must show what a Chinese file holds -> what it shows."""


def _all() -> list[tuple[str, Sentence]]:
    return sorted(sentences().items())


def test_the_catalogue_loads_and_is_not_small() -> None:
    """Loading checks both languages, placeholders, emptiness and doubles; this fails with the file and the key."""
    assert len(sentences()) > 300


@pytest.mark.parametrize(("key", "sentence"), _all(), ids=[key for key, _ in _all()])
def test_a_sentence_is_calm_and_in_its_own_language(key: str, sentence: Sentence) -> None:
    for form in sentence.forms():
        assert not _BLAME.search(form), f"{key}: {form}"
        assert form == form.strip() or key.endswith(".joint")
    letters = re.sub(r"{\w+}", "", sentence.zh)
    assert _CHINESE.search(letters) or not re.search(r"[A-Za-z]", letters), f"{key}: the Chinese is not Chinese"
    if key in SHOWS_CHINESE:
        return
    # a law's own name may stand behind its English one, in brackets
    assert not _CHINESE.search(re.sub(r"\([^()]*\)", "", sentence.en)), f"{key}: the English holds Chinese"


def test_every_sentence_a_template_asks_for_exists() -> None:
    asked = {(path, key) for path in TEMPLATES for key in _IN_TEMPLATE.findall(path.read_text(encoding="utf-8"))}
    assert len(asked) > 100
    missing = sorted(f"{path.name}: {key}" for path, key in asked if key not in sentences())
    assert not missing, missing


def test_every_sentence_the_code_names_exists() -> None:
    missing = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}: {key}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _name(node.func) == "text" and node.args
        for key in _literal(node.args[0])
        if "." in key and key not in sentences()
    ]
    assert not missing, missing


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _literal(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _reason_codes() -> Iterator[tuple[str, str]]:
    """Every member of every enum called Reason in any room, and every code written out where a rule refuses."""
    for module in pkgutil.walk_packages(chengxin.__path__, "chengxin."):
        if ".terms" in module.name and "settings" not in module.name:
            found = getattr(importlib.import_module(module.name), "Reason", None)
            if isinstance(found, type) and issubclass(found, StrEnum):
                yield from ((member.value, module.name) for member in found)
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) == "Refused" and node.args:
                yield from ((code, str(path.relative_to(PACKAGE))) for code in _literal(node.args[0]))


def test_every_reason_code_says_what_happened_and_what_to_do() -> None:
    codes = dict(_reason_codes())
    assert len(codes) > 60
    wanted = {f"reasons.{code}.{part}": where for code, where in codes.items() for part in ("what", "do")}
    missing = sorted(f"{key} ({where})" for key, where in wanted.items() if key not in sentences())
    assert not missing, missing


def test_a_reason_that_tells_a_detail_can_also_be_said_without_it() -> None:
    """Rows of one count need not share the limit or the list; the sentence then stands without it."""
    telling = [key for key, said in sentences().items() if key.startswith("reasons.") and "{detail}" in said.zh]
    assert len(telling) > 10
    missing = [key for key in telling if f"{key}_many" not in sentences()]
    assert not missing, missing
    assert not [key for key in telling if key.endswith("_many")]


def _journalled_acts() -> Iterator[str]:
    """Every act that the journal is told of: written out where it is told, or made of a workflow's acts."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {
                "journal.record",
                "_record",
                "_note",
                "_journal",
            }:
                yield from (code for argument in node.args[1:2] for code in _literal(argument) if code.islower())
    yield from (f"{act}_job" for act in JOB_ACTS)
    for thing, acts in (("batch", BatchAct), ("held_row", HeldAct), ("recall", RecallAct), ("mandate", MandateAct)):
        yield from (f"{act.value}_{thing}" for act in acts)
    yield from (f"{act.value}_letter" for act in LetterAct)
    yield from (f"mark_{kind.name.lower()}" for kind in MarkKind)
    yield from (f"remedy_{act.value}" for act in Act)


def test_every_act_of_the_journal_has_its_word() -> None:
    acts = set(_journalled_acts())
    assert len(acts) > 60
    missing = sorted(act for act in acts if f"journal.act.{act}" not in sentences())
    assert not missing, missing


def test_everything_a_notice_must_say_has_its_word() -> None:
    assert not [need for need in NoticeNeed if f"needs.{need}.word" not in sentences()]


def test_text_for_people_stands_in_no_template() -> None:
    """A Chinese word in a template would have no English twin. (The other language's own name is the exception.)"""
    found = [
        f"{path.name}:{number}: {line.strip()[:80]}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if _CHINESE.search(line.replace(">中文<", "><"))
    ]
    assert not found, found


FAULTS = {
    "no english": "key: {zh: 好}",
    "empty": "key: {zh: 好, en: ''}",
    "placeholders differ": "key: {zh: '{n} 行', en: '{m} rows'}",
    "twice in one file": "key: {zh: 好, en: good}\nkey: {zh: 好, en: good}",
    "counted without count": "key: {zh: '{n} 行', en: {one: 'a row', other: '{n} rows'}}",
    "neither sentence nor group": "key: good",
    "a name that YAML takes for true": "on: {zh: 好, en: good}",
}


@pytest.mark.parametrize("content", FAULTS.values(), ids=FAULTS)
def test_a_faulty_file_does_not_load(tmp_path: Path, content: str) -> None:
    (tmp_path / "topic.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(WordingFault):
        load(tmp_path)


def test_one_key_in_two_files_does_not_load(tmp_path: Path) -> None:
    for name in ("topic.yaml", "topic_more.yaml"):
        (tmp_path / name).write_text("key: {zh: 好, en: good}", encoding="utf-8")
    with pytest.raises(WordingFault, match=r"topic\.key already stands in topic\.yaml"):
        load(tmp_path)


def test_english_counts_and_chinese_does_not() -> None:
    assert text("account.recovery.left", "en", count=1) == "1 unused code left"
    assert text("account.recovery.left", "en", count=2) == "2 unused codes left"
    assert "1" in text("account.recovery.left", "zh", count=1)


def test_an_unknown_key_is_a_fault_and_not_a_blank() -> None:
    with pytest.raises(WordingFault):
        text("nowhere.to.be.found", "zh")


def test_every_file_of_sentences_was_read() -> None:
    topics = {path.stem.split("_", 1)[0] for path in FOLDER.glob("*.yaml")}
    assert topics == {key.split(".", 1)[0] for key in sentences()}
