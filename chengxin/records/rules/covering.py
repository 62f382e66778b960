"""Covering what a statement says about other people: their passages, word for word, and never all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chengxin.kernel.decisions import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

COVER: Final = "■■■"
"""Stands in the place of each passage; as long whatever it covers."""
_BASIS: Final = "个人信息保护法 6"


def covered(text: str, passages: Iterable[str]) -> str | Refused:
    """The statement with each of these passages covered wherever it stands; every other character is its person's own.

    Refused where nothing is named, where a passage does not stand there word for word, and where no word would be left:
    nobody decides to remove a statement.
    """
    named = sorted({one.strip() for one in passages if one.strip()}, key=len, reverse=True)
    if not named:
        return Refused("cover_nothing_named", _BASIS)
    spans: list[tuple[int, int]] = []
    for one in named:
        found = _places(text, one)
        if not found:
            return Refused("cover_not_word_for_word", _BASIS, {"passage": one})
        spans += found
    pieces: list[str] = []
    reached = 0
    for start, end in _merged(spans):
        pieces.append(text[reached:start])
        reached = end
    pieces.append(text[reached:])
    if not any(letter.isalnum() for letter in "".join(pieces)):
        return Refused("cover_leaves_nothing", _BASIS)
    return COVER.join(pieces)


def _places(text: str, passage: str) -> list[tuple[int, int]]:
    found, start = [], text.find(passage)
    while start >= 0:
        found.append((start, start + len(passage)))
        start = text.find(passage, start + 1)
    return found


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Overlapping passages as one, in their order."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
