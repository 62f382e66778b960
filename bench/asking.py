"""Questions over HTTP against pgbench with the same SQL, the decision alone, and a batch of 10,000 checks.

Rounds of ours and of pgbench alternate in one city. Load, server and database share the machine's cores. pgbench runs the
statements that one real request sent, in one transaction, with fresh identifiers and marks; the key store, which is a second
database, it leaves out. `BENCH_PEOPLE` persons with ten entries each are held.
"""

from __future__ import annotations

import json
import os
import secrets
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connections

from bench import held
from bench.asking_pgbench import people_for_pgbench, pgbench, script_of
from bench.asking_ways import URL, WAYS, Machine, Way, body_of, headers_of
from bench.own_file import PORT, Served, _settle
from bench.report import Figure, median_and_spread
from chengxin.access import facade as access
from chengxin.client.answers import Line
from chengxin.client.calls import Client
from chengxin.doors.machine import credentials
from chengxin.foundation import clock
from chengxin.kernel.ids import new_ids
from chengxin.offices.terms import ClientView
from tests import templates
from tests.asking import LOAN, TENDER, make_bank, make_client
from tests.catalogues import apply_shipped
from tests.making import heads, make_organisation
from tests.rules.access.test_deciding import CONSENTED

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "1000000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "6"))
CLIENTS = 32
ASKED = 60_000
"""People who agreed to be asked about; each is asked about three times at most."""
BATCH = 10_000
LOAD = Path(__file__).with_name("asking_load.py")


def measure() -> list[Figure]:
    """Fill, serve, ask; interleaved with pgbench."""
    with templates.copied("bench_asking"):
        at = held.moment()
        apply_shipped(at=at)
        supplier = make_organisation(at=at).id
        bank = make_bank(at=at)
        people = [one.person_id for one in held.fill_licences(PEOPLE, supplier=supplier, at=at)]
        asked = min(ASKED, len(people))
        _agree(people[:asked], bank.id, at)
        _settle()
        plain, signing = _machine(make_client(bank, at=at)), _signing(bank, at)
        agency = _machine(make_client(make_organisation(kind="fiscal", at=at), at=at))
        people_for_pgbench(people[:asked])
        with clock.set_for_tests(at):
            scripts = {way: script_of(way, signing if way.signed else plain, people[:asked]) for way in WAYS}
        with Served():
            plain, signing, agency = (_with_token(one) for one in (plain, signing, agency))
            rounds = _rounds(plain, signing, scripts, asked)
            batch = _batches(agency, min(BATCH, len(people)))
    return [*_figures(rounds, len(people)), batch, _decision()]


# --- who asks, and whom -------------------------------------------------------------------------------------------------


def _agree(people: list[UUID], bank: UUID, at: datetime) -> None:
    scope = json.dumps({"licence": ["XK_XKJG", "XK_XKZS", "XK_YXQZI"], "court_defaulter": ["caseCode"]})
    ids = new_ids(len(people), at)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_consent (person_id, consent_id, uid, organisation_id, purpose, asked, asked_at, lapses_at)"
            " SELECT p, i, gen_random_uuid(), %s, %s, %s::jsonb, %s, %s FROM unnest(%s::uuid[], %s::uuid[]) AS x (p, i)",
            [bank, LOAN, scope, at, at + timedelta(days=14), people, ids],
        )
        cursor.execute(
            "INSERT INTO access_consent_step (person_id, consent_id, act, at, scope, once, ends_at, receipt)"
            " SELECT p, i, 1, %s, %s::jsonb, false, %s, 'bench' FROM unnest(%s::uuid[], %s::uuid[]) AS x (p, i)",
            [at, scope, at + timedelta(days=20), people, ids],
        )


def _machine(view: ClientView, key: bytes | None = None) -> Machine:
    secret = credentials.issue_secret(actor=heads(at=held.moment())[0], uid=view.uid, at=held.moment(), reason="bench")
    return Machine(view, secret, key)


def _signing(bank: Any, at: datetime) -> Machine:
    key = secrets.token_bytes(32)
    public = Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()
    return _machine(make_client(bank, public_key=public, at=at), key)


def _with_token(machine: Machine) -> Machine:
    client = Client(URL, client_id=str(machine.view.uid), secret=machine.secret)
    return replace(machine, token=client.token())


# --- ours ---------------------------------------------------------------------------------------------------------------


