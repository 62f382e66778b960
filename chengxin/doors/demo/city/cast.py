"""The short cast of the sign-in page: each resident shows one situation, each official one desk.

Everything about them but their sign-in comes in through the files, like everybody else's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from chengxin.doors.demo.city.deeds import themes
from chengxin.doors.demo.city.dice import Dice
from chengxin.doors.demo.city.facts import NO_END, Fact, decision_number
from chengxin.doors.demo.city.names import chinese_name
from chengxin.doors.demo.city.offices import Office, offices
from chengxin.doors.demo.city.people import Citizen, document_number
from chengxin.kernel.clocks import add_months
from chengxin.remedies.facade import WORKFLOWS

RESERVED = 160
"""Places of people kept for the cast: no other row is about them."""
_SERIAL = 9001


@dataclass(frozen=True, slots=True)
class Planted:
    """A row about one of the cast: its item, who sends it, how many days ago it was decided, and what it says."""

    item: str
    sender: str
    days_ago: int
    act_class: str = ""
    theme: int = 0
    served: bool = True
    yuan: int = 3000


@dataclass(frozen=True, slots=True)
class Resident:
    """One of the cast. `key` names them in code; `listed` False: needed for somebody else's situation alone.

    What their situation is, is said by `demo.resident.<key>` of the wording.
    """

    key: str
    zh: str
    en: str
    born: date
    rows: tuple[Planted, ...] = ()
    kind: str = "01"
    listed: bool = True


_VOLUNTEER = Planted("volunteer_service", "civil_affairs", 120, theme=1)


def _licence(days_ago: int, theme: int) -> Planted:
    return Planted("licence", "approval", days_ago, theme=theme)


def _penalty(days_ago: int, act_class: str, theme: int = 0, *, yuan: int = 3000, served: bool = True) -> Planted:
    return Planted("penalty", "market_regulation", days_ago, act_class, theme, served, yuan)


_NAMED: tuple[Resident, ...] = (
    Resident(
        "final", "周建国", "Zhou Jianguo", date(1974, 6, 18), (_licence(222, 1), _penalty(215, "general"), _VOLUNTEER)
    ),
    Resident("not_final", "林晓梅", "Lin Xiaomei", date(1989, 3, 5), (_licence(239, 2), _penalty(40, "general", 1))),
    Resident("minor", "何丽", "He Li", date(1993, 11, 27), (_licence(256, 3), _penalty(60, "minor", 2, yuan=500))),
    Resident(
        "court",
        "孙志强",
        "Sun Zhiqiang",
        date(1968, 1, 9),
        (_licence(273, 4), Planted("court_defaulter", "court", 300, theme=0, yuan=128_000)),
    ),
    Resident("objecting", "吴桂芳", "Wu Guifang", date(1981, 9, 30), (_licence(290, 0), _penalty(220, "general", 3))),
    Resident("namesake", "王芳", "Wang Fang", date(1985, 4, 12), (_licence(307, 1), _VOLUNTEER)),
    Resident(
        "declining",
        "郑小燕",
        "Zheng Xiaoyan",
        date(1996, 7, 21),
        (Planted("city_honest_citizen", "civilisation", 100), _VOLUNTEER),
    ),
    Resident("nothing", "冯德明", "Feng Deming", date(1959, 12, 1)),
    Resident("ended", "陈立", "Chen Li", date(1990, 2, 14), (_licence(324, 2), _penalty(400, "general", 4))),
    Resident("under_check", "褚云", "Chu Yun", date(1979, 8, 8), (_licence(341, 3),)),
    Resident("recalled", "卫平", "Wei Ping", date(1987, 10, 3), (_licence(358, 4),)),
    Resident(
        "corrected", "蒋兰", "Jiang Lan", date(1983, 5, 25), (_licence(375, 0), _penalty(230, "general", 3, yuan=5000))
    ),
    Resident(
        "unserved",
        "韩冬",
        "Han Dong",
        date(1992, 12, 19),
        (_licence(392, 1), _penalty(235, "general", 0, served=False)),
    ),
    Resident(
        "foreign",
        "Elena Rossi",
        "Elena Rossi",
        date(1991, 6, 2),
        (Planted("licence", "approval", 250, theme=3),),
        kind="02",
    ),
    Resident("namesake_b", "王芳", "Wang Fang", date(1985, 4, 12), (_penalty(90, "general"),), listed=False),
    Resident("namesake_c", "王芳", "Wang Fang", date(1991, 4, 2), (_penalty(210, "serious", 4),), listed=False),
    Resident("namesake_d", "王芳", "Wang Fang", date(1966, 11, 11), (_licence(409, 2),), listed=False),
    Resident("unanswered", "杨万里", "Yang Wanli", date(1977, 2, 8), (_penalty(150, "general", 1),)),
    Resident("rejected", "朱秀英", "Zhu Xiuying", date(1971, 9, 16), (_penalty(160, "general", 2),)),
    Resident("repaired", "许大海", "Xu Dahai", date(1984, 7, 1), (_licence(330, 0), _penalty(170, "general", 3))),
    Resident("upheld", "何春生", "He Chunsheng", date(1988, 3, 27), (_penalty(180, "general", 4),), listed=False),
    Resident("at_the_source", "吕青山", "Lü Qingshan", date(1965, 4, 4), (_penalty(190, "general"),), listed=False),
    Resident(
        "against_proposed", "施小雨", "Shi Xiaoyu", date(1994, 10, 12), (_penalty(145, "general", 1),), listed=False
    ),
    Resident("repair_filed", "张秋月", "Zhang Qiuyue", date(1980, 8, 15), (_penalty(155, "general", 2),), listed=False),
    Resident(
        "repair_accepted", "孔明德", "Kong Mingde", date(1973, 1, 30), (_penalty(165, "general", 3),), listed=False
    ),
    Resident("complaining", "曹玉兰", "Cao Yulan", date(1962, 6, 6), (_licence(300, 1),), listed=False),
    Resident(
        "helped", "钱玉珍", "Qian Yuzhen", date(1944, 2, 20), (_licence(420, 2), _penalty(200, "general")), listed=False
    ),
    Resident("child", "许小满", "Xu Xiaoman", date(2014, 5, 5), listed=False),
)
"""In the order of the sign-in page."""


def example_key(workflow: str, state: str) -> str:
    """Who has the case in this state of this workflow."""
    return f"{workflow}.{state}"


def _examples() -> Iterator[Resident]:
    """Somebody with a penalty for each state of each workflow of remedies."""
    states = [(flow, state) for flow in WORKFLOWS.values() for state in flow.states if state is not flow.first]
    for number, (flow, state) in enumerate(states):
        key = example_key(flow.code, state.value)
        dice = Dice(_SERIAL, "examples", number)
        name = chinese_name(dice)
        born = dice.day(date(1955, 1, 1), date(2000, 1, 1))
        yield Resident(key, name, name, born, (_penalty(250, "general", number % 5),), listed=False)


RESIDENTS: tuple[Resident, ...] = (*_NAMED, *_examples())

DESKS: tuple[str, ...] = (
    "clerk_market_regulation",
    "supervisor_market",
    "identity",
    "cases",
    "cases_second",
    "inquirer_bank",
    "inquirer_emergency",
    "inquirer_police",
    "supervisor_access",
    "head_one",
    "head_two",
    "keeper",
    "approver",
    "operator",
    "auditor",
)
"""Logins of the officials on the sign-in page; what to try there is said by `demo.desk.<login>`."""


def citizen(resident: Resident) -> Citizen:
    """The resident as a person of the city, with the number of their place."""
    place = RESIDENTS.index(resident)
    return Citizen(
        place, resident.kind, document_number(resident.kind, place, resident.born), resident.zh, resident.born
    )


def resident(key: str) -> Resident:
    """One of the cast by key."""
    return next(one for one in RESIDENTS if one.key == key)


@dataclass(frozen=True, slots=True)
class PlantedFact:
    """A planted row made ready: which supply it travels in."""

    item: str
    sender: str
    fact: Fact


def planted(today: date) -> Iterator[PlantedFact]:
    """Every row of the cast, as facts of the day `today`."""
    by_key = {office.key: office for office in offices()}
    for place, one in enumerate(RESIDENTS):
        for number, row in enumerate(one.rows):
            office = by_key[row.sender]
            yield PlantedFact(row.item, row.sender, _fact(one, row, office, today, _SERIAL + place * 10 + number))


def _fact(one: Resident, row: Planted, office: Office, today: date, serial: int) -> Fact:
    decided_on = today - timedelta(days=row.days_ago)
    return Fact(
        person=citizen(one),
        theme=themes(row.item)[row.theme],
        decider=office,
        number=decision_number(row.item, office, decided_on, serial),
        decided_on=decided_on,
        act_on=decided_on - timedelta(days=45),
        served_on=decided_on + timedelta(days=2) if row.served else None,
        act_class=row.act_class,
        valid_to=NO_END if row.item != "licence" else add_months(decided_on, 60),
        yuan=row.yuan,
    )
