"""What the rest of search needs of a language model; the client that asks one over the network is api's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Fault(StrEnum):
    """Why a model gave no answer that can be used."""

    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed-out"
    REFUSED = "refused"
    GARBLED = "garbled"
    CUT_SHORT = "cut-short"


class WriterFailed(Exception):
    """The model gave no answer, or stopped in the middle of one."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault = fault
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Message:
    """A turn of a conversation; `role` is system or user."""

    role: str
    content: str


class Writer(Protocol):
    """A language model that may be asked to write."""

    model: str

    def write(self, messages: tuple[Message, ...]) -> Iterator[str]:
        """Yield the model's answer piece by piece. Raise WriterFailed, also after some pieces."""
