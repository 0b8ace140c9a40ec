from __future__ import annotations

from collections.abc import Iterator

import corpus.errors
from api.problems import PROBLEMS, kind_of_code, kind_of_status
from corpus.errors import DuibiaoError


def _errors(root: type[DuibiaoError] = DuibiaoError) -> Iterator[type[DuibiaoError]]:
    yield root
    for child in root.__subclasses__():
        yield from _errors(child)


def test_every_error_of_the_program_has_a_status() -> None:
    codes = {error.code for error in _errors() if error.__module__ == corpus.errors.__name__}
    assert codes <= set(PROBLEMS)


def test_statuses_of_a_few_codes() -> None:
    assert kind_of_code("document-not-found").status == 404
    assert kind_of_code("unsupported-format").status == 415
    assert kind_of_code("catalog-missing").status == 503
    assert kind_of_code("wrong-use").status == 422


def test_an_unknown_code_is_an_internal_error() -> None:
    assert kind_of_code("surprise").code == "internal-error"


def test_bare_statuses_get_a_code() -> None:
    assert [kind_of_status(status).code for status in (404, 405, 413, 418, 500, 502)] == [
        "not-found",
        "method-not-allowed",
        "upload-too-large",
        "bad-request",
        "internal-error",
        "internal-error",
    ]
