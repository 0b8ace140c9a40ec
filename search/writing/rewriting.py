"""An answer in a language model's words as far as each sentence holds; else the cited answer stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from search.results import Answer
from search.writing.checking import Checked, Failing, check, sentences_of
from search.writing.prompt import messages_for, pieces_of
from search.writing.writer import Fault, Writer, WriterFailed

_LONGEST = 8000  # characters of a model's answer; more is no answer
_MOST_SENTENCES = 12


class Use(StrEnum):
    """What became of the model's answer."""

    WRITTEN = "written"
    NOT_NEEDED = "not-needed"
    NOTHING_LEFT = "nothing-left"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Rewriting:
    """How a model was used; `note` says it to the user. Only where `use` is WRITTEN are the words its own."""

    model: str
    use: Use
    note: str
    removed: tuple[Checked, ...] = ()
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """The last thing said: the answer that stands, and how the model was used."""

    answer: Answer
    rewriting: Rewriting


_STANDS = "以下是直接取自原文的回答。"
_FAULTS = {
    Fault.UNREACHABLE: "语言模型连接不上，",
    Fault.TIMED_OUT: "语言模型没有在限定的时间内答完，",
    Fault.REFUSED: "语言模型服务拒绝了请求，",
    Fault.GARBLED: "语言模型返回的内容无法识别，",
    Fault.CUT_SHORT: "语言模型的回答中途断了，",
}
_REASONS = {
    Failing.UNCITED: "没有注明出处",
    Failing.UNKNOWN_CITATION: "所注的出处不存在",
    Failing.FIGURE: "数值或单位与出处不符",
    Failing.TITLE: "文件名或文号不在出处里",
    Failing.UNBACKED: "内容不在出处里",
    Failing.LINK: "带有链接",
    Failing.PRIVATE: "带有联系方式",
}


def reason_words(failing: Failing) -> str:
    """Say in Chinese why a sentence was taken out."""
    return _REASONS[failing]


def rewrite(question: str, answer: Answer, writer: Writer) -> Iterator[Checked | Finished]:
    """Yield each sentence as soon as it is written and checked, and last the answer that stands.

    The model sees nothing but the citations of `answer`; their numbers stay. A refusal is not shown to it.
    """
    evidence = pieces_of(answer)
    if answer.abstained or not evidence:
        yield Finished(answer, Rewriting(writer.model, Use.NOT_NEEDED, ""))
        return
    kept: list[Checked] = []
    removed: list[Checked] = []
    try:
        for sentence in _sentences(writer, question, answer):
            checked = check(sentence, evidence)
            (removed if checked.failing else kept).append(checked)
            yield checked
    except WriterFailed as failed:
        said = f"{_FAULTS[failed.fault]}{_STANDS}"
        yield Finished(answer, Rewriting(writer.model, Use.FAILED, said, tuple(removed), failed.fault))
        return
    yield _finished(answer, writer.model, kept, removed)


def _finished(answer: Answer, model: str, kept: list[Checked], removed: list[Checked]) -> Finished:
    if not kept:
        said = f"语言模型写的句子都没有通过核对，{_STANDS}"
        return Finished(answer, Rewriting(model, Use.NOTHING_LEFT, said, tuple(removed)))
    note = "以下由语言模型根据所注出处改写，每句都与出处核对过。"
    if removed:
        note += f"有{len(removed)}句没有通过核对，已删去。"
    text = "\n".join(one.text for one in kept)
    return Finished(replace(answer, text=text), Rewriting(model, Use.WRITTEN, note, tuple(removed)))


def _sentences(writer: Writer, question: str, answer: Answer) -> Iterator[str]:
    """Yield whole sentences while they are written. Raise WriterFailed."""
    rest, length, count = "", 0, 0
    for piece in writer.write(messages_for(question, pieces_of(answer))):
        length += len(piece)
        if length > _LONGEST:
            raise WriterFailed(Fault.GARBLED, "too long")
        whole, rest = sentences_of(rest + piece, finished=False)
        for sentence in whole:
            count += 1
            if count > _MOST_SENTENCES:
                return
            yield sentence
    whole, _ = sentences_of(rest, finished=True)
    yield from whole[: _MOST_SENTENCES - count]
