"""Train the network that finds who tells a number where no rule does: ``python -m tools.fit_tellers FOLDER... --out FILE``.

It learns from annotated texts, taken in by the very code that the reader runs (`cenotaph.extract.claims.tellers`), so it must be
made anew whenever that code, the lexicon or the word vectors change in earnest. ``--without`` leaves out texts whose names begin
so: what it is measured on it must not have seen. Needs PyTorch (``pip install torch==2.13.0``), which the reader does not. The
seed is fixed; another processor may round otherwise.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.claims.agreement import is_core, listed, number_spans, overlaps, same_outcome
from benchmarks.claims.records import GoldDocument, Row

from cenotaph.extract import read_claims
from cenotaph.extract.claims import reader
from cenotaph.extract.claims.context import SHAPES, find_row, read_vectors, tell_shape
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.tellers import (
    DISTANCES,
    GRAMMAR,
    LONGEST,
    MARKS,
    NEAR,
    NOTES,
    UNITS,
    add_up,
    look_at,
    place_unit,
    tell_grammar,
    tell_places,
)  # fmt: skip
from tools.fit_context import fit

OUT = Path("src/cenotaph/reference/data/claims/tellers.npz")
WIDTH, INNER = 16, 32
ROUNDS = 14
RATE, DECAY = 4e-3, 2e-2
DROPPED, INNER_DROPPED, WORDS_DROPPED, NOTES_DROPPED = 0.2, 0.3, 0.1, 0.1
SENTENCES = 24  # of one batch
SCALE = 64.0  # of the bytes of word vectors
SEED = 0


@dataclass(frozen=True)
class Asked:
    """A number of which it is asked who tells it.

    Parameters
    ----------
    start
        Its first token.
    far, marks, numbers, counted
        Of each token: how far off, how many marks and numbers between, whether it is of what is counted.
    unit
        Kind of the sentence's unit.
    named
        First tokens and tokens less one of the runs that name its source by the annotation.
    unnamed
        Whether the annotation accepts that nobody is named in the sentence.
    ruled
        Whether the rules found a source: only of other claims the reader asks.
    """

    start: int
    far: np.ndarray
    marks: np.ndarray
    numbers: np.ndarray
    counted: np.ndarray
    unit: int
    named: list[tuple[int, int]]
    unnamed: bool
    ruled: int


@dataclass(frozen=True)
class Taken:
    """A sentence as the network takes it in, with what is asked of it."""

    slavic: int
    rows: np.ndarray
    shapes: np.ndarray
    grammar: np.ndarray
    notes: np.ndarray
    asked: list[Asked]


def read_drafts(document: GoldDocument) -> list[Draft]:
    """Return the claims of a text as they are before they are finished."""
    held: list[Draft] = []
    finish = vars(reader)["finish_drafts"]

    def watch(text: str, drafts: list[Draft], *rest: Any) -> Any:
        held.extend(drafts)
        return finish(text, drafts, *rest)

    hear = vars(reader)["hear_tellers"]
    vars(reader)["finish_drafts"], vars(reader)["hear_tellers"] = watch, lambda drafts: None
    try:
        read_claims(document.text, language=document.language)
    finally:
        vars(reader)["finish_drafts"], vars(reader)["hear_tellers"] = finish, hear
    return held


def take_in(document: GoldDocument) -> list[Taken]:
    """Return the sentences of a text that hold annotated claims."""
    spans = [number_spans(claim, document) for claim in document.claims]
    taken: dict[int, Taken] = {}
    for draft in read_drafts(document):
        mention = draft.number.mention
        place = mention.start, mention.end
        hits = [c for c, own in zip(document.claims, spans, strict=True) if is_core(c) and any(overlaps(*s, *place) for s in own)]
        if not hits or draft.sentence.language not in ("en", "ru"):
            continue
        same = [claim for claim in hits if same_outcome(claim, {"outcome": draft.outcome})]
        found = taken.get(id(draft.sentence))
        if found is None:
            found = taken[id(draft.sentence)] = _encode(draft)
        found.asked.append(_ask(draft, (same or hits)[0]))
    return list(taken.values())


def _encode(draft: Draft) -> Taken:
    sentence = draft.sentence
    look = look_at(sentence)
    notes = np.zeros((len(look.tokens), NOTES), np.float32)
    notes[tuple(zip(*look.noted, strict=True))] = 1
    rows = np.array([find_row(look.language, word.low) for _, word in look.tokens])
    shapes = np.array([tell_shape(text) for text, _ in look.tokens])
    grammar = np.array([tell_grammar(word) for _, word in look.tokens], np.float32)
    return Taken(int(look.language == "ru"), rows, shapes, grammar, notes, [])


def _ask(draft: Draft, claim: Row) -> Asked:
    sentence, number, population = draft.sentence, draft.number, draft.population
    look = look_at(sentence)
    tokens = sentence.tokens
    accepted = [claim.get("attribution"), *listed(claim.get("alt_attribution") or [])]
    named = []
    for words in accepted:
        for match in re.finditer(re.escape(str(words or "\0")), sentence.text[sentence.unit.start : sentence.unit.end]):
            start, end = (sentence.unit.start + place for place in match.span())
            inside = [at for at, token in enumerate(tokens) if token.start < end and token.end > start]
            if inside:
                named.append((inside[0], min(len(inside), LONGEST) - 1))
    count = len(tokens)
    own = np.array([[number.start], [number.end]]).repeat(count, axis=1)
    people = np.array([[population.start], [population.end]]).repeat(count, axis=1)
    marked, ended = add_up([look], [0], count)
    places = tell_places(np.arange(count), own, people, marked, ended)
    far, marks, numbers, counted = np.unravel_index(places, (DISTANCES, MARKS, MARKS, 2))
    return Asked(
        number.start, far, marks, numbers, counted, place_unit(sentence.unit.kind), named, not named or None in accepted,
        int(draft.attribution is not None or draft.has_source),
    )  # fmt: skip


def make_network(torch: Any) -> Any:
    """Return the network that the reader runs, as PyTorch trains it."""
    nn = torch.nn
    network = nn.ModuleDict({
        "word en": nn.Linear(64, WIDTH), "word ru": nn.Linear(64, WIDTH), "shape": nn.Embedding(SHAPES, WIDTH),
        "grammar": nn.Linear(GRAMMAR, WIDTH, bias=False), "note": nn.Linear(NOTES, WIDTH, bias=False),
        "inner": nn.Linear((2 * NEAR + 1) * WIDTH, INNER), "ends": nn.Linear(INNER, 2),
        "far": nn.Embedding(DISTANCES, 2), "marks": nn.Embedding(MARKS, 2), "numbers": nn.Embedding(MARKS, 2),
        "counted": nn.Embedding(2, 2), "none": nn.Linear(INNER, 1, bias=False), "unit": nn.Embedding(UNITS, 1),
        "ruled": nn.Embedding(2, 1),
    })  # fmt: skip
    for name in ("far", "marks", "numbers", "counted", "unit", "ruled"):
        nn.init.zeros_(network[name].weight)
    return network


def run(torch: Any, network: Any, vectors: Any, some: Sequence[Taken], training: bool) -> tuple[Any, Any]:
    """Return the sums of every run of tokens and of nobody, one row a number asked about."""
    nn = torch.nn.functional
    longest = max(len(sentence.rows) for sentence in some)

    def stack(arrays: Sequence[Any]) -> Any:
        held = [np.asarray(array) for array in arrays]
        return torch.tensor(np.stack([np.pad(a, [(0, longest - len(a)), *[(0, 0)] * (a.ndim - 1)]) for a in held]))

    def drop(values: Any, share: float) -> Any:
        return values * (torch.rand(values.shape[:-1]) > share).float()[..., None] if training else values

    slavic = torch.tensor([sentence.slavic for sentence in some])[:, None]
    rows = stack([sentence.rows for sentence in some])
    shown = stack([np.ones(len(sentence.rows), np.float32) for sentence in some])
    known = torch.where(
        slavic[..., None] == 1,
        network["word ru"](drop(vectors["ru"][rows * slavic], WORDS_DROPPED)),
        network["word en"](drop(vectors["en"][rows * (1 - slavic)], WORDS_DROPPED)),
    )
    known = known + network["shape"](stack([sentence.shapes for sentence in some]))
    known = known + network["grammar"](stack([sentence.grammar for sentence in some]))
    notes = stack([sentence.notes for sentence in some])
    if training:
        notes = notes * (torch.rand(notes.shape) > NOTES_DROPPED).float()
    known = nn.dropout(known + network["note"](notes), DROPPED, training) * shown[..., None]
    wide = nn.pad(known, (0, 0, NEAR, NEAR))
    inner = nn.relu(network["inner"](torch.cat([wide[:, at : at + longest] for at in range(2 * NEAR + 1)], 2)))
    inner = nn.dropout(inner, INNER_DROPPED, training)
    asked = [(at, one) for at, sentence in enumerate(some) for one in sentence.asked]
    of = torch.tensor([at for at, _ in asked])
    sums = network["ends"](inner)[of]
    for name in ("far", "marks", "numbers", "counted"):
        sums = sums + network[name](stack([getattr(one, name) for _, one in asked]))
    sums = sums + (shown[of][..., None] - 1) * 1e9
    none = network["none"](inner[of, torch.tensor([one.start for _, one in asked])])
    none = none + network["unit"](torch.tensor([one.unit for _, one in asked]))
    none = none + network["ruled"](torch.tensor([one.ruled for _, one in asked]))
    ends = nn.pad(sums[..., 1], (0, LONGEST), value=-1e9)
    return sums[..., :1] + torch.stack([ends[:, at : at + longest] for at in range(LONGEST)], 2), none


def pack(sentences: Sequence[Taken], chance: np.random.Generator) -> Iterator[list[Taken]]:
    """Give sentences of like length together, in an order by chance."""
    order = sorted(range(len(sentences)), key=lambda at: len(sentences[at].rows) + chance.integers(10))
    packs = [[sentences[at] for at in order[first : first + SENTENCES]] for first in range(0, len(order), SENTENCES)]
    for at in chance.permutation(len(packs)):
        yield packs[at]


def train(sentences: Sequence[Taken], rounds: int = ROUNDS, seed: int = SEED) -> dict[str, np.ndarray]:
    """Train the network on some sentences and return its weights as `cenotaph.extract.claims.tellers.read_weights` gives them."""
    torch = importlib.import_module("torch")
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    chance = np.random.default_rng(seed)
    vectors = {language: torch.tensor(read_vectors(language)[1].astype(np.float32) / SCALE) for language in ("en", "ru")}
    network = make_network(torch)
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps = rounds * -(-len(sentences) // SENTENCES) + 2
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    network.train()
    for _ in range(rounds):
        for some in pack(sentences, chance):
            runs, none = run(torch, network, vectors, some, training=True)
            asked = [one for sentence in some for one in sentence.asked]
            good = torch.zeros(runs.shape, dtype=torch.bool)
            for at, one in enumerate(asked):
                for start, more in one.named:
                    good[at, start, more] = True
            alone = torch.tensor([[one.unnamed] for one in asked])
            whole = torch.cat([runs.flatten(1), none], 1)
            right = torch.cat([good.flatten(1), alone], 1)
            loss = (whole.logsumexp(1) - whole.masked_fill(~right, -1e30).logsumexp(1)).mean()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return export({name: value.detach().numpy() for name, value in network.state_dict().items()})


def export(state: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return trained weights under the reader's names, each ready to be multiplied from the right."""
    found: dict[str, np.ndarray] = {}
    for language in ("en", "ru"):
        found[f"word {language}"] = state[f"word {language}.weight"].T / SCALE
        found[f"language {language}"] = state[f"word {language}.bias"]
    for name in ("shape", "far", "marks", "numbers", "counted", "unit"):
        found[name] = state[f"{name}.weight"]
    found["unit"] = found["unit"] + state["ruled.weight"][0]
    for name in ("grammar", "note", "inner", "ends", "none"):
        found[name] = state[f"{name}.weight"].T
    for name in ("inner", "ends"):
        found[f"{name} bias"] = state[f"{name}.bias"]
    return {name: np.ascontiguousarray(value, np.float32) for name, value in found.items()}


def main(arguments: list[str] | None = None) -> int:
    """Train the network and write its weights."""

    def learn(documents: Sequence[GoldDocument], rounds: int, seed: int) -> dict[str, np.ndarray]:
        return train([taken for document in documents for taken in take_in(document)], rounds, seed)

    return fit(arguments, "tools.fit_tellers", __doc__, ROUNDS, OUT, learn)


if __name__ == "__main__":
    raise SystemExit(main())
