"""Pages of office heads: officials, mandates, organisations, machine clients; suspensions of access; the permission table."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengxin.doors.portal.views.office import (
    clients,
    mandates,
    officials,
    organisations,
    permissions,
    suspensions,
    training,
)

urlpatterns: list[URLPattern] = [
    path("officials/", officials.officials, name="officials"),
    path("officials/appoint/", officials.official_appoint, name="official_appoint"),
    path("officials/<uuid:uid>/", officials.official, name="official"),
    path("officials/<uuid:uid>/dismiss/", officials.official_dismiss, name="official_dismiss"),
    path("officials/<uuid:uid>/grant/", mandates.mandate_grant, name="mandate_grant"),
    *(
        path(f"officials/<uuid:uid>/mandates/<uuid:mandate_uid>/{act.value}/", page, name=f"mandate_{act.value}")
        for act, page in mandates.ACT_PAGES.items()
    ),
    path("officials/<uuid:uid>/training/", training.official_training, name="official_training"),
    path("officials/<uuid:uid>/training/take-back/", training.official_training_back, name="official_training_back"),
    path("officials/<uuid:uid>/document/", training.official_document, name="official_document"),
    path("clients/", clients.clients, name="clients"),
    path("clients/propose/", clients.client_propose, name="client_propose"),
    path("clients/<uuid:uid>/", clients.client, name="client"),
    path("clients/<uuid:uid>/secret/", clients.client_secret, name="client_secret"),
    *(
        path(f"clients/<uuid:uid>/{act.value}/", page, name=f"client_{act.value}")
        for act, page in clients.ACT_PAGES.items()
    ),
    path("suspensions/", suspensions.suspensions, name="suspensions"),
    path("suspensions/of/<uuid:uid>/", suspensions.access_suspend, name="access_suspend"),
    path("suspensions/<uuid:uid>/lift/", suspensions.suspension_lift, name="suspension_lift"),
    path("access-suspended/", suspensions.access_suspended, name="access_suspended"),
    path("access-suspended/<uuid:uid>/", suspensions.suspension_reply, name="suspension_reply"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/register/", organisations.organisation_register, name="organisation_register"),
    path("organisations/<uuid:uid>/correct/", organisations.organisation_correct, name="organisation_correct"),
    path("organisations/<uuid:uid>/close/", organisations.organisation_close, name="organisation_close"),
    path("permissions/", permissions.permissions, name="permissions"),
]
