"""The text of a look is canonical, whatever stands in it, and every part of it is in it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from chengxin.access.rules.looks import leaf
from chengxin.access.terms import Looker
from chengxin.kernel.canonical import canonical_json

AT = datetime(2026, 6, 1, 4, tzinfo=UTC)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
UIDS = st.none() | st.uuids()


def looked(**more: Any) -> dict[str, Any]:
    """A look, with what a test changes of it."""
    plain: dict[str, Any] = {
        "uid": UUID(int=7), "at": AT, "looker": Looker("client", None, None, UUID(int=8), "", UUID(int=9)), "purpose": "loan",
        "ground": ("个人信息保护法", "13"), "case_ref": "", "entries": [{"uid": "a", "version": 1}], "fields": ["licence:XK"],
        "outcome": "shown", "operation": "check", "consent": UUID(int=3), "reason": "", "emergency": False, "opens_at": None,
        "request_key": b"",
    }  # fmt: skip
    return plain | more


@given(
    kind=WORDS,
    role=WORDS,
    purpose=WORDS,
    law=WORDS,
    case=WORDS,
    uids=st.lists(WORDS, max_size=3),
    fields=st.lists(WORDS, max_size=3),
    reason=WORDS,
    somebody=st.tuples(UIDS, UIDS, UIDS, UIDS),
    emergency=st.booleans(),
    days=st.none() | st.integers(0, 400),
    key=st.binary(max_size=16),
)
def test_it_is_canonical(
    kind: str,
    role: str,
    purpose: str,
    law: str,
    case: str,
    uids: list[str],
    fields: list[str],
    reason: str,
    somebody: tuple[UUID | None, ...],
    emergency: bool,
    days: int | None,
    key: bytes,
) -> None:
    official, office, client, consent = somebody
    text = leaf(
        **looked(
            looker=Looker(kind, None, official, office, role, client), purpose=purpose, ground=(law, "1"), case_ref=case,
            entries=[{"uid": one, "version": n} for n, one in enumerate(uids)], fields=fields, reason=reason, consent=consent,
            emergency=emergency, opens_at=None if days is None else AT + timedelta(days=days), request_key=key,
        )
    )  # fmt: skip
    assert canonical_json(json.loads(text)) == text


def test_every_part_changes_it() -> None:
    others: dict[str, Any] = {
        "uid": uuid4(), "at": AT + timedelta(seconds=1), "purpose": "other", "ground": ("个人信息保护法", "14"), "case_ref": "1",
        "entries": [], "fields": [], "outcome": "failed", "operation": "look_up", "consent": None, "reason": "x",
        "emergency": True, "opens_at": AT, "request_key": b"k",
    }  # fmt: skip
    texts = {leaf(**looked(**{name: other})) for name, other in others.items()}
    lookers = [
        Looker("official", None, None, UUID(int=8), "", UUID(int=9)),
        Looker("client", None, UUID(int=1), UUID(int=8), "", UUID(int=9)),
        Looker("client", None, None, None, "", UUID(int=9)), Looker("client", None, None, UUID(int=8), "x", UUID(int=9)),
        Looker("client", None, None, UUID(int=8), "", None),
    ]  # fmt: skip
    texts |= {leaf(**looked(looker=one)) for one in lookers}
    assert len(texts | {leaf(**looked())}) == len(others) + len(lookers) + 1
    assert set(looked()) == {*others, "looker"}


def test_a_list_is_told_from_what_looks_like_it() -> None:
    """Rows are read back from JSON: another type, or one member more, is another look."""
    entries: list[list[dict[str, Any]]] = [
        [{"uid": "a", "version": 1}], [{"uid": "a", "version": "1"}], [{"uid": "a", "version": 1, "more": 1}],
    ]  # fmt: skip
    fields: list[list[Any]] = [["1"], [1]]
    assert len({leaf(**looked(entries=one)) for one in entries}) == 3
    assert len({leaf(**looked(fields=one)) for one in fields}) == 2


def test_a_moment_written_in_two_ways_is_two_texts() -> None:
    """Equal moments are not one text: what looks have in common is remembered as it is written."""
    there = AT.astimezone(timezone(timedelta(hours=8)))
    assert there == AT
    assert [b'"at":"2026-06-01T12:00:00+08:00"' in leaf(**looked(at=at)) for at in (AT, there, AT)] == [
        False,
        True,
        False,
    ]
