"""Organisations of the city: the tree from the own one down, new ones, corrections, closing."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import ActForm, attempted
from chengxin.doors.portal.forms.office import OFFICE_KINDS, CorrectForm, RegisterForm
from chengxin.doors.portal.presenters.around import name_of
from chengxin.doors.portal.presenters.offices import kind_name, said
from chengxin.doors.portal.views.office.reach import acting, branches, chosen_office, office_choices
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.offices import facade as offices
from chengxin.offices.terms import TIER_WORDS, OrganisationView, Permission, Tier

_NEW_TIERS = (Tier.SUPPLIER, Tier.ASKER, Tier.DISTRICT)


@entrance(who=Who.OFFICIAL, permission=Permission.KEEP_ORGANISATIONS)
def organisations(request: Request) -> HttpResponse:
    """The own organisation and all below it."""
    rows = [
        (one, said(TIER_WORDS[one.office.tier], request.language), kind_name(one.office.kind, request.language))
        for one in branches(request)
    ]
    return render(request, "portal/office/organisations.html", {"rows": rows})


@entrance(who=Who.OFFICIAL, permission=Permission.KEEP_ORGANISATIONS)
def organisation_register(request: Request) -> HttpResponse:
    """A new organisation under another one."""
    actor, _ = acting(request)
    kinds = sorted((kind_name(kind.value, request.language), kind.value) for kind in OFFICE_KINDS)
    form = RegisterForm(
        request.POST or None,
        language=request.language,
        choices={
            "parent": office_choices(request),
            "tier": [(tier.value, said(TIER_WORDS[tier], request.language)) for tier in _NEW_TIERS],
            "kind": [(value, word) for word, value in kinds],
        },
    )

    def register() -> OrganisationView:
        given = form.cleaned_data
        return offices.register_organisation(
            actor=actor,
            parent_id=chosen_office(request, given["parent"]).id,
            name_zh=given["name_zh"],
            name_en=given["name_en"],
            org_code=given["org_code"],
            tier=Tier(given["tier"]),
            kind=given["kind"],
            contact=given["contact"],
            at=request.at,
            reason=form.why,
        )

    if request.method == "POST" and form.is_valid() and (made := attempted(form, register, field="org_code")):
        messages.success(request, text("office.register.done", request.language, name=name_of(made, request.language)))
        return redirect("organisations")
    return render(request, "portal/office/register.html", {"form": form})


@entrance(who=Who.OFFICIAL, permission=Permission.KEEP_ORGANISATIONS)
def organisation_correct(request: Request, uid: UUID) -> HttpResponse:
    """How an organisation is called and reached."""
    actor, _ = acting(request)
    office = offices.organisation_by_uid(uid)
    offices.require_permission(actor, Permission.KEEP_ORGANISATIONS, request.at, organisation_id=office.id)
    now = {"name_zh": office.name_zh, "name_en": office.name_en, "contact": office.contact}
    form = CorrectForm(request.POST or None, language=request.language, initial=now)

    def correct() -> OrganisationView:
        given = form.cleaned_data
        return offices.correct_organisation(
            actor=actor,
            organisation_id=office.id,
            name_zh=given["name_zh"],
            name_en=given["name_en"],
            contact=given["contact"],
            at=request.at,
            reason=form.why,
        )

    if request.method == "POST" and form.is_valid() and (made := attempted(form, correct)):
        messages.success(request, text("office.correct.done", request.language, name=name_of(made, request.language)))
        return redirect("organisations")
    name = name_of(office, request.language)
    return render(request, "portal/office/correct.html", {"form": form, "office": office, "name": name})


@entrance(who=Who.OFFICIAL, permission=Permission.KEEP_ORGANISATIONS)
def organisation_close(request: Request, uid: UUID) -> HttpResponse:
    """Close an organisation for good."""
    actor, _ = acting(request)
    office = offices.organisation_by_uid(uid)
    offices.require_permission(actor, Permission.KEEP_ORGANISATIONS, request.at, organisation_id=office.id)
    name = name_of(office, request.language)
    form = ActForm(request.POST or None, language=request.language)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempted(
            form,
            lambda: offices.close_organisation(actor=actor, organisation_id=office.id, at=request.at, reason=form.why),
        )
        is not None
    ):
        messages.success(request, text("office.close.done", request.language, name=name))
        return redirect("organisations")
    return render(request, "portal/office/close.html", {"form": form, "office": office, "name": name})
