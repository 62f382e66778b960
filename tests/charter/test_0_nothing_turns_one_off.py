"""No configuration, role or command turns a line of the charter off: every switch there is, with what it switches."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from chengxin.foundation import clock
from chengxin.offices.terms import PERMISSIONS, Permission, Role
from tests.charter.offers import commands, trees
from tests.house.source import PACKAGE, PROJECT
from tests.people import NOW

_VARIABLE = re.compile(r"\b(?:CHENGXIN_[A-Z_]+[A-Z]|DATABASE_URL|KEYS_URL)\b")

# Every variable that the product reads, and what it decides. None of them a line of the charter.
VARIABLES = {
    "where things are": {
        "DATABASE_URL", "KEYS_URL", "CHENGXIN_ADMIN_URL", "CHENGXIN_ROLE_PASSWORDS", "CHENGXIN_STATE", "CHENGXIN_FILES",
        "CHENGXIN_STATIC_ROOT", "CHENGXIN_KEYS", "CHENGXIN_KEYS_FILE", "CHENGXIN_KEY_PROVIDER", "CHENGXIN_SERVER_USER",
        "CHENGXIN_LETTERS", "CHENGXIN_SMS_FOLDER", "CHENGXIN_HOSTS", "CHENGXIN_ADDRESS", "CHENGXIN_PROXIES",
    },
    "how long a connection lives and waits": {
        "CHENGXIN_CONNECTION_SECONDS", "CHENGXIN_STATEMENT_SECONDS", "CHENGXIN_SMTP_TIMEOUT_SECONDS",
    },
    "whose instance it says it is": {
        "CHENGXIN_CITY", "CHENGXIN_CITY_ZH", "CHENGXIN_CITY_EN", "CHENGXIN_OFFICE", "CHENGXIN_OFFICE_ZH", "CHENGXIN_OFFICE_EN",
        "CHENGXIN_LANGUAGE",
    },
    "whose legal terms hold besides the nation's; of several the shorter counts for the office": {"CHENGXIN_PLACES"},
    "figures of terms that nobody had read in the law; no term that was read, and none for the worse": {
        "CHENGXIN_CLOCKS", "CHENGXIN_REPAIR",
    },
    "years of holidays, as their notice has them; a year of the release only where the file says that it corrects it": {
        "CHENGXIN_HOLIDAYS",
    },
    "what looks for harm in papers, besides type and size": {"CHENGXIN_CLAMD"},
    "how people sign in and are told": {
        "CHENGXIN_OIDC_CLAIMS", "CHENGXIN_OIDC_CLIENT", "CHENGXIN_OIDC_ID", "CHENGXIN_OIDC_ISSUER",
        "CHENGXIN_OIDC_NAME", "CHENGXIN_OIDC_SCOPE", "CHENGXIN_OIDC_SECRET", "CHENGXIN_SECRET_KEY", "CHENGXIN_SMTP_HOST",
        "CHENGXIN_SMTP_PASSWORD", "CHENGXIN_SMTP_PORT", "CHENGXIN_SMTP_TLS", "CHENGXIN_SMTP_USER", "CHENGXIN_MAIL_FROM",
        "CHENGXIN_SMS_GATEWAY", "CHENGXIN_WEBHOOK_URL",
    },
    "how the proof log is named, and whose cosignatures are known": {"CHENGXIN_LOG_ORIGIN", "CHENGXIN_LOG_WITNESSES"},
    "what the log tells operators": {"CHENGXIN_LOG_LEVEL"},
    "whether the embedded server's disk is waited for; tests alone": {"CHENGXIN_SERVER_FSYNC"},
    "which settings": {"CHENGXIN_SETTINGS"},
    "people who do not exist (practice), and their clock, which production does not read": {
        "CHENGXIN_PRACTICE", "CHENGXIN_CLOCK_OFFSET_SECONDS",
    },
}  # fmt: skip


def test_every_variable_is_known_here_with_what_it_decides() -> None:
    read = set()
    for path in PACKAGE.rglob("*.py"):
        read |= set(_VARIABLE.findall(path.read_text(encoding="utf-8")))
    known = {name for names in VARIABLES.values() for name in names}
    assert read - known == set(), "a new switch: say what it decides, and why that is no line of the charter"
    assert known - read == set()


def test_no_variable_sounds_like_a_way_round() -> None:
    round_about = re.compile(
        r"SKIP|DISABLE|BYPASS|UNSAFE|FORCE|IGNORE|ALLOW|WITHOUT|NO_|SUPER|ROOT_ACCESS|EXPORT|SCORE"
    )
    known = {name for names in VARIABLES.values() for name in names}
    assert not {name for name in known if round_about.search(name)} - {"CHENGXIN_STATIC_ROOT"}


# The rooms that decide: nothing in them may ask the environment, and of settings only what is written here.
DECIDING = ("kernel/", "offices/", "persons/", "catalogue/", "records/", "collection/", "access/", "remedies/")
ASKED = {
    "offices/actions/organisations.py": {"CHENGXIN_PRACTICE"},
    "offices/actions/training.py": {"CHENGXIN_PRACTICE"},
    "catalogue/actions/deciding.py": {"CHENGXIN_PRACTICE"},
    "collection/actions/context.py": {"CHENGXIN_PRACTICE"},
    # names in signed texts: they let nobody see anything, and nobody not see
    "access/actions/witnessing.py": {"CHENGXIN_LOG_WITNESSES"},
    "access/queries/log.py": {"CHENGXIN_LOG_ORIGIN"},
    # more clocks, of which F15 takes the one that is better for the person
    "remedies/queries/law.py": {"CHENGXIN_PLACES", "CHENGXIN_CLOCKS", "CHENGXIN_REPAIR"},
    "remedies/actions/letters.py": {"CHENGXIN_OFFICE"},
}


def test_what_decides_asks_no_setting_but_whether_the_people_exist() -> None:
    asked: dict[str, set[str]] = {}
    for place, tree in trees().items():
        if not place.startswith(DECIDING):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "settings":
                asked.setdefault(place, set()).add(node.attr)
            if isinstance(node, ast.Call) and ast.unparse(node).startswith("getattr(settings,"):
                asked.setdefault(place, set()).add(ast.literal_eval(node.args[1]))
            assert not (isinstance(node, ast.Attribute) and ast.unparse(node) in {"os.environ", "os.getenv"}), place
    assert asked == ASKED


PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "chengxin.settings.production", "CHENGXIN_SECRET_KEY": "x" * 60, "CHENGXIN_HOSTS": "a.example",
    "CHENGXIN_CITY_ZH": "甲市", "CHENGXIN_CITY_EN": "A", "CHENGXIN_OFFICE_ZH": "甲办", "CHENGXIN_OFFICE_EN": "A",
    "CHENGXIN_MAIL_FROM": "a@a.example", "CHENGXIN_CLOCK_OFFSET_SECONDS": "-99999999",
}  # fmt: skip


def in_production(code: str) -> str:
    """What a process of a real instance answers, whose operator has set every switch against us."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CHENGXIN_")}
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        env=environment | PRODUCTION | {"CHENGXIN_STATE": os.environ.get("CHENGXIN_STATE", ".state/testing")},
        cwd=PROJECT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def test_a_real_instance_keeps_the_real_time_whatever_its_operator_sets() -> None:
    told = in_production(
        "from datetime import datetime, UTC\nfrom chengxin.foundation import clock\n"
        "print(abs((clock.now() - datetime.now(UTC)).total_seconds()) < 5)\n"
        "try:\n    clock.set_for_tests(clock.now()).__enter__()\n    print('set')\n"
        "except RuntimeError:\n    print('refused')"
    )
    assert told.split() == ["True", "refused"]


