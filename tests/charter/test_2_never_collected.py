"""Charter 2, attacked: catalogues that name it in other words, files that carry it, columns that could hold it."""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path

import pytest
from django.db import connections

import chengxin
from bench.rows import RowMaker
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import ELEMENTS, EditionFaulty, FieldRole
from chengxin.collection import facade as collection
from chengxin.collection.terms import Outcome
from chengxin.kernel.practice import practice_passport
from tests.charter.attempts import ROLES, everything_readable, told_in
from tests.making import make_city
from tests.people import NOW, invented_identity
from tests.rooms.catalogue.making import propose, text_of
from tests.rooms.collection.making import Row, counted, hand_in, make_decision, make_supplier, outcomes
from tests.rules.catalogue.files import changed, edition, texts

PROJECT = Path(chengxin.__file__).parents[1]
LEDGER = ("persons_person", "persons_identity_key", "records_entry", "records_content", "foundation_notice")
NATIONAL = text_of("national")


def ledger() -> dict[str, int]:
    return {table: counted(table) for table in LEDGER}


# ---- through the catalogue -----------------------------------------------------------------------------------------

HOSTILE = texts("hostile")


@pytest.mark.parametrize(("name", "text"), HOSTILE, ids=[name for name, _ in HOSTILE])
def test_a_catalogue_that_names_it_is_not_even_proposed(name: str, text: str) -> None:
    make_city()
    before = counted("catalogue_edition")
    with pytest.raises(EditionFaulty):
        propose(text)
    assert counted("catalogue_edition") == before


PENALTY = "    decision_of_one: true\n    sharing: on_consent"
DISGUISES = {
    "detention accepted": (
        "en: administrative detention, refused: public_security_penalty",
        "en: administrative detention",
    ),
    "simplified procedure accepted": (", refused: simplified_procedure", ""),
    "an age under 18": (PENALTY, f"    minimum_age: 17\n{PENALTY}"),
    "no document": (PENALTY, f"    document_needed: false\n{PENALTY}"),
    "age at the decision, not at the act": (PENALTY, f"    age_rule: court\n{PENALTY}"),
    "a law of public security": ('law: 安全生产法, article: "78"', 'law: 治安管理处罚法, article: "42"'),
    "an element of the face": ("element: act.kind", "element: person.face"),
    "an element of income": ("element: penalty.fine", "element: person.income"),
    "illness in a help text": ('help_en: "Part several by a semicolon."', 'help_en: "State illness where known."'),
    "religion in a code": ("{value: 警告, en: warning}", "{value: 宗教信仰, en: warning}"),
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_disguise_is_seen_through(disguise: str) -> None:
    make_city()
    before, after = DISGUISES[disguise]
    text = NATIONAL.replace("code: national-2026-unofficial", "code: national-disguised")
    assert before in text, before
    with pytest.raises(EditionFaulty):
        propose(text.replace(before, after))
    assert not counted("catalogue_edition", "code = 'national-disguised'")


@pytest.mark.parametrize("nature", ["neutral", "good"])
def test_a_penalty_under_another_nature_is_still_a_penalty(nature: str) -> None:
    """Called neutral, it would escape age, service, finality and the short display."""
    make_city()
    text = dict(texts("innocent"))["students"]
    text = changed(text, "nature: good", f"nature: {nature}")
    text = changed(text, "element: honour.reason", "element: penalty.content")
    with pytest.raises(EditionFaulty):
        propose(text)


NEVER = re.compile(
    r"relig|ethnic|nationality|politic|petition|complaint|gene|dna|finger|face|voice|gait|iris|biometric|blood|illness|"
    r"disease|medical|health|sexual|movement|track|location|communicat|call_|contact_list|browsing|search_|purchase|"
    r"shopping|social_media|income|salary|saving|wealth|family|household|spouse|parent_name|child|race|hobby",
    re.I,
)
ALLOWED_COLUMNS = {"offices_organisation.parent_id": "the office above an office"}


def test_no_element_means_it() -> None:
    found = {code for code in ELEMENTS if NEVER.search(code)}
    assert not found
    assert len(ELEMENTS) > 50


def test_no_column_of_ours_could_hold_it() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND table_name ~ '^(foundation|offices|persons|catalogue|records|collection|access)_'"
        )
        columns = {str(name) for (name,) in cursor.fetchall()}
    assert len(columns) > 200
    assert {name for name in columns if NEVER.search(name)} <= set(ALLOWED_COLUMNS)


