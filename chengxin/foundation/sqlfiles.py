"""SQL lives in SQL files, `chengxin/<room>/sql/<name>.sql`, whose first line says what it is for."""

from functools import cache
from pathlib import Path

from django.db.migrations.operations import RunSQL

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def load(room: str, name: str) -> str:
    """The text of one file. Raises ValueError where line one is not a purpose (`-- ...`)."""
    text = (_PACKAGE / room / "sql" / f"{name}.sql").read_text(encoding="utf-8")
    if not text.startswith("-- "):
        raise ValueError(f"{room}/sql/{name}.sql must begin with its purpose")
    return text


def run_sql(room: str, name: str) -> RunSQL:
    """A migration's operation that runs one file. Going back does nothing: schema goes forward only."""
    return RunSQL(load(room, name), RunSQL.noop)