def _load(way: Way, machine: Machine, numbers: list[int]) -> dict[str, float]:
    """Ask for some seconds from many connections, each request prepared (and signed) before; what came of it."""
    requests = Path(os.environ["CHENGXIN_STATE"]) / "requests.bin"
    with requests.open("wb") as out:
        for n in numbers:
            body = body_of(n)
            head = "".join(f"{name}: {value}\r\n" for name, value in headers_of(way, machine, body).items())
            whole = (
                f"POST {way.path} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nContent-Length: {len(body)}\r\n{head}\r\n".encode()
                + body
            )
            out.write(len(whole).to_bytes(4, "big") + whole)
    ended = subprocess.run(
        [sys.executable, str(LOAD), str(requests), str(PORT), str(CLIENTS), str(SECONDS)],
        stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(ended.stdout)
    return found


def _rounds(
    plain: Machine, signing: Machine, scripts: dict[Way, Path], asked: int
) -> dict[Way, list[tuple[float, dict[str, float]]]]:
    rounds: dict[Way, list[tuple[float, dict[str, float]]]] = {way: [] for way in WAYS}
    at_most = max(asked // (ROUNDS * 2), 1)
    following = iter(range(10**9))
    for way in WAYS:
        # each process plans its statements and learns its code
        _load(way, signing if way.signed else plain, [next(following) % asked for _ in range(300)])
    for _ in range(ROUNDS):
        for way in WAYS:
            limit = pgbench(scripts[way], clients=CLIENTS, seconds=SECONDS)
            numbers = [next(following) % asked for _ in range(at_most)]
            ours = _load(way, signing if way.signed else plain, numbers)
            rounds[way].append((limit, ours))
            print(
                f"  {way.name}: ours {ours['per_s']:.0f}/s p99 {ours['p99_ms']:.0f} ms, pgbench {limit:.0f}/s",
                flush=True,
            )
    return rounds


def _batches(agency: Machine, size: int) -> Figure:
    """The wall clock of a batch of checks for one case, sent by the client of this project."""
    took = []
    with Client(URL, client_id=str(agency.view.uid), secret=agency.secret, timeout_s=120) as client:
        for n in range(5):
            ref = f"bench-{n}"
            client.open_case(ref, TENDER, persons_most=size, reason="benchmark")
            lines = [Line("01", held.number_of(one), case_ref=ref) for one in range(size)]
            began = time.perf_counter()
            answers = client.check_many(TENDER, lines)
            took.append(time.perf_counter() - began)
            assert len(answers) == size
            assert not [one for one in answers if isinstance(one, str)]
    median, spread = median_and_spread(took)
    return Figure(
        what=f"a batch of {size:,} checks",
        figure=f"{median:.2f}",
        unit="s",
        promise="2 s",
        kept=median <= 2.0,
        spread=spread,
        how="One request; each person with a case of its own to be named in, a decision, a look and a leaf in the proof log.",
    )


def _decision() -> Figure:
    asked, asker, grounds = CONSENTED
    at = grounds.consent.given_at + timedelta(hours=1) if grounds.consent else held.moment()
    rates = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(50_000):
            access.decide(asked, asker, grounds, at)
        rates.append(50_000 / (time.process_time() - began))
    median, spread = median_and_spread(rates, 0)
    return Figure(
        what="the decision alone",
        figure=f"{median:,.0f}",
        unit="a second on one core",
        promise="50,000",
        kept=median >= 50_000,
        spread=spread,
        how="The pure function on a question that passes every check.",
    )


def _figures(rounds: dict[Way, list[tuple[float, dict[str, float]]]], people: int) -> Iterator[Figure]:
    for way, measured in rounds.items():
        ratio, spread = median_and_spread([ours["per_s"] / limit for limit, ours in measured])
        p99 = statistics.median(ours["p99_ms"] for _, ours in measured)
        wrong = sum(int(ours["wrong"]) for _, ours in measured)
        yield Figure(
            what=f"question over HTTP: {way.name}",
            figure=f"{statistics.median(ours['per_s'] for _, ours in measured):.0f}",
            unit="a second",
            limit=f"{statistics.median(limit for limit, _ in measured):.0f}",
            ratio=f"{ratio:.2f}",
            promise=f"{way.promise:.2f} of pgbench, aim {way.aim:.2f}; p99 100 ms",
            kept=ratio >= way.promise and p99 <= 100.0 and not wrong,
            spread=f"{spread}; p99 {p99:.0f} ms",
            how=f"{people:,} persons with ten entries each; {CLIENTS} connections, rounds of {SECONDS} s; {wrong} answers"
            " other than 200. The request's key and nonce, the look, its leaf and the operators' row are written durably before"
            " the answer.",
        )
