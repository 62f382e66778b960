"""The lines of each file: facts typed in, spoilt here and there, with the cast's own lines among them."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from chengxin.catalogue.terms import Item
from chengxin.collection.terms import Reason
from chengxin.doors.demo.city import cast
from chengxin.doors.demo.city.cast import RESERVED, PlantedFact
from chengxin.doors.demo.city.dice import Dice
from chengxin.doors.demo.city.facts import Fact, make_fact
from chengxin.doors.demo.city.mess import ACCEPTED, DATE_FORMS, MESSES, Spot, restyle, spoil
from chengxin.doors.demo.city.offices import Office, offices
from chengxin.doors.demo.city.people import Citizen, People
from chengxin.doors.demo.city.rows import Desk, Row, again, typed
from chengxin.doors.demo.city.supply import Delivery, plan

_TWICE = 0.004
_EVERY_THIRD = 3
_SERIALS = 1_000_000
"""Decisions of one file are numbered within so many."""
_FIRST_LINE_OF_CAST = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file, the mess in it by name ("" where there is none), and what is to become of it."""

    row: Row
    mess: str = ""
    verdict: str = ACCEPTED


@dataclass(frozen=True)
class City:
    """Everything that follows from a seed, a number of people, a day and the catalogue's items."""

    seed: int
    people: People
    today: date
    items: Mapping[str, Item]

    @cached_property
    def deliveries(self) -> tuple[Delivery, ...]:
        """Every file, in the order they are sent."""
        return plan(len(self.people), self.today)

    @cached_property
    def offices(self) -> Mapping[str, Office]:
        """Every office by its key."""
        return {office.key: office for office in offices()}

    def lines(self, delivery: Delivery) -> Iterator[Line]:
        """The lines of a file, in order."""
        match delivery.kind:
            case "correction":
                yield from self._correction(delivery)
            case "mistake":
                yield from self._mistake(delivery)
            case "usual":
                yield from self._usual(delivery)

    def trial(self) -> Iterator[Line]:
        """A small file that no one has sent yet: one line of each mess, and as many without."""
        delivery = replace(self.deliveries[-1], number=0, supply=self._penalties.supply, delivered_on=self.today)
        item = self.items[delivery.supply.item]
        place = 0
        for mess in MESSES:
            spoilt = None
            while spoilt is None:
                place += 1
                row = self._clean(delivery, place)
                spoilt = mess.spoil(self._spot(delivery, place, row))
            yield Line(self._styled(row, item, delivery))
            yield Line(self._styled(spoilt, item, delivery), mess.name, str(mess.verdict))

    # ---- usual files --------------------------------------------------------------------------------------------

    def _usual(self, delivery: Delivery) -> Iterator[Line]:
        waiting = list(self._planted.get(delivery.number, ()))
        for place in range(delivery.rows):
            line = self._line(delivery, place)
            yield line
            if self._dice(delivery, place, "twice").chance(_TWICE):
                yield line
            if waiting and place >= _FIRST_LINE_OF_CAST:
                yield self._own_line(waiting.pop(0), delivery)
        for left in waiting:
            yield self._own_line(left, delivery)

    def _line(self, delivery: Delivery, place: int) -> Line:
        item = self.items[delivery.supply.item]
        row, mess = spoil(self._spot(delivery, place, self._clean(delivery, place)))
        styled = self._styled(row, item, delivery)
        return Line(styled, mess.name, str(mess.verdict)) if mess else Line(styled)

    def _own_line(self, planted: PlantedFact, delivery: Delivery) -> Line:
        item = self.items[planted.item]
        desk = Desk(planted.fact, self.offices[planted.sender], Dice(self.seed, "cast", planted.fact.person.index))
        return Line(self._styled(typed(item, desk), item, delivery))

    def _clean(self, delivery: Delivery, place: int, fact: Fact | None = None) -> Row:
        desk = Desk(fact or self._fact(delivery, place), self._sender(delivery), self._dice(delivery, place, "row"))
        return typed(self.items[delivery.supply.item], desk)

    def _fact(self, delivery: Delivery, place: int) -> Fact:
        return make_fact(
            self.people[self._whom(delivery, place)],
            delivery.supply.item,
            self._sender(delivery),
            delivery.number * _SERIALS + place,
            delivery.delivered_on,
            self._dice(delivery, place, "fact"),
            first=delivery.first_on,
        )

    def _whom(self, delivery: Delivery, place: int) -> int:
        """The person of a line: of the first licences every third one in turn, elsewhere anybody outside the cast."""
        free = len(self.people) - RESERVED
        if delivery == self._licences:
            return RESERVED + place * _EVERY_THIRD % free
        return RESERVED + self._dice(delivery, place, "whom").below(free)

    def _spot(self, delivery: Delivery, place: int, row: Row) -> Spot:
        return Spot(
            row,
            self.items[delivery.supply.item],
            delivery.delivered_on,
            delivery.number * _SERIALS + place,
            self._dice(delivery, place, "mess"),
        )

    def _styled(self, row: Row, item: Item, delivery: Delivery) -> Row:
        return restyle(row, item, DATE_FORMS[delivery.supply.days])

    def _sender(self, delivery: Delivery) -> Office:
        return self.offices[delivery.supply.sender]

    def _dice(self, delivery: Delivery, place: int, what: str) -> Dice:
        return Dice(self.seed, f"{delivery.number} {what}", place)

    # ---- a correction and a mistake -----------------------------------------------------------------------------

    def _correction(self, delivery: Delivery) -> Iterator[Line]:
        item = self.items[delivery.supply.item]
        first = next(one for one in self.deliveries if one.number == delivery.of)
        clean = itertools.islice(self._clean_places(first), delivery.rows)
        for place, origin in enumerate(clean):
            fact, throw = self._fact(first, origin), place % 10
            row = self._clean(first, origin, fact)
            if throw < 4:
                yield Line(self._styled(_corrected(row), item, delivery))
            elif throw < 7:
                yield Line(self._styled(row, item, delivery))
            else:
                other = self._licensed(place)
                if throw == 7:
                    moved = self._clean(first, origin, replace(fact, person=other))
                    yield Line(self._styled(moved, item, delivery), "other_person", Reason.IDENTITY_CHANGE)
                else:
                    wrong = self._misnamed(other, delivery, place)
                    yield Line(self._styled(wrong, item, delivery), "other_name", Reason.NAME_DISAGREES)
        yield from self._correction_of_cast(delivery)

    def _correction_of_cast(self, delivery: Delivery) -> Iterator[Line]:
        item = self.items[delivery.supply.item]
        (planted,) = (
            one
            for one in cast.planted(self.today)
            if one.item == item.code and one.fact.person == cast.citizen(cast.resident("corrected"))
        )
        lower = replace(planted.fact, yuan=3000)
        yield self._own_line(replace(planted, fact=lower), delivery)
        checked = cast.citizen(cast.resident("under_check"))
        wrong = self._misnamed(replace(checked, name=checked.name[:1] + "芸"), delivery, delivery.rows, keep_name=True)
        yield Line(self._styled(wrong, item, delivery), "other_name", Reason.NAME_DISAGREES)

    def _mistake(self, delivery: Delivery) -> Iterator[Line]:
        item = self.items[delivery.supply.item]
        for place in range(delivery.rows):
            yield Line(self._styled(self._clean(delivery, place), item, delivery))
        person = cast.citizen(cast.resident("recalled"))
        fact = replace(self._fact(delivery, delivery.rows), person=person)
        yield Line(self._styled(self._clean(delivery, delivery.rows, fact), item, delivery))

    def _misnamed(self, person: Citizen, delivery: Delivery, place: int, *, keep_name: bool = False) -> Row:
        """A new decision under a known number and another name."""
        name = person.name if keep_name else person.name[:1] + "错名"
        return self._clean(delivery, place, replace(self._fact(delivery, place), person=replace(person, name=name)))

    def _licensed(self, place: int) -> Citizen:
        """A person whose licence came in with the first file, so that number and name are known."""
        found = self._licences_clean[place * 7 % len(self._licences_clean)]
        return self.people[self._whom(self._licences, found)]

    @cached_property
    def _licences_clean(self) -> tuple[int, ...]:
        clean = self._clean_places(self._licences)
        return tuple(itertools.islice(clean, self._licences.rows // 4))

    def _clean_places(self, delivery: Delivery) -> Iterator[int]:
        """Places of lines about citizens without any mess in them."""
        for place in range(delivery.rows):
            if not self._line(delivery, place).mess and self.people[self._whom(delivery, place)].kind == "01":
                yield place

    # ---- which file is which ------------------------------------------------------------------------------------

    @cached_property
    def _licences(self) -> Delivery:
        return next(one for one in self.deliveries if one.supply.item == "licence")

    @cached_property
    def _penalties(self) -> Delivery:
        return next(one for one in self.deliveries if one.supply.item == "penalty")

    @cached_property
    def _planted(self) -> Mapping[int, list[PlantedFact]]:
        """Number of a file -> the rows of the cast that travel in it: the first file after the decision."""
        found: dict[int, list[PlantedFact]] = defaultdict(list)
        for one in cast.planted(self.today):
            fitting = (
                delivery
                for delivery in self.deliveries
                if delivery.kind == "usual"
                and (delivery.supply.item, delivery.supply.sender) == (one.item, one.sender)
                and delivery.delivered_on > (one.fact.served_on or one.fact.decided_on)
            )
            found[next(fitting).number].append(one)
        return found


def _corrected(row: Row) -> Row:
    """The same decision with another fine, or where there is none with its facts put right."""
    if row["CF_NR_FK"]:
        return again(row, CF_NR_FK="0.15", CF_NR="罚款1500元。")
    return again(row, CF_SY=row["CF_SY"] + "（更正）")
