"""The catalogue for everybody: every item in plain words, with its law and periods, and the template of its file."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import Item, MergedEdition
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.presenters.catalogue import categories, item_page, matches
from chengxin.doors.portal.presenters.purpose import purposes_about
from chengxin.doors.request import Request
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.errors import NotFound
from chengxin.offices import facade as offices

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ItemUnknown(NotFound):
    """The catalogue in force has no such item."""

    code = "item_unknown"


@entrance(who=Who.PUBLIC)
@require_safe
def the_catalogue(request: Request) -> HttpResponse:
    """Every item that may be recorded today, those that are known and closed, and what is never collected."""
    edition = _edition(request)
    wanted = request.GET.get("q", "").strip()[:100]
    found = [item for item in edition.items.values() if matches(item, wanted)]
    context = {
        "edition": edition,
        "q": wanted,
        "found": len(found),
        "all": len(edition.open_items),
        "groups": categories((item for item in found if item.is_open), request.language),
        "closed": categories((item for item in found if not item.is_open), request.language),
        "clauses": [] if wanted else catalogue.CLAUSES.values(),
    }
    return render(request, "portal/public/catalogue.html", context)


@entrance(who=Who.PUBLIC)
@require_safe
def catalogue_item(request: Request, code: str) -> HttpResponse:
    """One item."""
    edition = _edition(request)
    page = item_page(_item(edition, code), edition, offices.organisations(), request.language)
    asked_for = purposes_about(code, edition, request.language)
    return render(request, "portal/public/item.html", {"page": page, "edition": edition, "asked_for": asked_for})


@entrance(who=Who.PUBLIC)
@require_safe
def catalogue_template(request: Request, code: str, ending: str) -> HttpResponse:
    """The empty file of an item: ``csv`` or ``xlsx``."""
    item = _item(_edition(request), code)
    if ending == "csv":
        response = HttpResponse(catalogue.template_csv(item), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(catalogue.template_xlsx(item), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{item.code}.{ending}"'
    return response


def _edition(request: Request) -> MergedEdition:
    return catalogue.edition_on(shanghai_day(request.at))


def _item(edition: MergedEdition, code: str) -> Item:
    item = edition.item(code)
    if item is None:
        raise ItemUnknown(item=code)
    return item
