"""Django's database aliases: one a role (F8), on the main database and on the key store.

| alias | role | may |
|---|---|---|
| default | chengxin_web | what pages do; tables about persons only under row-level security |
| owner | chengxin_owner | migrations; nothing else is routed there |
| intake | chengxin_intake | bulk insert past row-level security; reads keys and commitments, no content |
| disposer | chengxin_disposer | deletes what is past its retention |
| keys, keys_intake, keys_disposer, keys_owner | the same roles | the key store (F7) |
"""

from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from chengxin.foundation import server
from chengxin.settings import env

ROLE_OF: Final = {
    "default": "chengxin_web",
    "owner": "chengxin_owner",
    "intake": "chengxin_intake",
    "disposer": "chengxin_disposer",
    "keys": "chengxin_web",
    "keys_owner": "chengxin_owner",
    "keys_intake": "chengxin_intake",
    "keys_disposer": "chengxin_disposer",
}
KEY_ALIASES: Final = frozenset(alias for alias in ROLE_OF if alias.startswith("keys"))

# A `SET LOCAL` must reach the workers of a cluster, or row-level security answers with nothing; one server ignores it.
_PROPAGATE: Final = "-c citus.propagate_set_commands=local"
_OPTIONS_OF: Final = {"owner": f"{_PROPAGATE} -c citus.multi_shard_modify_mode=sequential"}
# aliases of pages: one that waits longer than this is broken, and must not hold up the ones behind it
_OF_PAGES: Final = frozenset({"default", "keys"})
_NEVER_BY_ITSELF: Final = 1_000_000_000
_LOCK_SHARE: Final = 3
_PASSED_ON: Final = frozenset(
    {
        "sslmode",
        "sslrootcert",
        "sslcert",
        "sslkey",
        "connect_timeout",
        "passfile",
        "target_session_attrs",
        "channel_binding",
    }
)


def aliases(
    url: str, keys_url: str, passwords: dict[str, str], *, keep_s: int, statement_s: int
) -> dict[str, dict[str, Any]]:
    """Every alias. URLs name host, port and database; the role is the alias's own, its password that of `passwords`.

    Without URLs the embedded server of this deployment is meant: its address is known before it runs, and its passwords
    are read by libpq from the passfile at the moment of connecting. `keep_s`: seconds a connection is kept open;
    `statement_s`: seconds a statement of a page may take (a third of them waiting for a lock), 0 for no limit.
    """
    if bool(url) != bool(keys_url):
        raise ImproperlyConfigured("DATABASE_URL and KEYS_URL go together: set both or neither")
    main = _from_url("DATABASE_URL", url) if url else _embedded("chengxin")
    keys = _from_url("KEYS_URL", keys_url) if keys_url else _embedded("chengxin_keys")
    if (main["HOST"], main["PORT"], main["NAME"]) == (keys["HOST"], keys["PORT"], keys["NAME"]):
        raise ImproperlyConfigured(
            "KEYS_URL must name another database than DATABASE_URL (keys and contents live apart)"
        )
    return {
        alias: _alias(alias, role, keys if alias in KEY_ALIASES else main, passwords.get(role, ""), keep_s, statement_s)
        for alias, role in ROLE_OF.items()
    }


def _alias(
    alias: str, role: str, place: dict[str, Any], password: str, keep_s: int, statement_s: int
) -> dict[str, Any]:
    options = dict(place["OPTIONS"])
    options["options"] = _OPTIONS_OF.get(alias, _PROPAGATE)
    if alias in _OF_PAGES and statement_s:
        lock_ms = statement_s * 1000 // _LOCK_SHARE
        options["options"] += f" -c statement_timeout={statement_s}s -c lock_timeout={lock_ms}ms"
    # statements of the busiest paths are planned once a session (`database.rows_of`); others never
    options["prepare_threshold"] = _NEVER_BY_ITSELF
    options["application_name"] = f"chengxin {alias}"
    return {
        **place,
        "ENGINE": "django.db.backends.postgresql",
        "USER": role,
        "PASSWORD": password,
        "OPTIONS": options,
        "CONN_MAX_AGE": keep_s,
        "CONN_HEALTH_CHECKS": True,
        # the person of row-level security is set for the transaction, so every request is one
        "ATOMIC_REQUESTS": alias == "default",
        "TEST": {"MIGRATE": False},
    }


def _embedded(name: str) -> dict[str, Any]:
    place = server.places()
    return {"HOST": str(place.sockets), "PORT": "5432", "NAME": name, "OPTIONS": {"passfile": str(place.passfile)}}


def _from_url(variable: str, url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in {"postgresql", "postgres"} or not name:
        raise ImproperlyConfigured(f"{variable} must look like postgresql://host:port/database")
    if parts.password:
        raise ImproperlyConfigured(
            f"{variable} must hold no password: each role has its own in CHENGXIN_ROLE_PASSWORDS"
        )
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    unknown = sorted(set(options) - _PASSED_ON)
    if unknown:
        raise ImproperlyConfigured(f"{variable} names options we do not pass on: {', '.join(unknown)}")
    return {"HOST": host, "PORT": str(parts.port or 5432), "NAME": name, "OPTIONS": options}


def role_passwords(file: Path | None) -> dict[str, str]:
    """The operator's password file, role -> password; nothing where there is none (peer or certificate then)."""
    return env.json_strings(file) if file else {}
