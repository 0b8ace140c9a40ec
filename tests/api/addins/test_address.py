from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from api.addins.address import address_of, secure
from api.settings import Settings
from corpus.errors import WrongUse

LOCAL = Settings.of_folder(Path("/nowhere"))
OPEN = replace(LOCAL, host="0.0.0.0")


def test_a_trusted_host_header_gives_the_address() -> None:
    assert address_of(LOCAL, "http", "LocalHost:8000") == "http://localhost:8000"
    named = replace(OPEN, allowed_hosts=("oa.example",))
    assert address_of(named, "https", "oa.example") == "https://oa.example"


def test_the_configured_address_overrules_whatever_a_request_says() -> None:
    configured = replace(OPEN, public_url="https://duibiao.example")
    assert address_of(configured, "http", "evil.example") == "https://duibiao.example"


@pytest.mark.parametrize("host", ["evil.example", "localhost", ""])
def test_without_known_names_no_host_header_is_believed(host: str) -> None:
    with pytest.raises(WrongUse, match="DUIBIAO_PUBLIC_URL"):
        address_of(OPEN, "http", host)


@pytest.mark.parametrize("host", ['localhost:80"x', "localhost:8000/evil", "localhost:99999", "localhost:a"])
def test_what_follows_a_known_name_is_checked_too(host: str) -> None:
    with pytest.raises(WrongUse, match="不是服务的地址"):
        address_of(LOCAL, "http", host)


def test_word_needs_https() -> None:
    assert secure("https://a.example") == "https://a.example"
    with pytest.raises(WrongUse, match="只接受 https"):
        secure("http://a.example")
