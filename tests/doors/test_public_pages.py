"""Pages that need nobody, in both languages, with their switches."""

import pytest
from django.test import Client

PAGES = ["/", "/complain/", "/promises/", "/accessibility/", "/sign-in/", "/sign-in/code/"]


@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_opens_in_both_languages(address: str) -> None:
    client = Client()
    zh = client.get(address)
    assert zh.status_code == 200
    assert '<html lang="zh-Hans">' in zh.content.decode()
    client.get("/set/language/en/", {"next": address})
    en = client.get(address)
    assert '<html lang="en">' in en.content.decode()
    assert en.headers["Content-Language"] == "en"
