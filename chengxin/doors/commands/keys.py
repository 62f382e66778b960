"""`chengxin keys`: make the keyring, rotate its keys, and keep a copy that two people together can open (F7)."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from chengxin.doors.commands.refusals import BAD_INPUT, CONFLICT, DONE
from chengxin.doors.commands.words import one_line, say
from chengxin.foundation.ciphers import SUITES

FILE_VARIABLE = "CHENGXIN_KEYS_FILE"
ROTATED = ("master", "index", "signing")
RETIRED = ("master", "index")
REASON = "index key rotated"


def register(parsers: Any) -> None:
    parser = parsers.add_parser("keys", help=one_line("help.keys"))
    acts = parser.add_subparsers(metavar="ACT", required=True)
    made = _act(acts, "create", create, settings=None)
    made.add_argument("--profile", choices=sorted(SUITES), default="intl", help=one_line("help.keys_profile"))
    turned = _act(acts, "rotate", rotate, database=False)
    turned.add_argument("key", choices=ROTATED)
    _act(acts, "rewrap", rewrap)
    _act(acts, "reindex", reindex)
    dropped = _act(acts, "retire", retire)
    dropped.add_argument("key", choices=RETIRED, nargs="?", default="master")
    cut = _act(acts, "split", split, settings=None)
    cut.add_argument("--shares", type=int, default=3, help=one_line("help.keys_shares"))
    cut.add_argument("--sealed", type=Path, required=True, help=one_line("help.keys_sealed"))
    mended = _act(acts, "join", join, settings=None)
    mended.add_argument("--sealed", type=Path, required=True, help=one_line("help.keys_sealed"))


def _act(acts: Any, name: str, run: Callable[[argparse.Namespace], int], **needs: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = acts.add_parser(name, help=one_line(f"help.keys_{name}"))
    if name in {"create", "split", "join"}:
        parser.add_argument("--file", type=Path, default=None, help=one_line("help.keys_file"))
    parser.set_defaults(run=run, **needs)
    return parser


def create(chosen: argparse.Namespace) -> int:
    """A keyring of fresh keys, written to a file that nobody else may read; never over one that is there."""
    from chengxin.foundation.keyring import Keyring

    return _store(chosen, Keyring.create(chosen.profile))


def rotate(chosen: argparse.Namespace) -> int:
    """Add the next version. Then restart every process; `rewrap` or `reindex`; and `retire` the older version."""
    from chengxin.foundation import keyring
    from chengxin.foundation.keyring.source import key_file

    ring = keyring.current()
    turned = {"master": ring.rotate_master, "index": ring.rotate_index, "signing": ring.rotate_signing}[chosen.key]
    keyring.store(key_file(), turned(), replace=True)
    keyring.forget()
    say(f"keys.rotated_{chosen.key}")
    return DONE


def rewrap(chosen: argparse.Namespace) -> int:
    """Wrap every key and every second factor anew under the newest master key. May be stopped and begun again."""
    from chengxin.doors.signin.sealed_factors import rewrap_factors
    from chengxin.foundation import keystore

    def progress(seen: int) -> None:
        print(f"\r{seen:,}", end="", file=sys.stderr, flush=True)

    moved = keystore.rewrap_all(progress=progress if sys.stderr.isatty() else None) + rewrap_factors()
    say("keys.rewrapped", count=moved)
    return DONE


def reindex(chosen: argparse.Namespace) -> int:
    """Key numbers, names and decisions anew under the newest index key. May be stopped and begun again."""
    moved, unreached = _walk()
    say("keys.reindexed", count=moved)
    if unreached:
        say("keys.unreached", to=sys.stderr, count=unreached)
    return CONFLICT if unreached else DONE


def _walk() -> tuple[int, int]:
    """Every person once. Gives how many rows moved, and how many entries' decisions could not be told again."""
    from chengxin.collection import facade as collection
    from chengxin.foundation import actors, clock

    seen = moved = unreached = 0
    after = None
    while True:
        page = collection.reindex_page(actor=actors.system("reindex"), at=clock.now(), reason=REASON, after=after)
        seen, moved, unreached = seen + page.seen, moved + page.moved, unreached + page.unreached
        if sys.stderr.isatty():
            print(f"\r{seen:,}", end="", file=sys.stderr, flush=True)
        if page.last is None:
            return moved, unreached
        after = page.last


