"""What may be looked up before anything is asked: purposes, keys, vectors, the document of this API; and its problem pages."""

from __future__ import annotations

import base64
import json
import re
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.test import Client
from http_message_signatures import HTTPMessageVerifier, MappingKeyResolver
from http_message_signatures.algorithms import ED25519

from chengxin.doors.entrance import Who, entrance_of
from chengxin.doors.machine import vectors
from chengxin.doors.machine.api import api
from chengxin.doors.machine.handler import is_for_machines
from chengxin.doors.machine.problems import PUBLISHED, Problem
from chengxin.doors.machine.problems import told as sentences_of
from chengxin.doors.machine.urls import urlpatterns
from chengxin.doors.wording import LANGUAGES
from chengxin.foundation import keyring
from chengxin.kernel.documents import DocumentKind, check_document
from tests.doors.machine.calling import ShortWay, code_of, make_machine, told
from tests.making import make_asker
from tests.rooms.collection.making import Supplier


def test_a_client_sees_the_purposes_of_its_own_kind(supplier: Supplier) -> None:
    bank, insurer = make_machine(), make_machine(organisation=make_asker(kind="insurer"))
    codes = [{one["code"] for one in told(machine.get("/v1/purposes"))["purposes"]} for machine in (bank, insurer)]
    assert codes == [{"credit_on_consent", "account_identity"}, {"account_identity"}]
    (loan,) = [one for one in told(bank.get("/v1/purposes"))["purposes"] if one["code"] == "credit_on_consent"]
    assert loan["basis"] == "consent"
    assert "CF_WFXW" in loan["items"]["penalty"]


def test_our_keys_are_public() -> None:
    told_keys = told(ShortWay().get("/v1/keys"))["keys"]
    signature = keyring.current().sign(b"anything")
    key = next(base64.b64decode(one["key"]) for one in told_keys if one["version"] == signature[0])
    Ed25519PublicKey.from_public_bytes(key).verify(signature[1:], b"anything")


# --- the document -----------------------------------------------------------------------------------------------------------


def test_the_document_names_every_address_and_what_each_answers() -> None:
    document = told(ShortWay().get("/v1/openapi.json"))
    assert document["openapi"].startswith("3.1")
    described = {re.sub(r"\{(\w+)\}", "<>", path) for path in document["paths"]}
    served = {f"/{re.sub(r'<[^>]+>', '<>', str(pattern.pattern))}" for pattern in urlpatterns} - {"/oauth/token"}
    assert described == served
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            for status, response in operation["responses"].items():
                kind = "application/problem+json" if int(status) >= 400 else None
                assert kind is None or list(response["content"]) == [kind], (path, method, status)


def test_every_operation_declares_its_entrant() -> None:
    for pattern in urlpatterns:
        declared = entrance_of(pattern.callback)
        assert declared is not None
        assert declared.who in {Who.PUBLIC, Who.CLIENT, Who.CLIENT_ASKING, Who.CLIENT_SUPPLYING}
    document = api.get_openapi_schema()
    secured = {path for path, methods in document["paths"].items() for one in methods.values() if "security" in one}
    assert set(document["paths"]) - secured == {"/v1/keys", "/v1/vectors.json", "/v1/openapi.json"}


# --- vectors ----------------------------------------------------------------------------------------------------------------


class _Message:
    def __init__(self, case: dict[str, str], headers: dict[str, str]) -> None:
        self.method, self.url, self.headers = case["method"], case["url"], headers


class _Timeless(HTTPMessageVerifier):
    def validate_created_and_expires(self, sig_input: object, max_age: object = None) -> None:
        """Vectors are of one fixed moment."""


def test_another_projects_verifier_accepts_every_vector() -> None:
    told_vectors = told(ShortWay().get("/v1/vectors.json"))["signatures"]
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(told_vectors["public_key"]))
    resolver = MappingKeyResolver(public_keys={told_vectors["key_id"]: key}, private_keys={})
    verifier = _Timeless(signature_algorithm=ED25519, key_resolver=resolver)
    assert len(told_vectors["cases"]) > 3
    for case in told_vectors["cases"]:
        headers = {**case["headers"], "signature-input": case["signature_input"], "signature": case["signature"]}
        (found,) = verifier.verify(_Message(case, headers), body=case["body"].encode() or None)
        base = "\n".join(f"{name}: {value}" for name, value in found.covered_components.items())
        assert base == case["signature_base"]


def test_vectors_of_documents_say_what_the_platform_says() -> None:
    documents = told(ShortWay().get("/v1/vectors.json"))["documents"]
    on = date.fromisoformat(documents["on"])
    for case in documents["cases"]:
        assert check_document(DocumentKind(case["kind"]), case["number"], today=on).ok is case["ok"]
    assert {case["ok"] for case in documents["cases"]} == {True, False}
    assert {case["kind"] for case in documents["cases"]} == {kind.value for kind in DocumentKind}
    found = [check_document(DocumentKind(case["kind"]), case["number"], today=on) for case in documents["cases"]]
    assert all(one.practice for one in found if one.ok), "numbers that could belong to somebody"


def test_the_vectors_private_key_is_the_one_of_the_rfc() -> None:
    """RFC 9421, B.1.4: everybody knows it, and nobody may register it for anything."""
    assert base64.urlsafe_b64encode(vectors.SEED).decode() == "n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU="


# --- problems ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", sorted(PUBLISHED))
def test_every_code_has_its_sentences_and_its_page(code: str) -> None:
    assert all(all(sentences_of(code, language, {})) for language in LANGUAGES)
    for language in LANGUAGES:
        client = Client()
        client.cookies["language"] = language
        page = client.get(f"/v1/problems/{code}")
        assert page.status_code == 200
        assert code in page.content.decode()
    assert f'href="/v1/problems/{code}"' in Client().get("/v1/problems/").content.decode()


def test_a_code_that_is_not_published_has_no_page() -> None:
    assert Client().get("/v1/problems/nothing_like_it").status_code == 404


def test_every_problem_of_the_door_is_published() -> None:
    assert {kind.code: kind.status for kind in Problem.__subclasses__()}.items() <= PUBLISHED.items()


def test_the_pages_for_people_come_the_long_way() -> None:
    assert is_for_machines("/v1/checks")
    assert is_for_machines("/oauth/token")
    assert not is_for_machines("/v1/problems/no_answer")
    assert not is_for_machines("/my/record/")


def test_an_address_that_is_none_is_a_problem_too() -> None:
    machine = make_machine(signs=False)
    for address in ("/v1/nothing", "/oauth/nothing", "/v1/cases/not-a-uid/close", "/v1/batches/%00"):
        answer = machine.get(address)
        assert code_of(answer) == (404, "not_found"), address
    assert code_of(machine.call("DELETE", "/v1/cases", b"", {})) == (405, "method_not_allowed")


def test_the_answer_to_a_lost_database_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def lost(*_: object) -> None:
        raise OperationalError("gone")

    machine = make_machine(signs=False)
    monkeypatch.setattr("chengxin.offices.facade.client_for", lost)
    answer = machine.get("/v1/client")
    assert code_of(answer) == (503, "unavailable")
    assert answer.headers["Retry-After"] == "60"
    assert json.loads(answer.content)["reference"]
