from __future__ import annotations

from pathlib import Path

import pytest

from api.settings import LOOPBACK, MEBIBYTE, VARIABLES, LanguageModelSettings, Settings, settings_from
from corpus.errors import WrongUse


def test_everything_lies_under_the_named_folder(tmp_path: Path) -> None:
    settings = settings_from({"DUIBIAO_DATA": str(tmp_path)})
    assert settings == Settings(tmp_path, tmp_path / "catalog", tmp_path / "models")
    assert settings.logs == tmp_path / "logs"


def test_a_checkout_keeps_its_own_folder() -> None:
    checkout = Path(__file__).parents[2]
    assert settings_from({}).folder == checkout / "data"


def test_each_variable_is_read(tmp_path: Path) -> None:
    environ = {
        "DUIBIAO_DATA": str(tmp_path),
        "DUIBIAO_DB": str(tmp_path / "other"),
        "DUIBIAO_MODEL": "some/model",
        "DUIBIAO_RERANKER": "some/judge",
        "DUIBIAO_PREFER_RECENT": "1",
        "DUIBIAO_PREFER_UNIT": "市府办",
        "DUIBIAO_VOCABULARY": str(tmp_path / "words.toml"),
        "DUIBIAO_LLM_URL": "http://10.0.0.5:8080/v1",
        "DUIBIAO_LLM_MODEL": "some-writer",
        "DUIBIAO_LLM_KEY": "secret",
        "DUIBIAO_LLM_TIMEOUT": "12",
        "DUIBIAO_HOST": "0.0.0.0",
        "DUIBIAO_PORT": "8123",
        "DUIBIAO_ALLOWED_HOSTS": "oa.example.cn, OA2",
        "DUIBIAO_CORS_ORIGINS": "https://oa.example.cn",
        "DUIBIAO_MAX_UPLOAD_MB": "5",
        "DUIBIAO_PUBLIC_URL": "https://Duibiao.Example:8443/",
        "DUIBIAO_OFFICE_JS": "https://files.example/office/office.js",
    }
    assert set(environ) == {variable.name for variable in VARIABLES}
    settings = settings_from(environ)
    assert settings == Settings(
        folder=tmp_path,
        catalog=tmp_path / "other",
        models=tmp_path / "models",
        model="some/model",
        vocabulary=tmp_path / "words.toml",
        host="0.0.0.0",
        port=8123,
        allowed_hosts=("oa.example.cn", "oa2"),
        cors_origins=("https://oa.example.cn",),
        max_upload=5 * MEBIBYTE,
        reranker="some/judge",
        prefer_recent=True,
        prefer_unit="市府办",
        language_model=LanguageModelSettings("http://10.0.0.5:8080/v1", "some-writer", "secret", 12),
        public_url="https://duibiao.example:8443",
        office_js="https://files.example/office/office.js",
    )
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    "url", ["localhost:8080", "ftp://a/v1", "http://", "http://me:key@a/v1", "http://a:x/v1"]
)
def test_an_address_of_a_language_model_that_is_none(url: str) -> None:
    with pytest.raises(WrongUse, match="DUIBIAO_LLM_URL 不是可用的地址"):
        settings_from({"DUIBIAO_LLM_URL": url, "DUIBIAO_LLM_MODEL": "m"})


def test_a_language_model_without_a_name() -> None:
    with pytest.raises(WrongUse, match="没有设置 DUIBIAO_LLM_MODEL"):
        settings_from({"DUIBIAO_LLM_URL": "http://a/v1"})


def test_header_words_in_the_data_folder_are_found(tmp_path: Path) -> None:
    assert settings_from({"DUIBIAO_DATA": str(tmp_path)}).vocabulary is None
    (tmp_path / "vocabulary.toml").touch()
    assert settings_from({"DUIBIAO_DATA": str(tmp_path)}).vocabulary == tmp_path / "vocabulary.toml"


def test_empty_variables_count_as_unset(tmp_path: Path) -> None:
    environ = {variable.name: " " for variable in VARIABLES} | {"DUIBIAO_DATA": str(tmp_path)}
    assert settings_from(environ) == settings_from({"DUIBIAO_DATA": str(tmp_path)})