def retire(chosen: argparse.Namespace) -> int:
    """Drop the older key, once nothing is wrapped or keyed under it."""
    return _retire_index() if chosen.key == "index" else _retire_master()


def _retire_index() -> int:
    """The walk once more: what it still finds was written by a process that knows the older key alone."""
    from chengxin.foundation import keyring
    from chengxin.foundation.keyring.source import key_file
    from chengxin.persons import facade as persons

    moved, unreached = _walk()
    left = moved + unreached + persons.stale_numbers()
    if left:
        say("keys.still_keyed", to=sys.stderr, count=left)
        return CONFLICT
    keyring.store(key_file(), keyring.current().retire_index(), replace=True)
    keyring.forget()
    say("keys.retired_index")
    return DONE


def _retire_master() -> int:
    from chengxin.doors.signin.sealed_factors import stale_factors
    from chengxin.foundation import keyring, keystore
    from chengxin.foundation.keyring.source import key_file

    left = keystore.stale() + stale_factors()
    if left:
        say("keys.still_wrapped", to=sys.stderr, count=left)
        return CONFLICT
    keyring.store(key_file(), keyring.current().retire_master(), replace=True)
    keyring.forget()
    say("keys.retired")
    return DONE


def split(chosen: argparse.Namespace) -> int:
    """Seal a copy of the keyring and print the shares of its key, each to be kept by another person."""
    from chengxin.foundation import escrow
    from chengxin.foundation.keyring import FileKeys, Keyring

    if not 2 <= chosen.shares <= escrow.MOST_SHARES:
        say("keys.shares_out_of_range", to=sys.stderr, most=escrow.MOST_SHARES)
        return BAD_INPUT
    path = _named_file(chosen)
    if path is None:
        return BAD_INPUT
    content = FileKeys(path).fetch()
    locked = escrow.lock(content.encode(), Keyring.read(content).suite, shares=chosen.shares)
    descriptor = os.open(chosen.sealed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(locked.sealed)
        file.flush()
        os.fsync(file.fileno())
    say("keys.split", to=sys.stderr, name=chosen.sealed, count=len(locked.shares))
    for number, share in enumerate(locked.shares, start=1):
        print(f"{number}/{len(locked.shares)}  {share}")
    return DONE


def join(chosen: argparse.Namespace) -> int:
    """Ask two people for their shares, open the sealed copy, and write the keyring again."""
    from chengxin.foundation import escrow
    from chengxin.foundation.keyring import Keyring

    sealed = chosen.sealed.read_bytes()
    shares = [_asked(number) for number in (1, 2)]
    return _store(chosen, Keyring.read(escrow.unlock(sealed, shares).decode()))


def _asked(number: int) -> str:
    """A share, unseen where somebody types it; from the input's next line where nobody does."""
    if sys.stdin.isatty():
        return getpass.getpass(f"{one_line('keys.share', number=number)}: ")
    return sys.stdin.readline().strip()


def _store(chosen: argparse.Namespace, ring: Any) -> int:
    from chengxin.foundation import keyring

    path = _named_file(chosen)
    if path is None:
        return BAD_INPUT
    try:
        keyring.store(path, ring)
    except FileExistsError:
        say("keys.there_already", to=sys.stderr, name=path)
        return CONFLICT
    say("keys.written", name=path)
    return DONE


def _named_file(chosen: argparse.Namespace) -> Path | None:
    named = chosen.file or os.environ.get(FILE_VARIABLE, "").strip()
    if not named:
        say("keys.file_unnamed", to=sys.stderr, variable=FILE_VARIABLE)
        return None
    return Path(named)
