"""Every address of the product, by reflection, and how to fill it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from chengxin.doors.entrance import Entrance, entrance_of


@dataclass(frozen=True)
class Route:
    """One address: its pattern, name, parameters, who may enter."""

    pattern: str
    name: str
    parameters: tuple[str, ...]
    entrance: Entrance

    def address(self, values: Mapping[str, object]) -> str:
        """The address with these values; fails where a parameter has none, so that a new page is looked at."""
        missing = set(self.parameters) - set(values)
        assert not missing, f"/{self.pattern}: say in this test what stands for {sorted(missing)}"
        return reverse(self.name, kwargs={name: values[name] for name in self.parameters})

    def __str__(self) -> str:
        return self.name or self.pattern


def routes() -> list[Route]:
    """All of them, in order."""
    return sorted(_found(get_resolver()), key=lambda route: route.pattern)


def _found(resolver: URLResolver, prefix: str = "") -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _found(pattern, address)
            continue
        assert isinstance(pattern, URLPattern)
        declared = entrance_of(pattern.callback)
        assert declared is not None, address
        yield Route(address, pattern.name or "", tuple(pattern.pattern.regex.groupindex), declared)
