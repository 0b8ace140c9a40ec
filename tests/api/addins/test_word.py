"""The manifest for Word: the elements that Office asks for, in the order it asks for."""

from __future__ import annotations

from uuid import UUID

import pytest
from lxml import etree

from api.addins.word import manifest_xml, office_version

ADDRESS = "https://duibiao.example"
APP = "{http://schemas.microsoft.com/office/appforoffice/1.1}"
OVERRIDES = "{http://schemas.microsoft.com/office/taskpaneappversionoverrides}"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
# As Microsoft documents the order of a task pane's manifest.
ORDER = [
    "Id", "AlternateId", "Version", "ProviderName", "DefaultLocale", "DisplayName", "Description", "IconUrl",
    "HighResolutionIconUrl", "SupportUrl", "AppDomains", "Hosts", "Requirements", "DefaultSettings",
    "Dictionary", "Permissions", "VersionOverrides", "ExtendedOverrides",
]  # fmt: skip
REQUIRED = {"Id", "Version", "ProviderName", "DefaultLocale", "DisplayName", "Description", "Hosts",
            "DefaultSettings", "Permissions"}  # fmt: skip


def names(element: etree._Element) -> list[str]:
    return [etree.QName(child).localname for child in element]


@pytest.fixture
def manifest() -> etree._Element:
    return etree.fromstring(manifest_xml(ADDRESS).encode())


def test_the_elements_of_the_base_in_order(manifest: etree._Element) -> None:
    assert manifest.tag == f"{APP}OfficeApp"
    assert manifest.get(TYPE) == "TaskPaneApp"
    found = names(manifest)
    assert found == [name for name in ORDER if name in found]
    assert set(found) >= REQUIRED
    assert manifest.findtext(f"{APP}Permissions") == "ReadWriteDocument"
    (host,) = manifest.findall(f"{APP}Hosts/{APP}Host")
    assert host.get("Name") == "Document"


def test_the_button_in_order(manifest: etree._Element) -> None:
    overrides = manifest.find(f"{OVERRIDES}VersionOverrides")
    assert overrides is not None
    assert names(overrides) == ["Hosts", "Resources"]
    (form,) = overrides.iter(f"{OVERRIDES}DesktopFormFactor")
    assert names(form) == ["GetStarted", "FunctionFile", "ExtensionPoint"]
    (group,) = overrides.iter(f"{OVERRIDES}Group")
    assert names(group) == ["Label", "Icon", "Control"]
    (control,) = overrides.iter(f"{OVERRIDES}Control")
    assert names(control) == ["Label", "Supertip", "Icon", "Action"]
    (action,) = overrides.iter(f"{OVERRIDES}Action")
    assert names(action) == ["TaskpaneId", "SourceLocation"]
    (resources,) = overrides.iter(f"{OVERRIDES}Resources")
    assert names(resources) == ["Images", "Urls", "ShortStrings", "LongStrings"]


def test_every_resource_that_is_named_exists_and_is_short_enough(manifest: etree._Element) -> None:
    kept = {one.get("id"): str(one.get("DefaultValue")) for one in manifest.iter() if one.get("id")}
    named = {one.get("resid") for one in manifest.iter() if one.get("resid")}
    assert named <= set(kept)
    for element in manifest.iter("{*}ShortStrings", "{*}LongStrings"):
        longest = 125 if etree.QName(element).localname == "ShortStrings" else 250
        assert all(len(str(one.get("DefaultValue"))) <= longest for one in element)
    assert all(len(str(name)) <= 32 for name in named)


def test_every_address_is_this_service_by_https(manifest: etree._Element) -> None:
    addresses = [
        str(one.get("DefaultValue")) for one in manifest.iter() if "://" in str(one.get("DefaultValue"))
    ]
    assert len(addresses) >= 9
    assert all(address.startswith(f"{ADDRESS}/addin/") for address in addresses)


def test_the_id_is_stable_for_an_address(manifest: etree._Element) -> None:
    first = manifest.findtext(f"{APP}Id")
    again = etree.fromstring(manifest_xml(ADDRESS).encode()).findtext(f"{APP}Id")
    other = etree.fromstring(manifest_xml("https://other.example").encode()).findtext(f"{APP}Id")
    assert first == again == str(UUID(str(first)))
    assert other != first


@pytest.mark.parametrize(
    ("written", "office"), [("0.1.0", "1.0.1.0"), ("2.3", "1.2.3.0"), ("1.2.3.dev4", "1.1.2.3")]
)
def test_versions_are_four_numbers(written: str, office: str) -> None:
    assert office_version(written) == office
