"""The extension for LibreOffice Writer: a ZIP of `api/addin_libreoffice/` and the address of the service."""

from __future__ import annotations

import json
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from api.web.rendering import rendered

FOLDER: Final = Path(__file__).parents[1] / "addin_libreoffice"
FILE_NAME: Final = "duibiao.oxt"
MEDIA_TYPE: Final = "application/vnd.openofficeorg.extension"
IDENTIFIER: Final = "cn.duibiao.addin"
_KINDS: Final = frozenset({".py", ".xml", ".xcu"})
_BEFORE_ALL: Final = (1980, 1, 1, 0, 0, 0)


def extension(address: str) -> bytes:
    """Return the extension that asks the service at `address`; equal bytes for equal addresses."""
    files = {
        path.relative_to(FOLDER).as_posix(): path.read_bytes()
        for path in FOLDER.rglob("*")
        if path.suffix in _KINDS
    }
    description = rendered("addin/libreoffice_description.xml", version=version("duibiao"), address=address)
    files["description.xml"] = description.encode()
    files["pythonpath/duibiao_addin/server.json"] = json.dumps({"server": address}).encode()
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(ZipInfo(name, _BEFORE_ALL), files[name], ZIP_DEFLATED)
    return written.getvalue()
