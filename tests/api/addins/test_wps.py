from __future__ import annotations

import re

from lxml import etree

from api.addins.wps import index_html, manifest_xml, plugins_xml, ribbon_xml
from api.web.rendering import STATIC


def test_the_list_names_this_service() -> None:
    root = etree.fromstring(plugins_xml("http://oa.example:8000").encode())
    assert root.tag == "jsplugins"
    (plugin,) = root
    assert plugin.tag == "jspluginonline"
    assert {str(key): value for key, value in plugin.items()} == {
        "name": "duibiao",
        "type": "wps",
        "url": "http://oa.example:8000/addin/wps/",
        "debug": "",
        "enable": "enable_dev",
        "install": "null",
    }


def test_an_address_is_text_in_xml() -> None:
    written = plugins_xml('http://a"/><evil x="')
    assert etree.fromstring(written.encode())[0].get("url") == 'http://a"/><evil x="/addin/wps/'


def test_every_name_in_the_ribbon_is_a_function_of_the_script() -> None:
    script = (STATIC / "addin" / "wps_main.js").read_text("utf-8")
    ribbon = etree.fromstring(ribbon_xml().encode())
    wanted = {
        value
        for element in ribbon.iter()
        for key, value in element.items()
        if key in {"onLoad", "onAction", "getImage"}
    }
    assert wanted == {"OnAddinLoad", "OnAction", "GetImage"}
    assert wanted <= set(re.findall(r"^function (\w+)", script, re.MULTILINE))
    buttons = [element.get("id") for element in ribbon.iter("{*}button")]
    assert buttons == ["duibiaoPane", "duibiaoVerify"]
    assert "duibiaoVerify" in script


def test_the_hidden_page_runs_the_script_and_nothing_else() -> None:
    assert re.findall(r"<script[^>]*>(.*?)</script>", index_html()) == [""]
    assert 'src="main.js"' in index_html()
    assert etree.fromstring(manifest_xml().encode()).findtext("Name") == "duibiao"
