"""The add-in only manifest for Word."""

from __future__ import annotations

import re
from importlib.metadata import version
from uuid import NAMESPACE_URL, uuid5

from api.addins.address import secure
from api.web.rendering import rendered


def manifest_xml(address: str) -> str:
    """Return the manifest of the add-in at `address`, with an id that never changes for one address.

    Raise WrongUse where it is not https.
    """
    address = secure(address)
    return rendered(
        "addin/word_manifest.xml",
        address=address,
        id=str(uuid5(NAMESPACE_URL, f"{address}/addin/")),
        version=office_version(version("duibiao")),
    )


def office_version(written: str) -> str:
    """Return a version as four numbers: 0.1.0 is 1.0.1.0, for Office wants the first to be 1 at least."""
    numbers = [int(part) for part in re.findall(r"\d+", written)[:3]]
    major, minor, patch = (*numbers, 0, 0, 0)[:3]
    return f"1.{major}.{minor}.{patch}"
