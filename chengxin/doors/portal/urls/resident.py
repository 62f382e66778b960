"""A person's own pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengxin.doors.portal.views.resident import (
    consents,
    contact,
    entry,
    file,
    letters,
    looks,
    objection,
    processing,
    proof,
)

urlpatterns: list[URLPattern] = [
    path("my/record/", file.my_file, name="my_file"),
    path("my/record/print/", file.my_file_printed, name="my_file_printed"),
    path("my/record/download/", file.my_download, name="my_download"),
    path("my/record/<uuid:uid>/", entry.my_entry, name="my_entry"),
    path("my/record/<uuid:uid>/decline/", entry.my_entry_decline, name="my_entry_decline"),
    path("my/record/<uuid:uid>/take-back/", entry.my_entry_take_back, name="my_entry_take_back"),
    path("my/record/<uuid:uid>/wrong/", objection.my_entry_wrong, name="my_entry_wrong"),
    path("my/record/<uuid:uid>/wrong/what/", objection.my_entry_what, name="my_entry_what"),
    path("my/record/<uuid:uid>/wrong/check/", objection.my_entry_check, name="my_entry_check"),
    path("my/record/<uuid:uid>/receipt/", objection.my_entry_receipt, name="my_entry_receipt"),
    path("my/looks/", looks.my_looks, name="my_looks"),
    path("my/looks/<uuid:uid>/ask/", looks.my_look_ask, name="my_look_ask"),
    path("my/looks/<uuid:uid>/proof/", proof.my_look_proof, name="my_look_proof"),
    path("my/looks/<uuid:uid>/proof.json", proof.my_look_proof_file, name="my_look_proof_file"),
    path("my/letters/", letters.my_letters, name="my_letters"),
    path("my/letters/<uuid:uid>/", letters.my_letter, name="my_letter"),
    path("my/consents/", consents.my_consents, name="my_consents"),
    path("my/consents/<uuid:uid>/", consents.my_consent, name="my_consent"),
    path("my/consents/<uuid:uid>/no/", consents.my_consent_refuse, name="my_consent_refuse"),
    path("my/consents/<uuid:uid>/take-back/", consents.my_consent_take_back, name="my_consent_take_back"),
    path("my/consents/<uuid:uid>/receipt/", consents.my_consent_receipt, name="my_consent_receipt"),
    path("my/processing/", processing.my_processing, name="my_processing"),
    path("my/contact/", contact.my_contact, name="my_contact"),
    path("my/contact/link/", contact.my_contact_link, name="my_contact_link"),
    path("my/contact/prove/<str:token>/", contact.my_contact_prove, name="my_contact_prove"),
    path("my/contact/take-back/", contact.my_contact_take_back, name="my_contact_take_back"),
]
