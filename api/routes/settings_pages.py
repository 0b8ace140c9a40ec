"""Settings and health: /settings for people, /v1/status and /v1/doctor for programs."""

from __future__ import annotations

import threading

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.doctor import examine
from api.library import Library
from api.problems import kind_of_code
from api.routes.dependencies import LibraryHere, ServiceHere
from api.routes.responses import PROBLEM_RESPONSES
from api.schemas.service import DoctorJson
from api.schemas.status import StatusJson
from api.status import setting_states, status
from api.web.rendering import page
from api.web.tabs import SETTINGS
from corpus.errors import DuibiaoError

router = APIRouter()

GET = ["GET", "HEAD"]
_examining = threading.Lock()


def _examined(library: Library) -> DoctorJson:
    """Examine, once at a time: a check reads the whole catalog."""
    with _examining:
        return examine(library.settings, library)


@router.get(
    "/v1/status",
    tags=["运行状态"],
    summary="目标库有多大、用什么模型、各项设置及来源",
    description="密钥只说是否设置，不给出内容。",
    responses=PROBLEM_RESPONSES,
)
def installation(library: LibraryHere) -> StatusJson:
    """Tell what there is and how it is set up."""
    return status(library)


@router.get(
    "/v1/doctor",
    tags=["运行状态"],
    summary="检查安装是否完好",
    description="与 duibiao doctor 相同；要读一遍目标库，可能需要几秒。",
    responses=PROBLEM_RESPONSES,
)
def doctor(library: LibraryHere) -> DoctorJson:
    """Examine the installation."""
    return _examined(library)


def _settings_page(service: ServiceHere, checks: DoctorJson | None = None) -> HTMLResponse:
    found: StatusJson | None = None
    error: DuibiaoError | None = None
    try:
        found = status(service.library)
    except DuibiaoError as met:
        error = met
    return page(
        "settings.html",
        200 if error is None else kind_of_code(error.code).status,
        tab=SETTINGS,
        found=found,
        settings=setting_states(service.settings),
        warmed=service.warmed.is_set(),
        checks=checks,
        error=None if error is None else error.sentence,
    )


@router.api_route("/settings", methods=GET, include_in_schema=False)
def settings(service: ServiceHere) -> HTMLResponse:
    """Show how the installation is set up and how it is."""
    return _settings_page(service)


@router.api_route("/settings/checks", methods=GET, include_in_schema=False)
def checks(service: ServiceHere) -> HTMLResponse:
    """Show the same with the result of every check."""
    return _settings_page(service, _examined(service.library))