def test_options_overrule_the_environment(tmp_path: Path) -> None:
    environ = {"DUIBIAO_DB": str(tmp_path / "a"), "DUIBIAO_MODEL": "a"}
    settings = settings_from(environ, catalog=tmp_path / "b", model="b")
    assert (settings.catalog, settings.model) == (tmp_path / "b", "b")


@pytest.mark.parametrize("written", ["0", "65536", "八千", "-1", "80.5", "²"])
def test_a_port_that_is_none_is_named_with_its_variable(written: str) -> None:
    with pytest.raises(WrongUse, match=r"DUIBIAO_PORT 的值“.+”不对；请改为 1 到 65535"):
        settings_from({"DUIBIAO_PORT": written})


def test_a_preference_is_yes_or_no() -> None:
    with pytest.raises(WrongUse, match="DUIBIAO_PREFER_RECENT 的值“是”不对；请改为 0 到 1"):
        settings_from({"DUIBIAO_PREFER_RECENT": "是"})


def test_a_service_on_the_loopback_address_answers_only_to_it(tmp_path: Path) -> None:
    assert settings_from({"DUIBIAO_DATA": str(tmp_path)}).served_names() == LOOPBACK


def test_a_service_for_others_answers_to_any_name_unless_names_are_given(tmp_path: Path) -> None:
    environ = {"DUIBIAO_DATA": str(tmp_path), "DUIBIAO_HOST": "0.0.0.0"}
    assert settings_from(environ).served_names() == ()
    named = settings_from({**environ, "DUIBIAO_ALLOWED_HOSTS": "oa"})
    assert named.served_names() == (*LOOPBACK, "oa")


def test_the_public_name_is_one_the_service_answers_to(tmp_path: Path) -> None:
    settings = settings_from({"DUIBIAO_DATA": str(tmp_path), "DUIBIAO_PUBLIC_URL": "https://duibiao.example"})
    assert settings.served_names() == (*LOOPBACK, "duibiao.example")


@pytest.mark.parametrize(
    "written",
    [
        "duibiao.example",
        "ftp://duibiao.example",
        "https://a@duibiao.example",
        "https://duibiao.example/path",
        "https://duibiao.example?x",
        'https://duibiao.example"><x',
        "https://duibiao.example:0",
        "https://duibiao.example:70000",
        "https://-x-",
        "https://a\nb",
    ],
)
def test_an_address_that_must_not_stand_in_generated_files(written: str) -> None:
    with pytest.raises(WrongUse, match="DUIBIAO_PUBLIC_URL"):
        settings_from({"DUIBIAO_PUBLIC_URL": written})


@pytest.mark.parametrize(
    "written",
    [
        "http://files.example/office.js",
        "https://files.example/office",
        "https://files.example/a b.js",
        "https://x/a.js; script-src *",
        "https://x/'unsafe-inline'.js",
    ],
)
def test_an_address_that_must_not_stand_in_a_policy(written: str) -> None:
    with pytest.raises(WrongUse, match="DUIBIAO_OFFICE_JS"):
        settings_from({"DUIBIAO_OFFICE_JS": written})


def test_sites_that_may_use_the_service_are_exact_origins() -> None:
    written = " HTTPS://OA.Example/ , http://10.0.0.5:8080,https://oa.example:443,"
    settings = settings_from({"DUIBIAO_CORS_ORIGINS": written})
    assert settings.cors_origins == ("https://oa.example", "http://10.0.0.5:8080")
    assert settings_from({}).cors_origins == ()


@pytest.mark.parametrize(
    "written",
    ["*", "null", "oa.example", "https://*.example", "https://oa.example/pane", "https://a@oa.example",
     "file:///c:/pane", "https://oa.example:x", "https://"],
)  # fmt: skip
def test_what_is_no_site_is_refused(written: str) -> None:
    with pytest.raises(WrongUse, match=r"DUIBIAO_CORS_ORIGINS 里的.*不是网站地址"):
        settings_from({"DUIBIAO_CORS_ORIGINS": written})
