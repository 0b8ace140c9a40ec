"""/addin/…: the pane, the files that put it into WPS, Word and LibreOffice, and how they are installed."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from api.addins import libreoffice, word, wps
from api.addins.address import address_of
from api.guard import CONTENT_SECURITY_POLICY, POLICY
from api.routes.dependencies import ServiceHere
from api.web.rendering import STATIC, page
from corpus.errors import WrongUse

router = APIRouter(prefix="/addin", include_in_schema=False)

GET = ["GET", "HEAD"]
XML = "application/xml"
SCRIPT = "text/javascript; charset=utf-8"
KEPT_A_DAY = {"Cache-Control": "max-age=86400"}
"""Office shows no icon that it may not keep."""


def _address(service: ServiceHere, request: Request) -> str:
    return address_of(service.settings, request.url.scheme, request.headers.get("host", ""))


AddressHere = Annotated[str, Depends(_address)]


def policy(office_js: str | None) -> str:
    """Return the policy of the pane: the usual one, and the origin of Office.js for scripts if it is set."""
    if office_js is None:
        return CONTENT_SECURITY_POLICY
    parts = urlsplit(office_js)
    return CONTENT_SECURITY_POLICY.replace(
        "script-src 'self'", f"script-src 'self' {parts.scheme}://{parts.netloc}"
    )


@router.api_route("/", methods=GET)
def pane(service: ServiceHere, host: Literal["", "wps", "word"] = "") -> HTMLResponse:
    """Show the pane; Office.js, and the policy that lets it in, only in Word."""
    office_js = service.settings.office_js if host == "word" else None
    return page("addin/pane.html", headers={POLICY: policy(office_js)}, host=host, office_js=office_js)


@router.api_route("", methods=GET)
def without_slash() -> RedirectResponse:
    """Lead to the pane."""
    return RedirectResponse("/addin/", 308)


@router.api_route("/install", methods=GET)
def install(service: ServiceHere, request: Request) -> HTMLResponse:
    """Tell how the pane is installed, with the addresses of this service."""
    address, problem = None, None
    try:
        address = _address(service, request)
    except WrongUse as error:
        problem = error.sentence
    return page(
        "addin/install.html",
        tab=None,
        address=address,
        problem=problem,
        is_secure=address is not None and address.startswith("https://"),
        office_js=service.settings.office_js,
    )


@router.api_route("/icon-{size}.png", methods=GET)
def icon(size: Literal["16", "32", "64", "80"]) -> FileResponse:
    """Return the icon of the buttons."""
    return FileResponse(STATIC / "addin" / f"icon-{size}.png", headers=KEPT_A_DAY)


@router.api_route("/wps/", methods=GET)
@router.api_route("/wps/index.html", methods=GET)
def wps_index() -> HTMLResponse:
    """Return the hidden page of the add-in for WPS."""
    return HTMLResponse(wps.index_html())


@router.api_route("/wps/main.js", methods=GET)
def wps_main() -> FileResponse:
    """Return what the buttons in WPS do."""
    return FileResponse(STATIC / "addin" / "wps_main.js", media_type=SCRIPT)


@router.api_route("/wps/ribbon.xml", methods=GET)
def wps_ribbon() -> Response:
    """Return the buttons in WPS."""
    return Response(wps.ribbon_xml(), media_type=XML)


@router.api_route("/wps/manifest.xml", methods=GET)
def wps_manifest() -> Response:
    """Return what the add-in for WPS says of itself."""
    return Response(wps.manifest_xml(), media_type=XML)


@router.api_route("/wps/jsplugins.xml", methods=GET)
def wps_plugins(address: AddressHere) -> Response:
    """Return the list of add-ins that WPS is pointed to."""
    return Response(wps.plugins_xml(address), media_type=XML)


@router.api_route("/wps/publish.xml", methods=GET)
def wps_published(address: AddressHere) -> Response:
    """Return the same list as a file to be saved on the user's machine."""
    return _download(wps.plugins_xml(address).encode(), XML, "publish.xml")


@router.api_route("/word/manifest.xml", methods=GET)
def word_manifest(address: AddressHere) -> Response:
    """Return the manifest for Word."""
    return _download(word.manifest_xml(address).encode(), XML, "duibiao-word.xml")


@router.api_route("/libreoffice/duibiao.oxt", methods=GET)
def libreoffice_extension(address: AddressHere) -> Response:
    """Return the extension for LibreOffice."""
    content = libreoffice.extension(address)
    return _download(content, libreoffice.MEDIA_TYPE, libreoffice.FILE_NAME)


def _download(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
