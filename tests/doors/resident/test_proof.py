"""A person carries away the proof of a look, and checks it without us."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http import HTTPStatus
from uuid import uuid4

import pytest

from chengxin.access import facade as access
from chengxin.foundation import clock
from chengxin.foundation.database import as_person
from tests.doors.signing import signed_in
from tests.people import NOW
from tests.residents import Resident, found_city_with_catalogue, make_resident


@pytest.fixture(scope="module", autouse=True)
def _city(city: None) -> Iterator[None]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield


def looked_at() -> tuple[Resident, str]:
    """Somebody whose file was looked at, and where the proof of that stands."""
    resident = make_resident()
    access.own_file(actor=resident.someone.actor, person_id=resident.person_id, at=NOW)
    with as_person(resident.person_id):
        (look,) = access.looks_of(resident.person_id, at=NOW)
    return resident, f"/my/looks/{look.uid}/proof"


def test_the_file_holds_by_itself_and_one_changed_sign_does_not() -> None:
    resident, address = looked_at()
    access.sequence_log(at=NOW)
    answer = signed_in(resident.account).get(f"{address}.json")
    assert answer["Content-Disposition"].startswith("attachment")
    keys = [key.text() for key in access.log_keys()]
    content = answer.content.decode()
    proof = access.proof_of(content)
    assert access.proof_fault(proof, keys) is None
    assert json.loads(proof.text)["purpose"] == "own_file"
    told = json.loads(content)
    for name, other in (
        ("index", told["index"] + 1),
        ("salt", told["text"]),
        ("text", told["salt"]),
        ("path", told["path"][1:]),
    ):
        if told[name] != other:
            bent = access.proof_of(json.dumps({**told, name: other}))
            assert access.proof_fault(bent, keys) == "not_in_the_tree", name


def test_the_page_shows_the_leaf_and_leaves_a_look_of_its_own() -> None:
    resident, address = looked_at()
    access.sequence_log(at=NOW)
    for language in ("zh", "en"):
        response = signed_in(resident.account, language=language).get(f"{address}/")
        assert response.status_code == HTTPStatus.OK
        page = response.content.decode()
        assert "chengxin.look.v1" in page
        assert page.index("<details") < page.index("chengxin.look.v1"), "what only an engineer reads is folded away"
        assert str(resident.person_id) not in response.content.decode()
    with as_person(resident.person_id):
        assert len(access.looks_of(resident.person_id, at=NOW)) == 3


def test_before_its_checkpoint_it_says_to_come_back() -> None:
    resident, address = looked_at()
    client = signed_in(resident.account, language="en")
    page = client.get(f"{address}/")
    assert page.status_code == HTTPStatus.OK
    assert "The proof is not ready yet" in page.content.decode()
    file = client.get(f"{address}.json")
    assert file.status_code == HTTPStatus.NOT_FOUND
    assert "on its way into the proof log" in file.content.decode()


def test_nobody_gets_the_proof_of_anothers_look() -> None:
    _, address = looked_at()
    access.sequence_log(at=NOW)
    other = make_resident()
    for ending in ("/", ".json"):
        assert signed_in(other.account).get(address + ending).status_code == HTTPStatus.NOT_FOUND
        assert signed_in(other.account).get(f"/my/looks/{uuid4()}/proof{ending}").status_code == HTTPStatus.NOT_FOUND


def test_the_list_of_looks_leads_to_each_proof() -> None:
    resident, address = looked_at()
    assert f'href="{address}/"' in signed_in(resident.account).get("/my/looks/").content.decode()
