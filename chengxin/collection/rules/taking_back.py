"""What the reason of a withdrawal says: whether the entry was wrong from the first, or no longer stands."""

from __future__ import annotations

from chengxin.collection.terms.taking_back import REMOVED, WRONGLY_LISTED, TakenBack


def kept_reason(because: TakenBack, words: str) -> str:
    """Code and words of the office, as the entry's mark keeps them."""
    return f"{because.value}:{words}"


def because_and_words(reason: str) -> tuple[TakenBack | None, str]:
    """Both of them again; None and the whole where another hand wrote the mark."""
    code, colon, words = reason.partition(":")
    return (TakenBack(code), words) if colon and code in set(TakenBack) else (None, reason)


def removed_reason(code: str) -> str:
    """The reason of a mark that a row set by which its source deletes the entry. ``code``: the source's own."""
    return f"{REMOVED}:{code}"


def proves_an_error(reason: str) -> bool:
    """Whether a withdrawal for this reason proves that what was supplied was wrong (个人信息保护法 8).

    A decision that was changed, revoked or found unlawful was what the source supplied, and says nothing of other rows.
    """
    return because_and_words(reason)[0] is TakenBack.WRONG or reason == removed_reason(WRONGLY_LISTED)
