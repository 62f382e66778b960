"""One way into the schema: migrations run as the owner, on the main database, and nowhere else."""

from typing import Any


class OneWay:
    """Django's database router. Reads and writes stay on the alias that the code names, by default `default`."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return None

    def db_for_write(self, model: Any, **hints: Any) -> str | None:
        return None

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool | None:
        """All main aliases are one database; a row read as owner may be named by one written as web."""
        return True

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:
        return db == "owner"
