"""The files of the add-in for WPS Writer; only the list of add-ins names this service."""

from __future__ import annotations

from api.web.rendering import rendered


def plugins_xml(address: str) -> str:
    """Return the list of add-ins: jsplugins.xml on a server, publish.xml on the user's machine."""
    return rendered("addin/wps_plugins.xml", address=address)


def ribbon_xml() -> str:
    """Return the tab with its two buttons."""
    return rendered("addin/wps_ribbon.xml")


def manifest_xml() -> str:
    """Return what the add-in says of itself."""
    return rendered("addin/wps_manifest.xml")


def index_html() -> str:
    """Return the page that WPS opens, never shown, to run main.js."""
    return rendered("addin/wps_index.html")