BIOMETRIC = re.compile(
    r"^(face[-_]|.*face[-_]?recognition|opencv|dlib|insightface|deepface|mediapipe|speechbrain|resemblyzer|pyannote"
    r"|tensorflow|torch|onnxruntime|keras|scikit-image|pillow|geoip|geopy|haversine)",
    re.I | re.M,
)


def test_nothing_is_installed_that_reads_a_face_a_voice_or_a_place() -> None:
    lock = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    assert "django==" in lock
    assert not BIOMETRIC.search(lock)


def test_no_page_asks_for_a_camera_a_microphone_or_a_place() -> None:
    pages = [*(PROJECT / "chengxin").rglob("*.html"), *(PROJECT / "chengxin").rglob("*.js")]
    assert len(pages) > 50
    asking = re.compile(r"getUserMedia|geolocation|<input[^>]*\bcapture\b|accept=\"(image|audio|video)", re.I)
    assert not [page.name for page in pages if asking.search(page.read_text(encoding="utf-8"))]


# ---- through a supplier's file -------------------------------------------------------------------------------------


PASSPORT = practice_passport(random.Random(2))


def young(born: date) -> dict[str, str]:
    number, name = invented_identity(born)
    return {"CF_XDR_MC": name, "CF_XDR_ZJHM": number}


# what is wrong -> the cells that carry it, and the reason with which the row goes back
SENT_BACK: dict[str, tuple[dict[str, str], str]] = {
    "an act at 17": (young(date(2008, 8, 1)) | {"CX_XWRQ": "2026-02-01"}, "under_age"),
    "an act on the 18th birthday": (young(date(2008, 2, 1)) | {"CX_XWRQ": "2026-02-01"}, "under_age"),
    "an act at no date, by somebody of 24": (young(date(2002, 1, 1)) | {"CX_XWRQ": ""}, "act_date_missing"),
    "a passport without a birth date": ({"CF_XDR_ZJLX": "02", "CF_XDR_ZJHM": PASSPORT}, "birth_date_unknown"),
    "a public-security penalty by its law": ({"CF_YJ": "《中华人民共和国治安管理处罚法》第四十二条"}, "law_refused"),
    "drugs": ({"CF_YJ": "《中华人民共和国禁毒法》第六十二条"}, "law_refused"),
    "a fine beside a law of public security": (
        {"CF_YJ": "《中华人民共和国食品安全法》第一百二十四条、《治安管理处罚法》第四十三条"},
        "law_refused",
    ),
    "a detention": ({"CF_CFLB": "行政拘留"}, "public_security_penalty"),
    "a detention among other penalties": ({"CF_CFLB": "罚款；行政拘留"}, "public_security_penalty"),
    "a simplified procedure": ({"CX_CXLX": "简易程序"}, "simplified_procedure"),
    "a penalty on the spot": ({"CX_CXLX": "当场处罚"}, "simplified_procedure"),
    "no procedure": ({"CX_CXLX": ""}, "cell_missing"),
    "no document": ({"CF_WSH": ""}, "cell_missing"),
    "no deciding body": ({"CF_CFJG": ""}, "cell_missing"),
    "no law": ({"CF_YJ": ""}, "cell_missing"),
    "an organisation": ({"CF_XDR_LB": "法人及非法人组织"}, "not_a_person"),
    "a masked number": ({"CF_XDR_ZJHM": "0001************1X"}, "number_masked"),
}


