"""What a text has told so far, as far as the ranking of outcomes leans on it: its words for what happened, and its claims."""

from __future__ import annotations

from dataclasses import dataclass, field

from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.sentence import Sentence

_KEPT = 4  # outcomes of one sentence


@dataclass(slots=True)
class Told:
    """What happened, by the words of a text so far and by the claims read in it.

    Parameters
    ----------
    title, heading
        Outcomes of the first unit that names any, and of the last heading.
    before
        Number of the last sentence that says that something happened, and which outcomes.
    previous
        The same for the one before it.
    words, claims
        How often each outcome was named, and claimed.
    drafts
        Claims in the order of the text.
    read
        Number of the sentence that is being read.
    """

    title: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    before: tuple[int, tuple[str, ...]] | None = None
    previous: tuple[int, tuple[str, ...]] | None = None
    words: dict[str, int] = field(default_factory=dict)
    claims: dict[str, int] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    read: int = 0

    def add(self, sentence: Sentence, index: int, drafts: list[Draft]) -> None:
        """Take up a sentence and the claims read in it."""
        self.read = index + 1
        for draft in drafts:
            self.drafts.append(draft)
            self.claims[draft.outcome] = self.claims.get(draft.outcome, 0) + 1
        said = tuple(dict.fromkeys(trigger.outcome for trigger in sentence.triggers if not trigger.negated))
        if not said:
            return
        if sentence.unit.kind == "heading":
            self.heading = said
        self.title = self.title or said
        for trigger in sentence.triggers:
            if not trigger.negated:
                self.words[trigger.outcome] = self.words.get(trigger.outcome, 0) + 1
        self.previous, self.before = self.before, (index, said[:_KEPT])