def test_a_real_instance_has_no_sign_in_of_invented_people_and_no_debug_page() -> None:
    told = in_production(
        "from django.conf import settings\nfrom django.apps import apps\nfrom django.urls import get_resolver\n"
        "print(settings.DEBUG, settings.CHENGXIN_PRACTICE, apps.is_installed('chengxin.doors.demo'),"
        " any('demo' in str(p.pattern) for p in get_resolver().url_patterns))"
    )
    assert told == "False False False False"


def test_the_clock_of_tests_is_a_clock_of_practice() -> None:
    assert settings.CHENGXIN_PRACTICE
    with clock.set_for_tests(NOW):
        assert clock.now() == NOW


@pytest.mark.parametrize("role", list(Role))
def test_no_role_holds_everything(role: Role) -> None:
    held = {permission for permission, roles in PERMISSIONS.items() if role in roles}
    assert len(held) < len(Permission) / 2
    pairs = [
        ("PROPOSE_EDITION", "APPROVE_EDITION"),
        ("ASK_RECALL", "APPROVE_RECALL"),
        ("GRANT_MANDATE", "APPROVE_MANDATE"),
        ("ASK_ERASURE", "APPROVE_ERASURE"),
        ("ASK_SEAL", "APPROVE_SEAL"),
        ("LOOK_UP", "REVIEW_LOOKS"),
        ("KEEP_CLIENTS", "APPROVE_CLIENT"),
        ("SUSPEND_ACCESS", "LIFT_SUSPENSION"),
    ]
    # where one role may do both, another person does the second: held by constraints, tried in the rooms' own tests
    both = {pair for pair in pairs if {Permission[one] for one in pair} <= held}
    assert both <= {pairs[1], pairs[2], pairs[3], pairs[6], pairs[7]}


def test_no_command_is_a_way_round() -> None:
    words = re.compile(r"sql|shell|superuser|unlock|override|force|dump|export|impersonate|sudo", re.I)
    assert not [command for command in commands() if words.search(command)]
    texts = [path.read_text(encoding="utf-8") for path in Path(PACKAGE / "doors" / "commands").glob("*.py")]
    options = {option for text in texts for option in re.findall(r"\"(--[a-z-]+)\"", text)}
    assert len(options) > 10
    assert not {option for option in options if words.search(option)}
    assert not {
        option for option in options if re.search(r"--(no|skip|without|ignore)-(look|check|reason|approval)", option)
    }
