"""Edition files on disk: the shipped ones, checks and comparisons for the command line and for keepers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from chengxin.catalogue.queries.laws import shipped_laws
from chengxin.catalogue.rules.checking import check
from chengxin.catalogue.rules.differing import differences
from chengxin.catalogue.rules.faults import fault
from chengxin.catalogue.rules.loading import Loaded, load
from chengxin.catalogue.rules.merging import Dated, merge
from chengxin.catalogue.terms import Change, Edition, EditionFaulty, Fault, Level, MergedEdition

DATA = Path(__file__).resolve().parents[1] / "data"


def shipped_files() -> dict[str, Path]:
    """The edition files that come with the product, by their name without ending."""
    return {name: DATA / f"{name}.yaml" for name in ("national", "yunchuan")}


def read_file(path: Path) -> Loaded:
    """One edition file, loaded; a file that cannot be read is a fault like any other."""
    try:
        return load(str(path), path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        return Loaded(str(path), None, (fault(str(path), 1, "not_a_file", what=str(error)),), {})


def check_files(paths: Iterable[Path | str]) -> list[Fault]:
    """Every fault of these edition files, at once. A city's file is compared with the national one given beside it, else
    with the shipped national edition if that is the one it names."""
    loaded = [read_file(Path(path)) for path in paths]
    uppers = {one.edition.code: one.edition for one in loaded if one.edition and one.edition.level is Level.NATIONAL}
    found: list[Fault] = []
    for one in loaded:
        found.extend(check(one, shipped_laws(), _upper(one.edition, uppers)))
    return found


def _upper(edition: Edition | None, uppers: dict[str, Edition]) -> Edition | None:
    if edition is None or edition.level is Level.NATIONAL:
        return None
    if edition.based_on in uppers:
        return uppers[edition.based_on]
    shipped = read_file(shipped_files()["national"]).edition
    return shipped if shipped is not None and shipped.code == edition.based_on else None


def merged_files(paths: Iterable[Path | str]) -> MergedEdition:
    """What these edition files make together, before anybody proposed them: for templates and for the demonstration.

    Raises `EditionFaulty` where one cannot be read, and where no national edition is among them.
    """
    found: dict[Level, Edition] = {}
    for path in paths:
        edition = read_file(Path(path)).edition
        if edition is None:
            raise EditionFaulty(file=str(path))
        found[edition.level] = edition
    if Level.NATIONAL not in found:
        raise EditionFaulty(missing=Level.NATIONAL.value)
    city = found.get(Level.CITY)
    return merge(Dated(found[Level.NATIONAL]), None if city is None else Dated(city))


def diff_files(before: Path | str, after: Path | str) -> tuple[Change, ...]:
    """What changed from one edition file to another. Raises `EditionFaulty` where one cannot be read.

    A city's are compared as merged with the shipped national edition, if that is the one they name.
    """
    editions = []
    for path in (before, after):
        edition = read_file(Path(path)).edition
        if edition is None:
            raise EditionFaulty(file=str(path))
        editions.append(edition)
    return differences(editions[0], editions[1], _upper(editions[1], {}))
