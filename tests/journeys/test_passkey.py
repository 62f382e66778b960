"""A passkey, from offering it to signing in with it alone, on a device that the browser pretends to be."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.doors.test_account import resident
from tests.journeys.browser import PHONE, OpenPage, check_page, wait_for_home
from tests.making import make_city


def test_a_resident_adds_a_passkey_and_signs_in_with_it_alone(open_page: OpenPage) -> None:
    make_city()
    account = resident()
    page = open_page(PHONE, account)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    page.goto("/")
    page.locator('a[href="/account/passkeys/add/"]').click()
    page.fill("#id_name", "我的手机")
    page.check("#id_passwordless")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/account/spare-codes/")
    page.goto("/account/passkeys/")
    expect(page.locator("table")).to_contain_text("我的手机")
    check_page(page)
    page.locator('a[href$="/remove/"]').click()
    check_page(page)
    page.go_back()
    page.locator('a[href$="/name/"]').click()
    check_page(page)

    page.locator(".switches form button").click()
    wait_for_home(page)
    page.goto("/sign-in/")
    page.locator("#passkey_login").click()
    page.wait_for_url("**/my/record/")
    page.goto("/")
    assert page.locator('a[href="/account/passkeys/add/"]').count() == 0, "nobody is asked twice"
