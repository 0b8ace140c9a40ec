"""What a visitor wrote into the forms of the draft and check pages."""

from __future__ import annotations

from dataclasses import dataclass

from api.requests import require_year
from corpus.errors import WrongUse


@dataclass(frozen=True, slots=True)
class PlainForm:
    """The fields as written; empty means that nothing was."""

    text: str = ""
    unit: str = ""
    year: str = ""
    city: str = ""

    def checked_year(self) -> int | None:
        """Return the year, `None` where none was written. Raise WrongUse."""
        if not self.year:
            return None
        if not (self.year.isascii() and self.year.isdigit() and len(self.year) == 4):
            raise WrongUse(f"年份“{self.year[:20]}”不对；请写四位数字，例如 2022。")
        require_year(int(self.year))
        return int(self.year)

    def required_year(self) -> int:
        """Return the year. Raise WrongUse where there is none."""
        year = self.checked_year()
        if year is None:
            raise WrongUse("没有写明年份；请写出要拟写哪一年的目标，例如 2022。")
        return year
