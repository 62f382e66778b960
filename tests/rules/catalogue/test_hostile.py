"""Catalogues that try to name what is never collected do not load, each with its clause; look-alikes load."""

from __future__ import annotations

import pytest

from chengxin.catalogue.rules.clauses import CLAUSES
from chengxin.catalogue.rules.screen import forbidden_name
from chengxin.catalogue.terms import ELEMENTS
from tests.rules.catalogue.files import faults_of, texts

HOSTILE = texts("hostile")
INNOCENT = texts("innocent")
NAMED = [
    "religion",
    "ethnicity",
    "politics",
    "petitions",
    "genes",
    "biometrics",
    "blood",
    "health",
    "sexual_life",
    "movements",
    "communications",
    "contacts",
    "browsing",
    "purchases",
    "social_media",
    "income",
    "family",
    "minors",
    "public_security",
    "score",
]


@pytest.mark.parametrize(("name", "text"), HOSTILE, ids=[name for name, _ in HOSTILE])
def test_hostile_catalogue_is_refused_with_its_clause(name: str, text: str) -> None:
    expected = text.splitlines()[0].removeprefix("# refused: ")
    faults = faults_of(text)
    assert {fault.clause for fault in faults} == {expected}
    assert {fault.code for fault in faults} <= {"forbidden", "element_unknown"}
    for fault in faults:
        assert fault.line > 1
        if fault.code == "forbidden":
            assert CLAUSES[expected].zh in fault.zh
            assert CLAUSES[expected].en in fault.en


@pytest.mark.parametrize(("name", "text"), INNOCENT, ids=[name for name, _ in INNOCENT])
def test_innocent_look_alike_loads(name: str, text: str) -> None:
    assert text.startswith("# loads\n")
    assert faults_of(text) == ()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_twenty_in_each_language_one_for_each_matter(language: str) -> None:
    found = [text.splitlines()[0].removeprefix("# refused: ") for name, text in HOSTILE if name.startswith(language)]
    assert sorted(found) == sorted(NAMED)
    assert len(INNOCENT) >= 20


def test_no_element_names_what_is_never_collected() -> None:
    """The first line of defence needs no screen: the dictionary itself holds nothing of the kind."""
    for element in ELEMENTS.values():
        for words in (element.code.replace(".", " "), element.zh, element.en):
            assert forbidden_name(words) is None, element.code


@pytest.mark.parametrize("separator", [" ", "·", "-", "_", "\u200b", "/", "　", "*"])
@pytest.mark.parametrize("word", ["宗教信仰", "政治面貌", "通话记录", "个人信用评分"])
def test_separators_do_not_help(word: str, separator: str) -> None:
    assert forbidden_name(separator.join(word)) is not None


@pytest.mark.parametrize(
    "spelled", ["ＲＥＬＩＧＩＯＮ", "CX_BLOOD_TYPE", "faceImage", "r.e.l.i.g.i.o.n", "財產", "家屬", "種族"]
)
def test_other_spellings_do_not_help(spelled: str) -> None:
    assert forbidden_name(spelled) is not None
