"""What the answer file says beside each row: the sentence of its reason, in both languages. Used by page and command."""

from __future__ import annotations

from chengxin.doors.wording import Language, has, reason


def what_to_do(code: str, field: str, detail: str) -> tuple[str, str]:
    """(code, field, detail) -> what to do, in Chinese and in English; "" for a code that asks for nothing.

    `collection.answer_for` wants it as its `say`. An empty `detail` is one that many rows of the count do not share.
    """
    return _said(code, detail, "zh"), _said(code, detail, "en")


def _said(code: str, detail: str, language: Language) -> str:
    if not has(f"reasons.{code}.do"):
        return ""
    told = reason(code, language, detail=detail)
    return f"{told.what}{told.do}" if language == "zh" else f"{told.what} {told.do}"
