from __future__ import annotations

import re

import click
import pytest

from api.chinese import columns, width
from api.cli import cli, run

LATIN_WORD = re.compile(
    r"\b(?:Usage|Options|Commands|Error|Show|Missing|Try|No such|Invalid|default|required)\b"
)


def test_columns_align_by_what_they_take_on_a_screen() -> None:
    assert width("年份 ok") == 7
    assert columns([("年", "一"), ("abc", "二")]) == "  年   一\n  abc  二\n"


@pytest.mark.parametrize("command", ["", *cli.commands])
def test_help_is_chinese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*command.split(), "--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("用法：duibiao")
    assert not LATIN_WORD.search(shown)


def test_help_lists_every_option_of_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    run(["search", "--help"])
    shown = capsys.readouterr().out
    for parameter in cli.commands["search"].params:
        if isinstance(parameter, click.Option):
            assert all(name in shown for name in parameter.opts)


@pytest.mark.parametrize(
    ("arguments", "wrong", "helpful"),
    [
        (["serch"], "没有命令 serch；是不是想写 search？", "duibiao"),
        (["search", "--yaer", "2012", "x"], "没有选项 --yaer；是不是想写 --year？", "duibiao search"),
        (["search"], "缺少参数 检索词；", "duibiao search"),
        (["ingest"], "缺少参数 文件或文件夹…；", "duibiao ingest"),
        (["search", "x", "-k", "0"], "-k 的值不对：“0”不是 1 到 100 之间的整数；", "duibiao search"),
        (
            ["parse", "x", "--year", "去年"],
            "--year 的值不对：“去年”不是 1949 到 2100 之间的整数；",
            "duibiao parse",
        ),
        (["search", "x", "-k"], "选项 -k 后面缺少一个值；", "duibiao"),
        (["documents", "--json=1"], "选项 --json 不带值；", "duibiao"),
    ],
)
def test_wrong_use_is_one_sentence_and_status_2(
    arguments: list[str], wrong: str, helpful: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == f"{wrong}请运行 {helpful} --help 查看用法。\n"


def test_words_without_quotes_are_told_to_be_quoted(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "公文", "办结率"]) == 2
    assert (
        capsys.readouterr().err
        == "多出了内容“办结率”；含有空格的内容请加引号，用法见 duibiao search --help。\n"
    )


def test_nothing_at_all_shows_the_help_and_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("用法：duibiao")
