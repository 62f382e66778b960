"""JSON in its one canonical form, RFC 8785: what is committed to and signed must be the same bytes for everybody."""

import math
from decimal import Decimal
from json.encoder import encode_basestring

from chengxin.kernel.errors import BadInput

_LARGEST_INT = 2**53


class NotCanonical(BadInput):
    """This value has no canonical JSON form."""

    code = "not_canonical"


def canonical_json(value: object) -> bytes:
    """UTF-8 bytes of `value` by RFC 8785.

    Takes str, int, float, bool, None, lists, tuples and dicts with str keys. Raises `NotCanonical` for anything
    else: whole numbers beyond 2**53 (a reader in ECMAScript would lose digits), NaN and infinities, lone surrogates,
    Decimal and dates (pass them as strings, so that the one who writes decides the form).
    """
    parts: list[str] = []
    _write(value, parts)
    try:
        return "".join(parts).encode("utf-8")
    except UnicodeEncodeError:
        raise NotCanonical(why="lone_surrogate") from None


def _write(value: object, parts: list[str]) -> None:
    match value:
        case None:
            parts.append("null")
        case bool():
            parts.append("true" if value else "false")
        case str():
            parts.append(_text(value))
        case int():
            if abs(value) > _LARGEST_INT:
                raise NotCanonical(why="integer_beyond_2_53")
            parts.append(int.__repr__(value))
        case float():
            parts.append(_number(value))
        case list() | tuple():
            parts.append("[")
            for index, element in enumerate(value):
                if index:
                    parts.append(",")
                _write(element, parts)
            parts.append("]")
        case dict():
            _write_object(value, parts)
        case _:
            raise NotCanonical(why="type_without_form", type=type(value).__name__)


def _write_object(value: dict[object, object], parts: list[str]) -> None:
    keys = [key for key in value if isinstance(key, str)]
    if len(keys) != len(value):
        raise NotCanonical(why="key_not_text")
    parts.append("{")
    for index, key in enumerate(sorted(keys, key=_utf16)):
        if index:
            parts.append(",")
        parts.append(_text(key))
        parts.append(":")
        _write(value[key], parts)
    parts.append("}")


def _utf16(key: str) -> bytes:
    """RFC 8785, 3.2.3: keys are ordered by UTF-16 code units, not by code points."""
    try:
        return key.encode("utf-16-be")
    except UnicodeEncodeError:
        raise NotCanonical(why="lone_surrogate") from None


def _text(text: str) -> str:
    # json escapes exactly what RFC 8785, 3.2.2.2 orders: the two-letter forms, else \u00xx in small letters.
    return encode_basestring(str(text))


def _number(number: float) -> str:
    """ECMAScript's Number::toString, whose shortest digits are those of Python's repr."""
    if not math.isfinite(number):
        raise NotCanonical(why="number_not_finite")
    if number == 0:
        return "0"
    sign, digits, exponent = Decimal(float.__repr__(number)).normalize().as_tuple()
    assert isinstance(exponent, int)
    text = "".join(map(str, digits))
    point = len(text) + exponent
    if len(text) <= point <= 21:
        shown = text + "0" * (point - len(text))
    elif 0 < point <= 21:
        shown = f"{text[:point]}.{text[point:]}"
    elif -6 < point <= 0:
        shown = "0." + "0" * -point + text
    else:
        mantissa = text if len(text) == 1 else f"{text[0]}.{text[1:]}"
        shown = f"{mantissa}e{point - 1:+d}"
    return "-" + shown if sign else shown