@pytest.mark.parametrize("what", SENT_BACK)
def test_a_row_that_may_not_be_is_sent_back_and_leaves_nothing(what: str) -> None:
    supplier = make_supplier()
    cells, reason = SENT_BACK[what]
    row: Row = make_decision(supplier).cells() | {"CX_CSRQ": ""} | cells
    before = ledger()
    batch = hand_in(supplier, row)
    assert outcomes(batch) == [Outcome.REFUSED]
    (refused,) = collection.refusals_of(batch.id)
    assert refused.reason == reason
    assert ledger() == before
    secrets = [row["CF_XDR_ZJHM"], row["CF_XDR_MC"], row["CF_WSH"]]
    for role in ROLES:
        assert not told_in(everything_readable(role), [secret for secret in secrets if secret]), role


@pytest.mark.parametrize(("birthday", "outcome"), [("of_listing", Outcome.REFUSED), ("day_before", Outcome.NEW)])
def test_a_court_lists_nobody_under_18(birthday: str, outcome: Outcome) -> None:
    """Court rows tell no day of the act: the age is asked at the listing, and the birthday itself is not yet 18."""
    supplier, listed = make_supplier(kind="court"), date(2026, 5, 11)
    item = catalogue.edition_on(NOW.date()).items["court_defaulter"]
    (made,) = RowMaker(item, supplier.office.org_code, NOW.date(), mess=0).rows(1)
    number, name = invented_identity(date(2008, 5, 11 if birthday == "of_listing" else 10))
    role = {role: spec.code for role, spec in item.by_role.items()}
    row: Row = {code: cell or "" for code, cell in made.items()} | {
        role[FieldRole.DOCUMENT_NUMBER]: number,
        role[FieldRole.PERSON_NAME]: name,
        role[FieldRole.DECIDED_ON]: listed.isoformat(),
        role[FieldRole.SERVED_ON]: listed.isoformat(),
    }
    batch = hand_in(supplier, row, item=item.code)
    assert outcomes(batch) == [outcome]
    assert [one.reason for one in collection.refusals_of(batch.id)] == ["under_age"] * (outcome is Outcome.REFUSED)


HELD = {
    "illness": "当事人患有精神分裂症，未按规定公示许可证。",
    "family": "当事人之妻代为经营，离婚后仍未改正。",
    "religion": "当事人系佛教徒，在寺院旁摆摊。",
    "petition": "当事人多次越级上访，拒不改正。",
    "illness in English": "He has diabetes and did not show the licence.",
}


@pytest.mark.parametrize("matter", HELD)
def test_free_text_that_touches_it_waits_sealed_for_a_person_to_look(matter: str) -> None:
    supplier = make_supplier()
    decision = make_decision(supplier, facts=HELD[matter])
    before = ledger()
    batch = hand_in(supplier, decision)
    assert outcomes(batch) == [Outcome.QUARANTINED]
    (row,) = collection.held_of_batch(batch.id)
    assert row.reason == "free_text_forbidden_matter"
    assert ledger() == before
    for role in ROLES:
        assert not told_in(everything_readable(role), [HELD[matter], decision.document, decision.name]), role


def test_innocent_words_enter() -> None:
    supplier = make_supplier()
    batch = hand_in(supplier, make_decision(supplier, facts="未建立进货查验记录制度，没收违法所得。"))
    assert outcomes(batch) == [Outcome.NEW]


def test_the_shipped_item_has_every_gate_that_these_rows_met() -> None:
    penalty = edition("national").items["penalty"]
    assert penalty.minimum_age == 18
    assert penalty.document_needed
    refused = {code.refused for spec in penalty.fields for code in spec.codes if code.refused}
    assert {"public_security_penalty", "simplified_procedure", "not_a_person"} <= refused
