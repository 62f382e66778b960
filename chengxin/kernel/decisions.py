"""A decision is a value: allowed, or refused with its reason and legal basis. The yes/no twin is derived from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeAlias

from chengxin.kernel.errors import Refusal


def _nothing() -> Mapping[str, object]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Allowed:
    """The rule lets the act pass."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The rule stops the act.

    `reason` is a stable snake_case code, `basis` the law and article (or the charter's line) it rests on, `data` the
    plain values that the sentence for people needs.
    """

    reason: str
    basis: str
    data: Mapping[str, object] = field(default_factory=_nothing)

    def __reduce__(self) -> tuple[object, ...]:
        return Refused, (self.reason, self.basis, dict(self.data))


Decision: TypeAlias = Allowed | Refused

ALLOWED: Final = Allowed()


def is_allowed(decision: Decision) -> bool:
    """The yes/no twin of a decision."""
    return isinstance(decision, Allowed)


def require(decision: Decision) -> None:
    """Pass where allowed; raise `Refusal` carrying the refusal otherwise."""
    if isinstance(decision, Refused):
        raise Refusal(decision)


def first_refusal(*decisions: Decision) -> Decision:
    """All must allow: the first refusal in the order given, else `ALLOWED`."""
    return next((decision for decision in decisions if isinstance(decision, Refused)), ALLOWED)
