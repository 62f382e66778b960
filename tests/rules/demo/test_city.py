"""The invented city: the same seed gives the same bytes, nobody in it can exist, and its mess is what it says it is."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

import pytest

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import Item, MergedEdition
from chengxin.collection.rules.row import screen_row
from chengxin.collection.terms import Reason, ScreeningContext, Statutes, SupplierFacts
from chengxin.doors import wording
from chengxin.doors.demo.city import cast
from chengxin.doors.demo.city.lines import City, Line
from chengxin.doors.demo.city.making import LEAST_PEOPLE, LIST, TRIAL, invent, write_city
from chengxin.doors.demo.city.mess import MESSES
from chengxin.doors.demo.city.offices import offices, officials
from chengxin.doors.demo.city.people import MOST_PEOPLE, People
from chengxin.doors.demo.city.supply import Delivery, founded_on
from chengxin.kernel.days import shipped_holidays
from chengxin.kernel.documents import DocumentKind, check_document
from chengxin.kernel.orgcodes import check_org_code
from chengxin.kernel.remedies import contest_terms
from chengxin.offices.terms import SEATS, Role, Tier

TODAY = date(2026, 11, 22)
SEED = 7
KNOWN_BY_LEDGER = {Reason.NAME_DISAGREES, Reason.IDENTITY_CHANGE}
"""Reasons that a row alone does not show."""


@pytest.fixture(scope="module")
def edition() -> MergedEdition:
    return catalogue.merged_files(catalogue.shipped_files().values())


@pytest.fixture(scope="module")
def city(edition: MergedEdition) -> City:
    return invent(SEED, LEAST_PEOPLE, TODAY, edition.items)


def _digests(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path, edition: MergedEdition) -> None:
    for name, seed in (("once", SEED), ("again", SEED), ("other", SEED + 1)):
        write_city(invent(seed, LEAST_PEOPLE, TODAY, edition.items), tmp_path / name)
    once, again, other = (_digests(tmp_path / name) for name in ("once", "again", "other"))
    assert once == again
    assert once.keys() == other.keys()
    assert not set(once.values()) & set(other.values())


def test_a_person_is_the_same_in_a_small_city_and_a_large_one() -> None:
    small, large = People(SEED, 1_000, TODAY), People(SEED, MOST_PEOPLE, TODAY)
    assert [small[place] for place in range(0, 1_000, 37)] == [large[place] for place in range(0, 1_000, 37)]


def test_numbers_are_right_given_once_and_nobodys() -> None:
    people = People(SEED, 5_000, TODAY)
    found = [people[place] for place in range(5_000)] + [people[MOST_PEOPLE - 1]]
    assert len({(one.kind, one.number) for one in found}) == len(found)
    for one in found:
        check = check_document(DocumentKind(one.kind), one.number, today=TODAY)
        assert check.ok, one
        assert check.practice, one
        assert check.birth_date in {None, one.birth_date}
    assert {one.kind for one in found} == {kind.value for kind in DocumentKind}


def test_many_share_a_name_and_nobody_a_number() -> None:
    people = People(SEED, 5_000, TODAY)
    names = Counter(people[place].name for place in range(5_000))
    assert sum(count for count in names.values() if count > 1) > 500


@pytest.mark.parametrize("people", [LEAST_PEOPLE - 1, MOST_PEOPLE + 1])
def test_a_city_has_a_size(people: int, edition: MergedEdition) -> None:
    with pytest.raises(ValueError, match="people"):
        invent(SEED, people, TODAY, edition.items)


def test_offices_are_invented_and_fit_the_catalogue(city: City) -> None:
    for office in offices():
        check = check_org_code(office.code)
        assert check.ok
        assert check.practice
    keys = [office.key for office in offices()]
    assert all(office.parent is None or keys.index(office.parent) < keys.index(office.key) for office in offices())
    for delivery in city.deliveries:
        sender = city.offices[delivery.supply.sender]
        assert city.items[delivery.supply.item].supplied_by(sender.code, sender.kind), delivery.file_name


def test_officials_sit_where_their_roles_may_be_held() -> None:
    tiers = {office.key: Tier(office.tier) for office in offices()}
    for official in officials():
        assert all(tiers[official.office] in SEATS[Role(role)] for role in official.roles)
    assert len({official.login for official in officials()}) == len(officials())


def test_who_asks_supplies_nothing_and_has_a_document_of_nobody(city: City) -> None:
    askers = {office.key for office in offices() if office.tier == "asker"}
    assert askers
    assert askers.isdisjoint({delivery.supply.sender for delivery in city.deliveries})
    inquirers = [official for official in officials() if "inquirer" in official.roles]
    assert {official.office for official in inquirers} > askers
    assert len({official.document for official in inquirers}) == len(inquirers)
    for official in inquirers:
        check = check_document(DocumentKind.CITIZEN, official.document, today=TODAY)
        assert check.ok
        assert check.practice


def _context(city: City, edition: MergedEdition, delivery: Delivery, day: date) -> ScreeningContext:
    sender = city.offices[delivery.supply.sender]
    return ScreeningContext(
        today=day,
        supplier=SupplierFacts(sender.code, sender.kind),
        statutes=Statutes(
            cited_standing=partial(catalogue.citations_standing_on, edition=edition),
            item_standing=partial(catalogue.item_basis_standing, edition=edition),
            turns=catalogue.law_turns(edition),
            forbidden_matter=catalogue.forbidden_matter,
            forbidden_beside_laws=partial(catalogue.forbidden_beside_laws, edition=edition),
            triggers=catalogue.ROW_TRIGGERS,
            display_end=catalogue.display_end,
            retain_until=catalogue.retain_until,
        ),
        last_day_to_contest=contest_terms(shipped_holidays()),
        practice=True,
    )


def _disagreements(item: Item, lines: Iterator[Line], context: ScreeningContext) -> Iterator[tuple[str, str, str]]:
    for line in lines:
        found = screen_row(item, line.row, context).reason
        told = "accepted" if line.verdict in KNOWN_BY_LEDGER else line.verdict
        if (found or "accepted") != told:
            yield line.mess, str(found), told


def test_screening_makes_of_each_line_what_the_city_says(city: City, edition: MergedEdition) -> None:
    for delivery in city.deliveries:
        context = _context(city, edition, delivery, delivery.delivered_on)
        item = city.items[delivery.supply.item]
        assert not list(_disagreements(item, city.lines(delivery), context)), delivery.file_name


def test_the_trial_file_holds_every_mess_once(city: City, edition: MergedEdition) -> None:
    lines = list(city.trial())
    assert Counter(line.mess for line in lines if line.mess) == Counter(mess.name for mess in MESSES)
    penalties = next(one for one in city.deliveries if one.supply.item == "penalty")
    context = _context(city, edition, penalties, TODAY)
    assert not list(_disagreements(city.items["penalty"], iter(lines), context))


def test_every_open_mess_is_met_in_a_city_of_ordinary_size(edition: MergedEdition) -> None:
    large = invent(SEED, 20_000, TODAY, edition.items)
    penalties = [one for one in large.deliveries if one.supply.item == "penalty"]
    met = {line.mess for delivery in penalties for line in large.lines(delivery)}
    assert {mess.name for mess in MESSES} | {"other_name", "other_person"} <= met


def test_no_file_is_sent_before_its_decisions(city: City) -> None:
    for delivery in city.deliveries:
        assert founded_on(TODAY) <= delivery.delivered_on <= TODAY
    assert [one.delivered_on for one in city.deliveries] == sorted(one.delivered_on for one in city.deliveries)


@pytest.mark.parametrize("today", [TODAY, date(2027, 2, 28), date(2028, 2, 29), date(2030, 7, 1)])
def test_the_cast_travels_in_files_on_any_day(today: date, edition: MergedEdition) -> None:
    there = invent(SEED, LEAST_PEOPLE, today, edition.items)
    numbers = {cast.citizen(one).number for one in cast.RESIDENTS if one.rows}
    sent = {
        line.row[code]
        for delivery in there.deliveries
        for code in [_number_code(there.items[delivery.supply.item])]
        for line in there.lines(delivery)
    }
    assert numbers <= sent
    nothing = cast.citizen(cast.resident("nothing")).number
    assert nothing not in sent


def _number_code(item: Item) -> str:
    return next(spec.code for spec in item.fields if spec.element == "person.document_number")


def test_name_sakes_have_one_name_and_four_numbers() -> None:
    same = [cast.citizen(one) for one in cast.RESIDENTS if one.zh == "王芳"]
    assert len(same) == 4
    assert len({one.number for one in same}) == 4


def test_everybody_on_the_sign_in_page_has_a_line_in_both_languages() -> None:
    keys = [f"demo.resident.{one.key}" for one in cast.RESIDENTS if one.listed]
    keys += [f"demo.desk.{login}" for login in cast.DESKS]
    assert all(wording.has(key) for key in keys)
    assert set(cast.DESKS) <= {official.login for official in officials()}


def test_the_list_of_files_tells_what_lies_there(tmp_path: Path, edition: MergedEdition) -> None:
    written = write_city(invent(SEED, LEAST_PEOPLE, TODAY, edition.items), tmp_path)
    listed: Mapping[str, object] = json.loads((tmp_path / LIST).read_text(encoding="utf-8"))
    assert (listed["seed"], listed["people"], listed["today"]) == (SEED, LEAST_PEOPLE, TODAY.isoformat())
    assert {file.name for file in tmp_path.iterdir()} == {one.delivery.file_name for one in written} | {LIST, TRIAL}


def test_memory_does_not_grow_with_the_people(edition: MergedEdition) -> None:
    """A million people are a view of arithmetic: the lines of the largest file come one by one."""
    million = invent(SEED, MOST_PEOPLE, TODAY, edition.items)
    largest = max(million.deliveries, key=lambda one: one.rows)
    assert largest.rows >= 180_000
    assert sum(1 for _ in islice(million.lines(largest), 1_000)) == 1_000
    assert largest.delivered_on - founded_on(TODAY) < timedelta(days=30)
