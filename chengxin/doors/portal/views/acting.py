"""Under which of their mandates an official acts, and how one is said."""

from __future__ import annotations

from chengxin.doors.request import Request
from chengxin.doors.wording import Language
from chengxin.foundation.actors import Actor
from chengxin.offices import facade as offices
from chengxin.offices.terms import ROLE_WORDS, MandateView, Standing


def mandates_in_force(request: Request) -> list[MandateView]:
    """The mandates in force of the official who asks; none for anybody else."""
    acting = request.actor
    if acting is None or acting.official_id is None:
        return []
    held = offices.mandates_of(acting, acting.official_id, request.at)
    return [mandate for mandate in held if mandate.standing is Standing.IN_FORCE]


def is_acted_under(mandate: MandateView, actor: Actor) -> bool:
    return (mandate.role, mandate.organisation_id) == (actor.role, actor.organisation_id)


def mandate_in_words(mandate: MandateView, language: Language) -> tuple[str, str]:
    """The organisation's name and the role's, without the role's explanation."""
    office = offices.organisation(mandate.organisation_id)
    words = ROLE_WORDS[mandate.role]
    if language == "zh":
        return office.name_zh, words.zh.split("：")[0]
    return office.name_en, words.en.split(":")[0]
