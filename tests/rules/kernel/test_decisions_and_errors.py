import ast
import importlib
import pickle
import pkgutil
import re
import sys
from pathlib import Path

import pytest

from chengxin import kernel
from chengxin.kernel.decisions import ALLOWED, Refused, first_refusal, is_allowed, require
from chengxin.kernel.errors import BadInput, ChengxinError, Conflict, NotFound, Refusal, Unavailable, error_family

REFUSED = Refused("not_yours", "行政处罚法 48", {"entry": "x"})
ROOM = Path(kernel.__path__[0])


def test_require_raises_the_refusal_with_all_it_says() -> None:
    require(ALLOWED)
    with pytest.raises(Refusal) as raised:
        require(REFUSED)
    assert raised.value.refused is REFUSED
    assert raised.value.data == {"reason": "not_yours", "basis": "行政处罚法 48", "entry": "x"}


def test_the_yes_no_twin_and_the_first_refusal() -> None:
    assert is_allowed(ALLOWED)
    assert not is_allowed(REFUSED)
    other = Refused("other", "charter 5")
    assert first_refusal(ALLOWED, REFUSED, other) is REFUSED
    assert first_refusal(ALLOWED) is ALLOWED
    assert other.data == {}


def test_errors_and_refusals_can_be_sent_to_another_process() -> None:
    for error in (Refusal(REFUSED), NotFound(thing="entry")):
        copy = pickle.loads(pickle.dumps(error))
        assert (type(copy), copy.data) == (type(error), error.data)


def test_an_error_says_its_sentence_and_its_data() -> None:
    assert str(NotFound(thing="batch")) == "not_found: There is no such thing, or it is not yours to see. (thing=batch)"
    with pytest.raises(TypeError):
        NotFound(thing="batch").data["thing"] = "other"  # type: ignore[index]


def test_the_family_is_complete_and_each_code_is_one_class() -> None:
    for module in pkgutil.iter_modules(kernel.__path__):
        importlib.import_module(f"chengxin.kernel.{module.name}")
    family = error_family()
    assert {ChengxinError, Refusal, BadInput, NotFound, Conflict, Unavailable} <= set(family.values())
    for code, error in family.items():
        assert error.code == code
        assert re.fullmatch(r"[A-Z].*\.", error.sentence())


@pytest.mark.parametrize(
    ("doc", "code", "fault"),
    [
        (None, "kernel_test_no_sentence", "docstring"),
        ("A sentence.", None, "code"),
        ("A sentence.", "Not-Snake", "code"),
        ("A sentence.", "bad_input", "belongs to BadInput"),
    ],
)
def test_a_class_without_sentence_or_code_of_its_own_does_not_load(
    doc: str | None, code: str | None, fault: str
) -> None:
    body = {"__doc__": doc} | ({"code": code} if code else {})
    before = dict(error_family())
    with pytest.raises(TypeError, match=fault):
        type("Broken", (BadInput,), body)
    assert dict(error_family()) == before


def test_the_room_imports_the_standard_library_only() -> None:
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, path
                names = [node.module or ""]
            for name in names:
                assert name.split(".")[0] in sys.stdlib_module_names or name.startswith("chengxin.kernel"), path
