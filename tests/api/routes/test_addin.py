from __future__ import annotations

from dataclasses import replace
from zipfile import is_zipfile

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.guard import CONTENT_SECURITY_POLICY
from api.routes.addin import policy
from api.settings import Settings
from tests.api.stub import StubLibrary

OFFICE = "https://files.example/office/office.js"
FILES = ["wps/jsplugins.xml", "wps/publish.xml", "word/manifest.xml", "libreoffice/duibiao.oxt"]


def client_of(settings: Settings, **changes: object) -> TestClient:
    changed = replace(settings, **changes)  # type: ignore[arg-type]
    return TestClient(create_app(changed, StubLibrary(changed)), base_url="http://127.0.0.1:8000")


def test_the_pane_keeps_the_strict_policy_unless_office_js_is_set(
    client: TestClient, settings: Settings
) -> None:
    for address in ("/addin/", "/addin/?host=wps", "/addin/?host=word"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
        assert "office.js" not in answer.text
    configured = client_of(settings, office_js=OFFICE)
    assert configured.get("/addin/?host=wps").headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    word = configured.get("/addin/?host=word&_host_Info=Word$Win32")
    assert word.headers["content-security-policy"] == CONTENT_SECURITY_POLICY.replace(
        "script-src 'self'", "script-src 'self' https://files.example"
    )
    assert f'data-office-js="{OFFICE}"' in word.text
    assert "unsafe" not in policy(OFFICE)


def test_the_address_without_its_slash_leads_to_the_pane(client: TestClient) -> None:
    answer = client.get("/addin")
    assert (answer.status_code, answer.headers["location"]) == (308, "/addin/")


@pytest.mark.parametrize("file", FILES)
def test_files_name_the_configured_address_never_the_header(settings: Settings, file: str) -> None:
    client = client_of(settings, host="0.0.0.0", public_url="https://duibiao.example")
    answer = client.get(f"/addin/{file}", headers={"host": "evil.example"})
    assert answer.status_code == 200
    assert b"evil" not in answer.content
    if not file.endswith("oxt"):
        assert b"https://duibiao.example/addin/" in answer.content
        assert answer.headers["content-type"].startswith("application/xml")


@pytest.mark.parametrize("file", FILES)
def test_no_file_is_made_for_a_name_nobody_vouches_for(settings: Settings, file: str) -> None:
    answer = client_of(settings, host="0.0.0.0").get(f"/addin/{file}", headers={"host": "evil.example"})
    assert answer.status_code == 422
    assert "DUIBIAO_PUBLIC_URL" in answer.text
    assert "evil" not in answer.text


def test_word_is_refused_without_https(client: TestClient) -> None:
    answer = client.get("/addin/word/manifest.xml")
    assert answer.status_code == 422
    assert "Word 只接受 https" in answer.text


def test_downloads_have_names(client: TestClient, settings: Settings) -> None:
    oxt = client.get("/addin/libreoffice/duibiao.oxt")
    assert oxt.headers["content-disposition"] == 'attachment; filename="duibiao.oxt"'
    kept = settings.folder / "duibiao.oxt"
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(oxt.content)
    assert is_zipfile(kept)
    assert "publish.xml" in client.get("/addin/wps/publish.xml").headers["content-disposition"]


@pytest.mark.parametrize("file", ["", "index.html", "main.js", "ribbon.xml", "manifest.xml"])
def test_what_wps_loads_beside_the_list(client: TestClient, file: str) -> None:
    assert client.get(f"/addin/wps/{file}").status_code == 200


@pytest.mark.parametrize("size", [16, 32, 64, 80])
def test_icons_may_be_kept(client: TestClient, size: int) -> None:
    answer = client.get(f"/addin/icon-{size}.png")
    assert answer.content.startswith(b"\x89PNG")
    assert answer.headers["cache-control"] == "max-age=86400"


def test_how_to_install_says_what_is_missing(client: TestClient, settings: Settings) -> None:
    plain = client.get("/addin/install").text
    assert "JSPluginsServer=http://127.0.0.1:8000/addin/wps/jsplugins.xml" in plain
    assert "还不是 https 地址" in plain
    ready = (
        client_of(settings, public_url="https://duibiao.example", office_js=OFFICE).get("/addin/install").text
    )
    assert 'href="/addin/word/manifest.xml"' in ready
    assert OFFICE in ready
    unknown = client_of(settings, host="0.0.0.0").get("/addin/install", headers={"host": "evil.example"}).text
    assert "还不知道用户访问本服务的地址" in unknown
    assert "evil" not in unknown
