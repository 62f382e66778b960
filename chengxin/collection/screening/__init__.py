"""The fast form of `rules`: a plan compiled from an item, run on frames of text. Nothing here knows any one item.

What is plainly right passes by expression; every other cell goes, once for each different value, through the same plain
rule that `rules.row` uses. So the two agree by construction where they share a rule, and by test where they do not.
"""

from chengxin.collection.screening.judging import Screened, screen
from chengxin.collection.screening.plan import ItemUnscreenable, Plan, compile_plan

__all__ = ["ItemUnscreenable", "Plan", "Screened", "compile_plan", "screen"]
