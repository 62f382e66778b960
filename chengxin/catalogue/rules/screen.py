"""Screening for what is never collected: names in a catalogue (behind the dictionary of elements), free text of rows.

Names are folded first (width, case, separators, spaced letters, traditional characters of the words in question), so
that `宗 教`, `ｒｅｌｉｇｉｏｎ` and `BLOOD_TYPE` do not pass. Rows are matched as they are: `forbidden_matter` is the
oracle, and `ROW_INNOCENT_PATTERN`, `ROW_PATTERNS` and `ROW_TRIGGERS` are the same thing for a vectorised screening. Both answer
alike: mask every innocent phrase, then the first pattern that matches names the clause.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from chengxin.catalogue.rules.clauses import CLAUSES
from chengxin.catalogue.rules.name_words import NAME_EN, NAME_INNOCENT_EN, NAME_INNOCENT_ZH, NAME_ZH
from chengxin.catalogue.rules.row_words import PEOPLES, ROW_EN, ROW_INNOCENT, ROW_ZH
from chengxin.catalogue.terms import Clause

ROW_MASK = "〇"
"""What an innocent phrase is replaced with before the patterns are tried."""

_TRADITIONAL = str.maketrans(
    "種親屬財產險隱病歷遺傳紋臉聲徵黨員階級資務費積評級訪訴舉報薪儲蓄證務婚姻戶歲齡軌跡蹤程聯繫購買費訂單齒網頁頻頁宗敎",
    "种亲属财产险隐病历遗传纹脸声征党员阶级资务费积评级访诉举报薪储蓄证务婚姻户岁龄轨迹踪程联系购买费订单齿网页频页宗教",
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_LATIN = re.compile(r"[^a-z0-9]+")
_SPACED = re.compile(r"(?<![a-z0-9])(?:[a-z] ){2,}[a-z](?![a-z0-9])")

_INNOCENT_ZH = re.compile(NAME_INNOCENT_ZH)
_INNOCENT_EN = re.compile(rf"\b(?:{NAME_INNOCENT_EN})\b")
_ZH = tuple((code, re.compile(pattern)) for code, pattern in NAME_ZH.items())
_EN = tuple((code, re.compile(rf"\b(?:{pattern})\b"), re.compile(pattern)) for code, pattern in NAME_EN.items())


def fold(text: str) -> tuple[str, str]:
    """The two folded forms of a name: Chinese with nothing between characters, Latin as words parted by one blank."""
    flat = _flat(text)
    latin = _SPACED.sub(lambda found: found[0].replace(" ", ""), _latin(text))
    return "".join(character for character in flat.lower() if character.isalnum()), latin


def _flat(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_TRADITIONAL)


def _latin(text: str) -> str:
    return _NOT_LATIN.sub(" ", _CAMEL.sub(" ", _flat(text)).lower()).strip()


@lru_cache(maxsize=4096)
def forbidden_name(text: str) -> Clause | None:
    """The clause that a name, label, help or code of a catalogue breaks, or None."""
    chinese, latin = fold(text)
    chinese = _INNOCENT_ZH.sub(ROW_MASK, chinese)
    for code, pattern in _ZH:
        if pattern.search(chinese):
            return CLAUSES[code]
    # words spelled out letter by letter ran together when folded: any forbidden word inside them counts
    spelled = " ".join(run.replace(" ", "") for run in _SPACED.findall(_latin(text)))
    latin = _INNOCENT_EN.sub(ROW_MASK, latin)
    for code, pattern, anywhere in _EN:
        if pattern.search(latin) or anywhere.search(spelled):
            return CLAUSES[code]
    return None


def _row_pattern(code: str) -> str:
    parts = [ROW_ZH[code]] if code in ROW_ZH else []
    if code == "ethnicity":
        parts.append(f"(?:{PEOPLES})族")
    if code in ROW_EN:
        parts.append(f"(?:^|[^A-Za-z])(?i:{ROW_EN[code]})(?:[^A-Za-z]|$)")
    return "|".join(parts)


ROW_INNOCENT_PATTERN = ROW_INNOCENT
"""One regular expression: replace every match by `ROW_MASK` before trying `ROW_PATTERNS`."""

ROW_PATTERNS: tuple[tuple[str, str], ...] = tuple(
    (code, _row_pattern(code)) for code in CLAUSES if code in ROW_ZH or code in ROW_EN
)
"""(clause code, regular expression), in the order in which they are tried."""

ROW_TRIGGERS: tuple[str, ...] = tuple(
    sorted({word for words in (*ROW_ZH.values(), *ROW_EN.values()) for word in words.split("|")} | {"族"})
)
"""Every match of a row pattern holds one of these literals (ASCII letters in any case): a cheap first look."""

_ROW_INNOCENT = re.compile(ROW_INNOCENT_PATTERN)
_ROW = tuple((code, re.compile(pattern)) for code, pattern in ROW_PATTERNS)


def forbidden_matter(text: str) -> Clause | None:
    """The clause that the free text of a row touches (F10: the row is quarantined), or None."""
    masked = _ROW_INNOCENT.sub(ROW_MASK, text)
    for code, pattern in _ROW:
        if pattern.search(masked):
            return CLAUSES[code]
    return None
