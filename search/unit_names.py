"""What units were called before and are called for short: the table `units.toml`, which a user may extend."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from corpus.errors import WrongUse

Names = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class UnitNames:
    """`before` gives for a unit's name the names whose work it took over, `called` its short forms.

    `usual` are all names of units that a city may have, these included.
    """

    usual: tuple[str, ...]
    before: Names
    called: Names

    def related(self, name: str) -> tuple[str, ...]:
        """Return the other names under which the work of `name` was or is done, the nearest first.

        Only names in one line count: not 质量技术监督局 for 工商行政管理局, which one unit took over.
        """
        after: dict[str, tuple[str, ...]] = {}
        for now, former in self.before.items():
            for one in former:
                after[one] = (*after.get(one, ()), now)
        found = {**_followed(name, self.before), **_followed(name, after)}
        return tuple(one for one in found if one != name)

    def extended(self, before: Names, called: Names) -> UnitNames:
        """Return the table with a user's names in addition."""
        merged = _merged(self.before, before)
        return UnitNames(_usual(self.usual, merged), merged, _merged(self.called, called))


def _followed(name: str, steps: Mapping[str, tuple[str, ...]]) -> dict[str, None]:
    """Return all that `steps` lead to from `name`, the nearest first."""
    found: dict[str, None] = {}
    waiting = list(steps.get(name, ()))
    while waiting:
        one = waiting.pop(0)
        if one not in found:
            found[one] = None
            waiting.extend(steps.get(one, ()))
    return found


def _merged(names: Names, more: Names) -> Names:
    return {one: (*names.get(one, ()), *more.get(one, ())) for one in {**names, **more}}


def _usual(usual: tuple[str, ...], before: Names) -> tuple[str, ...]:
    named = (*usual, *before, *(one for former in before.values() for one in former))
    return tuple(dict.fromkeys(named))


@cache
def default_unit_names() -> UnitNames:
    """Return the built-in table."""
    table = tomllib.loads(resources.files("search").joinpath("units.toml").read_text(encoding="utf-8"))
    before = {name: tuple(former) for name, former in table["before"].items()}
    called = {name: tuple(short) for name, short in table["called"].items()}
    return UnitNames(_usual(tuple(table["usual"].split()), before), before, called)


@cache
def load_unit_names(path: Path) -> UnitNames:
    """Return the built-in table with [units.before] and [units.called] of a TOML file; raise `WrongUse`."""
    try:
        units = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("units", {})
    except OSError as error:
        raise WrongUse(f"无法打开词汇表“{path.name}”：{error.strerror}；请检查路径。") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongUse(f"词汇表“{path.name}”不是有效的 TOML 文件（{error}）；请改正后再试。") from error
    if not isinstance(units, dict) or set(units) - {"before", "called"}:
        raise WrongUse(f"词汇表“{path.name}”中的 units 只能有 [units.before] 和 [units.called] 两个表。")
    return default_unit_names().extended(
        *(_names(path, table, units.get(table, {})) for table in ("before", "called"))
    )


def _names(path: Path, table: str, names: object) -> Names:
    """Check what a user wrote."""
    if isinstance(names, dict) and all(
        isinstance(listed, list) and all(isinstance(one, str) for one in listed) for listed in names.values()
    ):
        return {name: tuple(listed) for name, listed in names.items()}
    raise WrongUse(
        f'词汇表“{path.name}”中 units.{table} 的每一行应是一组单位名称，例如 "生态环境局" = ["环境保护局"]。'
    )
