"""When what was found is evidence, and when it is only the least unlike thing in the catalog.

The fused score orders; it says nothing about whether the first is any good. That rests on how much of the
question's subject the item holds, and on how alike they are on the scale of the model (search.likeness).
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.stored import StoredItem
from search.fuse import ScoredItem
from search.likeness import DEFAULT_SCALE, Scale, likeness_by
from search.texts import plain_name, whole_text
from search.thesaurus import reworded
from search.words import content_words, counts_things, coverage


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What counts as evidence.

    An item is evidence where it holds `full` of the question's words, or `partial` of them at a likeness
    of at least `similar`, or is so `alike` that words do not matter; without a `scale` of the model only
    words count. Measured on policy documents: 99 % of 300 questions they answer find evidence, 2 % of 300
    questions about other things do.

    A figure is given only where its item holds `subject` of the words and the figure fits them by
    `figure`: a missing word may be the one that matters. `near` is the share of the best fit that others
    need to be shown beside it.

    Sentences are quoted where they tell `told` of the question: the share of its pairs of characters, rare
    ones counting most, that the best of them hold with their surroundings, raised or lowered by their
    likeness. Tuned on half of the questions: search.reading says how.
    """

    full: float = 0.75
    partial: float = 0.5
    similar: float = 0.46
    alike: float = 0.94
    subject: float = 0.8
    figure: float = 0.7
    near: float = 0.85
    told: float = 0.37
    scale: Scale | None = DEFAULT_SCALE


DEFAULT_THRESHOLDS = Thresholds()


@dataclass(frozen=True, slots=True)
class Found:
    """A retrieved item, loaded; `held` is the share of the question's words that it holds."""

    stored: StoredItem
    scored: ScoredItem
    held: float


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about: its content words, and the same in official words.

    `variants` are other ways to say the whole subject, each worth a little less than its own words.
    `counted` says that a number of things is asked for, not a rate.
    """

    words: tuple[str, ...]
    variants: tuple[tuple[str, ...], ...] = ()
    counted: bool = False

    def wordings(self) -> tuple[tuple[float, tuple[str, ...]], ...]:
        """Return all ways to say the subject with what a match of each is worth."""
        return ((1.0, self.words), *((_REWORDED, variant) for variant in self.variants))

    def share_in(self, text: str) -> float:
        """Return how much of the subject `text` holds, in its best wording."""
        return max(worth * coverage(words, text) for worth, words in self.wordings())

    def without(self, asking: frozenset[str]) -> Subject:
        """Return the subject without words that only ask."""
        kept = tuple(word for word in self.words if word not in asking)
        variants = tuple(tuple(word for word in words if word not in asking) for words in self.variants)
        return Subject(kept, variants, self.counted)


_REWORDED = 0.9


def make_subject(topic: str, question: str) -> Subject:
    """Read the subject of `topic`, which is what is left of `question` when its filters are taken out."""
    if not topic:
        return Subject(())
    variants = tuple(content_words(text) for text in reworded(topic))
    return Subject(content_words(topic), variants, counts_things(question))


def weigh(subject: Subject, stored: StoredItem, scored: ScoredItem) -> Found:
    """Put an item together with its evidence for `subject`."""
    names = "\n".join(plain_name(one.name) for one in stored.item.indicators if one.name)
    return Found(stored, scored, subject.share_in(f"{whole_text(stored)}\n{names}"))


def reweigh(subject: Subject, found: Found) -> Found:
    """Return the same item with its evidence for another subject."""
    return weigh(subject, found.stored, found.scored)


def is_evidence(found: Found, thresholds: Thresholds = DEFAULT_THRESHOLDS) -> bool:
    """Whether an item can be said to answer anything of the question."""
    if found.held >= thresholds.full:
        return True
    likeness = likeness_by(thresholds.scale)(found.scored.similarity)
    if likeness is None:
        return False
    return likeness >= (thresholds.similar if found.held >= thresholds.partial else thresholds.alike)
