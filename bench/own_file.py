"""A person's own file, signed in, with a million entries held: open loop, 40 pages a second (p95 150 ms promised)."""

from __future__ import annotations

import http.client
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.test import Client

from bench import held
from bench.report import Figure
from chengxin.foundation import actors, prepare, server
from chengxin.foundation.models import Account
from chengxin.persons import facade as persons
from chengxin.persons.terms import Assurance
from tests import templates
from tests.catalogues import apply_shipped
from tests.making import make_organisation

ENTRIES = int(os.environ.get("BENCH_ENTRIES", "1000000"))
RATE = 40
SECONDS = int(os.environ.get("BENCH_SECONDS", "60"))
SIGNED_IN = 400
PORT = int(os.environ.get("BENCH_PORT", "8123"))
SERVE = os.environ.get("BENCH_SERVE", "").split()
"""More arguments of `chengxin serve`, to compare numbers of processes and threads."""
PAGE = "/my/record/"
PROMISE_MS = 150.0


@dataclass(slots=True)
class Answer:
    """One page: how long after its due moment it was whole, and the status."""

    ms: float
    status: int
    entries: int


def measure() -> list[Figure]:
    """Fill, sign in, serve, ask at a fixed rate whatever the answers do, and take the 95th percentile."""
    with templates.copied("bench_own_file"):
        at = held.moment()
        apply_shipped(at=at)
        supplier = make_organisation(at=at).id
        began = time.monotonic()
        people = list(held.fill(ENTRIES, supplier=supplier, at=at))
        filled = time.monotonic() - began
        _settle()
        rng = random.Random(3)
        many = [one for one in people if one.entries == held.MANY]
        few = [one for one in people if one.entries == held.FEW]
        chosen = rng.sample(few, SIGNED_IN - SIGNED_IN // 100) + rng.sample(many, SIGNED_IN // 100)
        cookies = [(_signed_in(one, f"bench-{n}"), one.entries) for n, one in enumerate(chosen)]
        with Served():
            _load(cookies, seconds=5)
            answers = _load(cookies, seconds=SECONDS)
    wrong = [answer for answer in answers if answer.status != 200]
    times = sorted(answer.ms for answer in answers)
    p95 = statistics.quantiles(times, n=100)[94]
    many_times = sorted(answer.ms for answer in answers if answer.entries == held.MANY)
    return [
        Figure(
            what="a person's file, signed in",
            figure=f"{p95:.0f}",
            unit="ms p95",
            promise=f"p95 {PROMISE_MS:.0f} ms at {RATE} pages/s",
            kept=p95 <= PROMISE_MS and not wrong,
            spread=f"median {statistics.median(times):.0f}, p99 {statistics.quantiles(times, n=100)[98]:.0f} ms",
            how=(
                f"{sum(one.entries for one in people):,} entries over {len(people):,} persons held (written in {filled:.0f} s);"
                f" open loop, {RATE} pages/s for {SECONDS} s, {len(answers)} pages, {len(wrong)} not 200; each read leaves its"
                " look. Server and load share the machine's cores."
            ),
            details=(f"pages of 200 entries: {len(many_times)}, slowest {max(many_times, default=0):.0f} ms",),
        )
    ]


def _settle() -> None:
    with prepare.admin(_main()) as connection:
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")


def _main() -> str:
    return prepare.configured().main


def _signed_in(one: held.Held, name: str) -> str:
    account = Account.objects.create_user(name, kind=Account.Kind.RESIDENT)
    persons.link_account(
        account_id=account.id,
        person_id=one.person_id,
        assurance=Assurance.HIGH,
        actor=actors.system("bench"),
        at=held.moment(),
        reason="bench",
    )
    client = Client()
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


class Served:
    """The real server on loopback, reading the bench's database at the bench's moment."""

    def __enter__(self) -> None:
        pair = prepare.configured()
        place = server.places()
        environment = os.environ | {
            "BENCH_DATABASES": f"{pair.main},{pair.keys}",
            "DJANGO_SETTINGS_MODULE": "bench.serving",
            "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
            "CHENGXIN_STATE": str(place.state),
            "CHENGXIN_CLOCK_OFFSET_SECONDS": str(int(held.moment().timestamp() - time.time())),
        }
        self.process = subprocess.Popen(
            [str(Path(sys.executable).with_name("chengxin")), "serve", "--port", str(PORT), *SERVE],
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        patience = time.monotonic() + 60
        while time.monotonic() < patience:
            try:
                if _get("/healthz", "")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.2)
        self.__exit__()
        raise RuntimeError("the server did not come up")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(20)


def _get(path: str, cookie: str) -> tuple[int, int]:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    try:
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        return answer.status, len(answer.read())
    finally:
        connection.close()


def _load(cookies: list[tuple[str, int]], *, seconds: int) -> list[Answer]:
    rng = random.Random(11)
    answers: list[Answer] = []
    threads: list[threading.Thread] = []
    start = time.monotonic() + 0.2

    def ask(due: float, cookie: str, entries: int) -> None:
        status, _ = _get(PAGE, cookie)
        answers.append(Answer((time.monotonic() - due) * 1000, status, entries))

    for n in range(RATE * seconds):
        due = start + n / RATE
        time.sleep(max(0.0, due - time.monotonic()))
        # open loop: a slow answer does not hold the next question back
        thread = threading.Thread(target=ask, args=(due, *rng.choice(cookies)))
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    return answers
