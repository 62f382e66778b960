"""One closed family of errors.

The docstring of a class is its English sentence, `code` its stable name, `data` what the sentence speaks of. A door
has one table from code to answer; a class without a sentence, or with a code already taken, does not load.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from chengxin.kernel.decisions import Refused

_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


class ChengxinError(Exception):
    """Something went wrong in the platform."""

    code: ClassVar[str] = "error"
    data: Mapping[str, object]

    def __init__(self, **data: object) -> None:
        """`data` holds plain values that a door may show; never a person's number, name or content."""
        super().__init__(self.sentence())
        self.data = MappingProxyType(data)

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        if not (cls.__dict__.get("__doc__") or "").strip():
            raise TypeError(f"{cls.__qualname__} needs a docstring: it is the sentence people read")
        code = cls.__dict__.get("code")
        if not isinstance(code, str) or not _CODE.fullmatch(code):
            raise TypeError(f"{cls.__qualname__} needs a code of its own in snake_case")
        if code in _FAMILY:
            raise TypeError(f"{cls.__qualname__}: the code {code} belongs to {_FAMILY[code].__qualname__}")
        _FAMILY[code] = cls

    @classmethod
    def sentence(cls) -> str:
        """The English sentence: the first paragraph of the class's docstring, on one line."""
        return " ".join((cls.__doc__ or "").strip().split("\n\n")[0].split())

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.data.items())
        return f"{self.code}: {self.sentence()}" + (f" ({told})" if told else "")

    def __reduce__(self) -> tuple[object, ...]:
        return _remade, (type(self), dict(self.data))


def _remade(kind: type[ChengxinError], data: dict[str, object]) -> ChengxinError:
    return kind(**data)


_FAMILY: dict[str, type[ChengxinError]] = {ChengxinError.code: ChengxinError}


def error_family() -> Mapping[str, type[ChengxinError]]:
    """Every class of the family that has been imported, by its code."""
    return MappingProxyType(_FAMILY)


class Refusal(ChengxinError):
    """A rule refuses this act."""

    code = "refused"
    refused: "Refused"

    def __init__(self, refused: "Refused") -> None:
        super().__init__(**{**refused.data, "reason": refused.reason, "basis": refused.basis})
        self.refused = refused

    def __reduce__(self) -> tuple[object, ...]:
        return Refusal, (self.refused,)


class BadInput(ChengxinError):
    """What was handed in cannot be read as what it should be."""

    code = "bad_input"


class NotFound(ChengxinError):
    """There is no such thing, or it is not yours to see."""

    code = "not_found"


class Conflict(ChengxinError):
    """Someone or something else changed this meanwhile."""

    code = "conflict"


class Unavailable(ChengxinError):
    """A part that this act needs is out of reach for the moment."""

    code = "unavailable"
