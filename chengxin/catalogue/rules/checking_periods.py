"""Faults of classes and periods: nothing is shown without an end, nor longer than 信用修复管理办法 and the provinces allow."""

from __future__ import annotations

from chengxin.catalogue.rules.loading import Loaded
from chengxin.catalogue.rules.reading import Reading
from chengxin.catalogue.terms import ActClass, Item

CEILINGS = {ActClass.MINOR: 3, ActClass.GENERAL: 12, ActClass.SERIOUS: 36}
"""Longest display in months, from the day of the decision (信用修复管理办法, chapter 2)."""

ADVERSE_KEPT = 60
"""Display and retention of an adverse entry together, in months (浙江 16, 山东 38, 河南 19: five years)."""

OTHER_SHOWN = 60
"""Longest display in months of what is not adverse and does not end with a validity."""

_ADVERSE_CLASSES = (ActClass.MINOR, ActClass.GENERAL, ActClass.SERIOUS)


def classes_of(item: Item) -> tuple[ActClass, ...]:
    """The classes that entries of the item can have."""
    if item.fixed_class is not None:
        return (item.fixed_class,)
    return _ADVERSE_CLASSES if item.is_adverse else (ActClass.NONE,)


def check_periods(reading: Reading, loaded: Loaded, item: Item) -> None:
    """Class and nature agree; each class has its period, under its ceiling; retention is bounded."""
    line = loaded.line(f"{item.code}/fixed_class", item.code)
    if item.fixed_class is not None and item.is_adverse == (item.fixed_class is ActClass.NONE):
        reading.fault(line, "class_wrong", item=item.code)
        return
    at = loaded.line(f"{item.code}/display", item.code)
    possible = classes_of(item)
    for cls in possible:
        if cls not in item.display:
            reading.fault(at, "display_missing", item=item.code, cls=cls.word)
    for cls, period in item.display.items():
        if cls not in possible:
            reading.fault(at, "display_surplus", item=item.code, cls=cls.word)
            continue
        if period.maximum is None:
            if item.is_adverse or not item.ends_with_validity:
                reading.fault(at, "display_endless", item=item.code, cls=cls.word)
            continue
        most = CEILINGS.get(cls, OTHER_SHOWN)
        if period.maximum.months > most:
            reading.fault(at, "display_over_ceiling", item=item.code, cls=cls.word, most=most)
        if period.minimum is not None and period.minimum.months > period.maximum.months:
            reading.fault(at, "display_reversed", item=item.code, cls=cls.word)
        if item.is_adverse and period.maximum.months + item.retention.period.months > ADVERSE_KEPT:
            reading.fault(
                loaded.line(f"{item.code}/retention", item.code), "retention_over", item=item.code, most=ADVERSE_KEPT
            )
