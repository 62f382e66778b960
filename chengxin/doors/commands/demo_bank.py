"""`chengxin demo-bank`: the program of the invented city's bank, which asks the running demonstration by the API as any would.

It knows what a bank knows: its id, secret and key, its customers' numbers, the published catalogue. It opens no database.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from chengxin.doors.commands.refusals import BAD_INPUT, CONFLICT, DONE, NOT_FOUND, REFUSED, UNAVAILABLE
from chengxin.doors.commands.serve import PORT
from chengxin.doors.commands.words import one_line, say, spoken

if TYPE_CHECKING:
    from chengxin.catalogue.terms import MergedEdition, PurposeSpec
    from chengxin.client import Checked, Client, LookedUp, Problem
    from chengxin.doors.demo.city.cast import Resident
    from chengxin.doors.wording import Language

ACTS = ("ask-consent", "look-up", "check")
CUSTOMER = "周建国"


def register(parsers: Any) -> None:
    parser = parsers.add_parser("demo-bank", help=one_line("help.demo_bank"))
    parser.add_argument("act", choices=ACTS, help=one_line("help.demo_bank_act"))
    parser.add_argument("--customer", metavar="NAME", default=CUSTOMER, help=one_line("help.demo_bank_customer"))
    parser.add_argument("--url", default=f"http://localhost:{PORT}", help=one_line("help.demo_bank_url"))
    parser.set_defaults(run=run, settings="demo", database=False)


def run(chosen: argparse.Namespace) -> int:
    """Ask once, and say in words what came back."""
    from django.conf import settings

    if not settings.CHENGXIN_PRACTICE:
        say("demo.only_practice", to=sys.stderr)
        return CONFLICT
    from chengxin.client import Client, Problem, Unreachable
    from chengxin.doors.demo import bank, machines

    practice, customer = machines.kept(bank.bank_folder()), bank.customer_called(chosen.customer)
    if practice is None:
        say("demo_bank.none", to=sys.stderr)
        return NOT_FOUND
    if customer is None:
        say("demo_bank.no_customer", to=sys.stderr, name=chosen.customer)
        return BAD_INPUT
    try:
        client = Client(
            chosen.url, client_id=practice.client_id, secret=practice.secret, private_key=practice.seed, language="zh"
        )
    except ValueError:
        say("demo_bank.address", to=sys.stderr, address=chosen.url)
        return BAD_INPUT
    try:
        with client:
            _ask(client, chosen.act, customer)
    except Unreachable:
        say("demo_bank.unreachable", to=sys.stderr, address=chosen.url)
        return UNAVAILABLE
    except Problem as problem:
        _say_refused(problem)
        return REFUSED
    return DONE


def _ask(client: Client, act: str, customer: Resident) -> None:
    from chengxin.catalogue import facade as catalogue
    from chengxin.doors.demo.bank import LOAN, PURPOSE
    from chengxin.doors.demo.city.cast import citizen

    edition = catalogue.merged_files(catalogue.shipped_files().values())
    purpose = edition.purposes[PURPOSE]
    person = citizen(customer)
    _say_question(act, customer, purpose)
    if act == "ask-consent":
        client.ask_consent(PURPOSE, person.kind, person.number, person.name, reason=LOAN)
        say("demo_bank.consent_asked")
    elif act == "look-up":
        _say_entries(client.look_up(PURPOSE, person.kind, person.number), edition)
    else:
        _say_yes_or_no(client.check(PURPOSE, person.kind, person.number), purpose)


def _say_question(act: str, customer: Resident, purpose: PurposeSpec) -> None:
    from chengxin.doors.wording import text

    key = f"commands.demo_bank.{act.replace('-', '_')}"
    for language in spoken():
        name, what_for = _either(customer, language), _either(purpose, language)
        print(text(key, language, name=name, purpose=what_for))


def _say_entries(answer: LookedUp, edition: MergedEdition) -> None:
    from chengxin.doors.demo.city.offices import offices
    from chengxin.doors.portal.presenters.catalogue import item_name
    from chengxin.doors.portal.presenters.field import field_lines
    from chengxin.doors.wording import text

    suppliers = {office.code: office for office in offices()}
    if answer.entries:
        say("demo_bank.answered", count=len(answer.entries))
    else:
        say("demo_bank.nothing")
    for entry in answer.entries:
        item = edition.items[entry.item]
        named = " / ".join(item_name(item, language) for language in spoken())
        by = " / ".join(_either(suppliers[entry.supplier], language) for language in spoken())
        print(f"  {named} · {by}")
        for said in zip(*(field_lines(item, entry.fields, language) for language in spoken()), strict=True):
            term, value = (" / ".join(dict.fromkeys(one)) for one in zip(*_words(said), strict=True))
            print(f"    {term}: {value}")
        if entry.statement is not None:
            label = " / ".join(text("statement.label", language) for language in spoken())
            print(f"    {label}: " + entry.statement.text.replace("\n", "\n      "))
    say("demo_bank.logged", look=answer.look)


def _words(said: tuple[Any, ...]) -> list[tuple[str, str]]:
    return [(line.term, line.value.words) for line in said]


def _say_yes_or_no(answer: Checked, purpose: PurposeSpec) -> None:
    from chengxin.doors.wording import text

    assert purpose.question is not None
    for language in spoken():
        word = text(f"inquiry.answer.{'is_so' if answer.answer else 'is_not'}", language)
        print(text("inquiry.answer.question", language, word=word, question=_either(purpose.question, language)))
    say("demo_bank.logged", look=answer.look)


def _say_refused(problem: Problem) -> None:
    """By its code, which is all that a program decides by; the platform's own sentence where the code has none here."""
    from chengxin.doors.wording import has, reason, text

    for language in spoken():
        what, do = problem.title, problem.detail
        if has(f"reasons.{problem.code}.what"):
            said = reason(problem.code, language)
            what, do = said.what, said.do
        print(text("commands.demo_bank.refused", language, code=problem.code, what=what, do=do))


def _either(named: Any, language: Language) -> str:
    """The name of somebody or something in one language."""
    return str(named.zh if language == "zh" else named.en)
