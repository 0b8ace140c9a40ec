"""Judge the review of drafts by drafts with seeded faults, each labelled by rule and place."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from api.evaluating import CHECKOUT, SETS
from api.schemas.evaluated_checks import CheckEvaluationJson, DraftMistakeJson, RuleScoreJson
from corpus.catalog import Catalog, SourceFile
from corpus.errors import WrongUse
from corpus.model import TargetDocument
from index.build import prepare_all
from index.embedders import Embedder
from index.searcher import Index
from ingest.readers.contract import Source
from ingest.reading import Hints, read_file, read_source
from search.check.findings import Finding
from search.check.rules import RULES, Selection
from search.engine import SearchEngine

DRAFTS = SETS / "drafts.jsonl"
SAMPLES = CHECKOUT / "corpus" / "documents"
ALL = "*"


@dataclass(frozen=True, slots=True)
class Fault:
    """A seeded fault: the rule that should see it, and words of the item or of the finding."""

    rule: str
    at: str

    def is_in(self, finding: Finding) -> bool:
        """Whether a finding is about this fault."""
        remark = finding.remark
        name = (remark.target.item.name or "") if remark.target is not None else ""
        return finding.rule == self.rule and self.at in f"{name}\n{remark.message}"


@dataclass(frozen=True, slots=True)
class LabelledDraft:
    """A draft of the set with its faults; `None` where the text belongs to the catalog (context)."""

    name: str
    document: TargetDocument
    faults: tuple[Fault, ...] | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft with the faults that were found, those that were not, and findings beside them."""

    draft: LabelledDraft
    agreed: tuple[Fault, ...]
    missed: tuple[Fault, ...]
    spurious: tuple[Finding, ...]


def read_drafts(path: Path) -> tuple[LabelledDraft, ...]:
    """Read the set. Raise WrongUse, UnreadableFile."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise WrongUse(f"无法读取“{path}”；请检查路径。") from None
    return tuple(_draft(json.loads(line)) for line in lines if line.strip())


def _draft(entry: dict[str, object]) -> LabelledDraft:
    name = str(entry["id"])
    unit, year, city = entry.get("unit"), entry.get("year"), entry.get("city")
    hints = Hints(
        unit=str(unit) if unit else None,
        year=int(str(year)) if year else None,
        city=str(city) if city else None,
    )
    file_name = name if name.endswith(".txt") else f"{name}.txt"
    documents = read_source(Source(file_name, str(entry["text"]).encode()), hints).documents
    if len(documents) != 1:
        raise WrongUse(f"评测草稿“{name}”读出了 {len(documents)} 份文件，应当只有一份；请检查文字。")
    if entry["kind"] == "context":
        return LabelledDraft(name, documents[0], None)
    faults = entry["faults"]
    labels = faults if isinstance(faults, list) else []
    return LabelledDraft(name, documents[0], tuple(Fault(one["rule"], one["at"]) for one in labels))


def evaluate_checks(path: Path, embedder: Embedder) -> CheckEvaluationJson:
    """Review every draft of the set against a catalog of the samples and of the set's own documents."""
    entries = read_drafts(path)
    with tempfile.TemporaryDirectory(prefix="checks-") as folder:
        catalog = Catalog.open(Path(folder), create=True)
        try:
            for document in (*_samples(), *(one.document for one in entries if one.faults is None)):
                source = document.source
                sha = hashlib.sha256(document.text.encode()).hexdigest()
                file = SourceFile(source, source, source, sha, len(document.text), "evaluation")
                catalog.store(file, prepare_all((document,), embedder), embedder.record)
            engine = SearchEngine(catalog, Index(catalog, Path(folder)), embedder)
            judged = [_judge(one, engine) for one in entries if one.faults is not None]
        finally:
            catalog.close()
    return _evaluation(judged)


def _samples() -> Iterator[TargetDocument]:
    for file in sorted(SAMPLES.glob("*.txt")):
        yield from read_file(file).documents


def _judge(draft: LabelledDraft, engine: SearchEngine) -> Judged:
    """Match each fault with one finding; a rule's further findings on the same item are the same alarm."""
    findings = list(_once_an_item(engine.check(draft.document, Selection()).findings))
    agreed: list[Fault] = []
    missed: list[Fault] = []
    for fault in draft.faults or ():
        found = next((one for one in findings if fault.is_in(one)), None)
        if found is None:
            missed.append(fault)
        else:
            findings.remove(found)
            agreed.append(fault)
    return Judged(draft, tuple(agreed), tuple(missed), tuple(findings))


def _once_an_item(findings: Sequence[Finding]) -> Iterator[Finding]:
    seen: set[tuple[str, int]] = set()
    for one in findings:
        if one.remark.target is None or one.rule in {"indicator-dropped", "figure-worse", "basis-wrong-year"}:
            yield one
        elif (one.rule, one.remark.target.id) not in seen:
            seen.add((one.rule, one.remark.target.id))
            yield one


def _evaluation(judged: Sequence[Judged]) -> CheckEvaluationJson:
    agreed = Counter(fault.rule for one in judged for fault in one.agreed)
    missed = Counter(fault.rule for one in judged for fault in one.missed)
    spurious = Counter(finding.rule for one in judged for finding in one.spurious)
    rows = [_score(rule.code, agreed[rule.code], missed[rule.code], spurious[rule.code]) for rule in RULES]
    rows.append(_score(ALL, agreed.total(), missed.total(), spurious.total()))
    clean = [one for one in judged if not one.draft.faults]
    return CheckEvaluationJson(
        drafts=len(judged),
        clean=len(clean),
        quiet=sum(1 for one in clean if not one.spurious),
        rules=tuple(rows),
        mistakes=tuple(
            DraftMistakeJson(
                one.draft.name,
                tuple(f"{fault.rule}: {fault.at}" for fault in one.missed),
                tuple(f"{finding.rule}: {finding.remark.message}" for finding in one.spurious),
            )
            for one in judged
            if one.missed or one.spurious
        ),
    )


def _score(rule: str, agreed: int, missed: int, spurious: int) -> RuleScoreJson:
    found, labelled = agreed + spurious, agreed + missed
    return RuleScoreJson(
        rule,
        agreed,
        found,
        labelled,
        round(agreed / found, 4) if found else None,
        round(agreed / labelled, 4) if labelled else None,
    )


def checks_table(evaluation: CheckEvaluationJson) -> str:
    """Return the evaluation as Markdown."""
    faults, clean = evaluation.rules[-1].labelled, evaluation.clean
    about = f"{evaluation.drafts} drafts, {faults} seeded faults; {clean} drafts without a fault, "
    lines = [f"{about}{evaluation.quiet} of them without a finding.", ""]
    lines += ["| rule | agreed | found | labelled | precision | recall |", "|---|---|---|---|---|---|"]
    lines += [
        f"| {'all' if row.rule == ALL else row.rule} | {row.agreed} | {row.found} | {row.labelled} "
        f"| {_ratio(row.precision)} | {_ratio(row.recall)} |"
        for row in evaluation.rules
    ]
    return "\n".join(lines)


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
