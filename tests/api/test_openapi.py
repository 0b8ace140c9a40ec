"""The description of the service says everything of every operation, and what it says is true."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from api.app import create_app
from api.openapi import OPERATION_IDS, examples
from api.openapi_problems import SENTENCES
from api.problem_responses import MEDIA_TYPE
from api.problems import PROBLEMS
from api.settings import Settings
from tests.api.stub import StubLibrary


class Operation(NamedTuple):
    method: str
    path: str
    told: dict[str, Any]


@pytest.fixture(scope="module")
def description(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    settings = Settings.of_folder(tmp_path_factory.mktemp("described"))
    described: dict[str, Any] = create_app(settings, StubLibrary(settings)).openapi()
    return described


@pytest.fixture(scope="module")
def operations(description: dict[str, Any]) -> list[Operation]:
    return [
        Operation(method.upper(), path, told)
        for path, methods in description["paths"].items()
        for method, told in methods.items()
    ]


def _chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def _faults(description: dict[str, Any], schema: dict[str, Any], value: Any) -> list[str]:
    validator = Draft202012Validator({**schema, "components": description["components"]})
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def test_every_operation_has_a_name_that_lasts(operations: list[Operation]) -> None:
    named = {f"{one.method} {one.path}": one.told["operationId"] for one in operations}
    assert named == OPERATION_IDS
    assert len(set(named.values())) == len(named)
    assert all(re.fullmatch("[a-z_]+", name) for name in named.values())


def test_every_operation_has_a_summary_and_says_what_its_parameters_mean(operations: list[Operation]) -> None:
    for one in operations:
        assert _chinese(one.told["summary"]), one.path
        for parameter in one.told.get("parameters", ()):
            assert _chinese(parameter["description"]), (one.path, parameter["name"])


def test_every_answer_has_an_example_that_fits_its_schema(
    operations: list[Operation], description: dict[str, Any]
) -> None:
    for one in operations:
        successes = {status: told for status, told in one.told["responses"].items() if status[0] == "2"}
        assert successes, one.path
        for status, told in successes.items():
            if status == "204":
                continue
            recorded = [held for held in told["content"].items() if "example" in held[1]]
            assert recorded, f"{one.method} {one.path} {status}: python -m tests.api.record_examples"
            assert "application/json" not in told["content"] or "application/json" in dict(recorded)
            for media_type, content in recorded:
                if "schema" in content and media_type == "application/json":
                    assert _faults(description, content["schema"], content["example"]) == [], one.path


def test_every_body_has_an_example_that_fits_its_schema(
    operations: list[Operation], description: dict[str, Any]
) -> None:
    for one in operations:
        for content in one.told.get("requestBody", {}).get("content", {}).values():
            assert "example" in content, f"{one.method} {one.path}: python -m tests.api.record_examples"
            assert _faults(description, content["schema"], content["example"]) == [], one.path


def test_examples_of_parameters_fit_their_schemas(
    operations: list[Operation], description: dict[str, Any]
) -> None:
    for one in operations:
        for parameter in one.told.get("parameters", ()):
            assert "example" in parameter or not parameter["required"], (one.path, parameter["name"])
            if "example" in parameter:
                assert _faults(description, parameter["schema"], parameter["example"]) == []


def test_every_problem_has_examples_that_fit_its_schema(
    operations: list[Operation], description: dict[str, Any]
) -> None:
    met = set()
    for one in operations:
        problems = {status: told for status, told in one.told["responses"].items() if int(status) >= 400}
        assert {"421", "500"} <= set(problems)
        for status, told in problems.items():
            assert _chinese(told["description"])
            content = told["content"][MEDIA_TYPE]
            assert content["examples"]
            for code, example in content["examples"].items():
                met.add(code)
                value = example["value"]
                assert (value["code"], value["status"]) == (code, int(status))
                assert value["status"] == PROBLEMS[code].status
                assert _faults(description, content["schema"], value) == []
    assert met == set(PROBLEMS) - {"not-found", "method-not-allowed"}
    assert set(SENTENCES) == set(PROBLEMS)


def test_operations_name_the_problems_they_can_meet(operations: list[Operation]) -> None:
    told = {one.told["operationId"]: set(one.told["responses"]) for one in operations}
    assert told["search"] == {"200", "304", "421", "422", "500", "503"}
    assert told["ask"] == {"200", "400", "403", "413", "421", "422", "500", "503"}
    assert told["upload"] == {"200", "201", "400", "403", "413", "415", "421", "422", "500", "501", "503"}
    assert {"404", "403"} <= told["remove"]
    assert told["healthz"] == {"200", "421", "500"}


def test_no_example_is_of_nothing(operations: list[Operation]) -> None:
    assert set(examples()) == set(OPERATION_IDS.values())
    text = json.dumps(examples(), ensure_ascii=False)
    assert "/tmp" not in text
    assert "联系电话：" not in text or "〔联系方式已隐去〕" in text


def test_every_reference_leads_somewhere(description: dict[str, Any]) -> None:
    schemas = description["components"]["schemas"]
    referred = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(description)))
    assert referred <= set(schemas)
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)


def test_the_description_is_served(client: TestClient) -> None:
    served = client.get("/openapi.json").json()
    assert served["info"]["title"] == "对标"
    assert "ETag" in served["info"]["description"]
    assert served["openapi"].startswith("3.1")
