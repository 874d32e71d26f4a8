"""Train the network by which the reader weighs what stands around a number: ``python -m tools.fit_context FOLDER... --out FILE``.

It learns from annotated texts, taken in by the very code that the reader runs (`cenotaph.extract.claims.context`), so it must
be made anew whenever that code, the lexicon or the word vectors change in earnest. ``--without`` leaves out texts whose names
begin so: what the ranking learns from must be weighed by a network that had not seen it. Needs PyTorch
(``pip install torch==2.13.0``), which the reader does not. The seed is fixed; another processor may round otherwise.
"""

from __future__ import annotations

import argparse
import importlib
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.claims.agreement import accepted_outcomes, is_core, number_spans, overlaps
from benchmarks.claims.records import GoldDocument, read_gold

from cenotaph.extract.claims.context import (
    DISTANCES,
    HEADS,
    HINTED,
    NUMBERS,
    OF_NOBODY,
    OUTCOMES,
    SAID,
    SHAPES,
    SIZES,
    UNITS,
    WIDENING,
    Encoded,
    measure,
    read_vectors,
)  # fmt: skip
from cenotaph.extract.claims.reader import analyse

OUT = Path("src/cenotaph/reference/data/claims/context.npz")
WIDTH = 96
WORD = 64  # of a word's vector
ROUNDS = 14
RATE, DECAY, DROPPED = 2e-3, 2e-2, 0.3
WORDS_DROPPED, SAID_DROPPED = 0.08, 0.15
OFTEN = 5  # a word met so often has weights of its own beside its vector
OWN_DROPPED, OWN_DECAY = 0.3, 0.1
TOKENS = 900  # of one batch
SCALE = 64.0  # of the bytes of word vectors
SEED = 0


@dataclass(frozen=True)
class Text:
    """One annotated text as the network takes it in.

    Parameters
    ----------
    encoded
        Its tokens.
    numbers
        Start, first token looked at, classes of distance, and size of each number whose annotation decides.
    accepted
        One row a number: 1 for each outcome that the annotation accepts, the first being that there is no claim.
    """

    encoded: Encoded
    numbers: list[tuple[int, int, np.ndarray, int]]
    accepted: np.ndarray


def encode(document: GoldDocument) -> Text:
    """Return a text with the outcomes that its annotation accepts of each number."""
    placed = analyse(document.text, document.language)
    encoded = Encoded([sentence for _, sentence in placed], [place for place, _ in placed])
    spans = [number_spans(claim, document) for claim in document.claims]
    numbers: list[tuple[int, int, np.ndarray, int]] = []
    rows: list[np.ndarray] = []
    seen = encoded.tell_distances()
    at = -1
    for first, (_, sentence) in zip(encoded.firsts, placed, strict=True):
        for number in sentence.numbers:
            at += 1
            mention = number.mention
            if mention.kind in OF_NOBODY:
                continue  # the network is not asked about it
            place = mention.start, mention.end
            hits = [c for c, own in zip(document.claims, spans, strict=True) if any(overlaps(*span, *place) for span in own)]
            required = [claim for claim in hits if is_core(claim)]
            if hits and not required:
                continue  # neither required nor wrong
            row = np.zeros(len(OUTCOMES), np.float32)
            accepted = {outcome for claim in required for outcome in accepted_outcomes(claim)}
            row[[OUTCOMES.index(o if o in OUTCOMES else "other") for o in map(str, accepted)] or [0]] = 1
            sight = np.flatnonzero(seen[at] >= 0)
            numbers.append((first + number.start, int(sight[0]), seen[at, sight], measure(mention.low)))
            rows.append(row)
    return Text(encoded, numbers, np.array(rows))


def list_words(texts: Sequence[Text]) -> dict[str, np.ndarray]:
    """Return for each language the rows of the words that some texts hold often."""
    found = {}
    for slavic, language in enumerate(("en", "ru")):
        met = np.zeros(len(read_vectors(language)[1]), np.intp)
        for text in texts:
            np.add.at(met, text.encoded.rows[text.encoded.slavic == slavic], 1)
        met[0] = 0  # the row of unknown words
        found[language] = np.flatnonzero(met >= OFTEN)
    return found


def make_network(torch: Any, words: dict[str, np.ndarray]) -> Any:
    """Return the network that `Context` runs, as PyTorch trains it; some words have weights of their own."""
    nn = torch.nn
    parts = {
        "word en": nn.Linear(WORD, WIDTH), "word ru": nn.Linear(WORD, WIDTH), "said": nn.Embedding(len(SAID), WIDTH),
        "hinted": nn.Embedding(len(HINTED), WIDTH),
        "shape": nn.Embedding(SHAPES, WIDTH), "number": nn.Embedding(NUMBERS, WIDTH), "start": nn.Embedding(2, WIDTH),
        "unit": nn.Embedding(UNITS, WIDTH), "size": nn.Embedding(SIZES, WIDTH), "far": nn.Embedding(DISTANCES, HEADS),
        "asked": nn.Linear(WIDTH, 2 * WIDTH), "question": nn.Linear(WIDTH, WIDTH), "inner": nn.Linear(2 * WIDTH, WIDTH),
        "outcome": nn.Linear(WIDTH, len(OUTCOMES)),
    }  # fmt: skip
    for language, rows in words.items():
        parts[f"own {language}"] = nn.Embedding(len(rows) + 1, WIDTH, padding_idx=0)  # the first is of all other words
        nn.init.zeros_(parts[f"own {language}"].weight)
    for at, apart in enumerate(WIDENING):
        parts[f"spread {at}"] = nn.Conv1d(WIDTH, WIDTH, 3, padding=apart, dilation=apart)
        parts[f"level {at}"] = nn.LayerNorm(WIDTH)
    return nn.ModuleDict(parts)


def run(torch: Any, network: Any, vectors: Any, owned: Any, texts: Sequence[Text], training: bool) -> Any:
    """Return the sums for each number of some texts, one row a number.

    Parameters
    ----------
    vectors, owned
        For each language the vectors of all words, and the place of each among those with weights of their own.
    """
    nn = torch.nn.functional
    longest = max(len(text.encoded.rows) for text in texts)

    def stack(name: str) -> Any:
        arrays = [getattr(text.encoded, name) for text in texts]
        return torch.tensor(np.stack([np.pad(array, (0, longest - len(array))) for array in arrays]))

    def drop(values: Any) -> Any:
        return nn.dropout(values, DROPPED, training)

    rows, slavic, said, hinted = stack("rows"), stack("slavic"), stack("said"), stack("hinted")
    shown = torch.tensor(np.stack([np.arange(longest) < len(t.encoded.rows) for t in texts])).float()[..., None]
    known = torch.where(slavic[..., None] == 0, vectors["en"][rows * (slavic == 0)], vectors["ru"][rows * slavic])
    if training:
        known = known * (torch.rand(rows.shape) > WORDS_DROPPED).float()[..., None]
        said = said * (torch.rand(said.shape) > SAID_DROPPED).long()
        hinted = hinted * (torch.rand(hinted.shape) > SAID_DROPPED).long()
    known = torch.where(slavic[..., None] == 0, network["word en"](known), network["word ru"](known))
    for at, language in enumerate(("en", "ru")):
        own = network[f"own {language}"](owned[language][rows * (slavic == at)]) * (slavic == at).float()[..., None]
        known = known + (own * (torch.rand(rows.shape) > OWN_DROPPED).float()[..., None] if training else own)
    known = known + network["said"](said) + network["hinted"](hinted)
    for name, plural in (("shape", "shapes"), ("number", "numbers"), ("start", "starts"), ("unit", "units")):
        known = known + network[name](stack(plural))
    known = drop(known) * shown
    for at in range(len(WIDENING)):
        near = nn.relu(network[f"spread {at}"](known.transpose(1, 2)).transpose(1, 2))
        known = network[f"level {at}"](known + drop(near)) * shown
    numbers = [(at, *number) for at, text in enumerate(texts) for number in text.numbers]
    of = torch.tensor([number[0] for number in numbers])
    here = known[of, torch.tensor([number[1] for number in numbers])] + network["size"](torch.tensor([n[4] for n in numbers]))
    wide = max(len(number[3]) for number in numbers)
    window = torch.tensor(np.stack([np.minimum(np.arange(wide) + number[2], longest - 1) for number in numbers]))
    inside = torch.tensor(np.stack([np.arange(wide) < len(number[3]) for number in numbers]))
    distances = torch.tensor(np.stack([np.pad(number[3], (0, wide - len(number[3]))) for number in numbers]))
    asked = network["asked"](known)[of[:, None], window]
    keys, values = (part.reshape(len(numbers), wide, HEADS, -1) for part in (asked[..., :WIDTH], asked[..., WIDTH:]))
    question = network["question"](here).reshape(len(numbers), HEADS, -1)
    tie = torch.einsum("nwhd,nhd->nwh", keys, question) / math.sqrt(WIDTH / HEADS) + network["far"](distances)
    tie = tie.masked_fill(~inside[..., None], -1e9).softmax(1)
    seen = torch.einsum("nwh,nwhd->nhd", tie, values).reshape(len(numbers), WIDTH)
    return network["outcome"](drop(nn.relu(network["inner"](torch.cat([here, seen], 1)))))


def pack(texts: Sequence[Text], chance: np.random.Generator) -> Iterator[list[Text]]:
    """Give texts of like length together, in an order by chance."""
    order = sorted(range(len(texts)), key=lambda at: len(texts[at].encoded.rows) + chance.integers(60))
    packs: list[list[Text]] = [[]]
    for at in order:
        if packs[-1] and (len(packs[-1]) + 1) * len(texts[at].encoded.rows) > TOKENS:
            packs.append([])
        packs[-1].append(texts[at])
    for at in chance.permutation(len(packs)):
        yield packs[at]


def train(texts: Sequence[Text], rounds: int = ROUNDS, seed: int = SEED) -> dict[str, np.ndarray]:
    """Train the network on some texts and return its weights as `cenotaph.extract.claims.context.read_weights` gives them."""
    torch = importlib.import_module("torch")
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    chance = np.random.default_rng(seed)
    texts = [text for text in texts if text.numbers]
    vectors = {language: torch.tensor(read_vectors(language)[1].astype(np.float32) / SCALE) for language in ("en", "ru")}
    words = list_words(texts)
    owned = {}
    for language, rows in words.items():
        owned[language] = torch.zeros(len(vectors[language]), dtype=torch.long)
        owned[language][rows] = torch.arange(1, len(rows) + 1)
    network = make_network(torch, words)
    own = [value for name, value in network.named_parameters() if name.startswith("own")]
    others = [value for name, value in network.named_parameters() if not name.startswith("own")]
    groups = [{"params": others}, {"params": own, "weight_decay": OWN_DECAY}]
    optimiser = torch.optim.AdamW(groups, lr=RATE, weight_decay=DECAY)
    steps = rounds * (len(list(pack(texts, np.random.default_rng(seed)))) + 3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    for turn in range(rounds):
        sum_, count = 0.0, 0
        for some in pack(texts, chance):
            sums = run(torch, network, vectors, owned, some, training=True)
            right = torch.tensor(np.concatenate([text.accepted for text in some]))
            loss = -torch.logsumexp(sums.log_softmax(-1) + torch.where(right > 0, 0.0, -1e9), -1)
            optimiser.zero_grad()
            loss.mean().backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            if schedule.last_epoch < steps - 1:
                schedule.step()
            sum_, count = sum_ + float(loss.detach().sum()), count + len(loss)
        sys.stderr.write(f"round {turn + 1} of {rounds}: {sum_ / count:.3f}\n")
    return export({name: value.detach().numpy() for name, value in network.state_dict().items()}, words)


def export(state: dict[str, np.ndarray], words: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return trained weights under the reader's names, each ready to be multiplied from the right."""
    found: dict[str, np.ndarray] = {}
    for language in ("en", "ru"):
        found[f"word {language}"] = state[f"word {language}.weight"].T / SCALE
        found[f"language {language}"] = state[f"word {language}.bias"]
        found[f"own {language}"], found[f"owned {language}"] = state[f"own {language}.weight"][1:], words[language]
    for name in ("said", "hinted", "shape", "number", "start", "unit", "size", "far"):
        found[name] = state[f"{name}.weight"]
    for name in ("asked", "question", "inner", "outcome"):
        found[name], found[f"{name} bias"] = state[f"{name}.weight"].T, state[f"{name}.bias"]
    for at in range(len(WIDENING)):
        kernel = state[f"spread {at}.weight"]  # to, from, place
        found[f"spread {at}"] = np.concatenate([kernel[:, :, place].T for place in range(3)], axis=1)
        found[f"spread {at} bias"] = state[f"spread {at}.bias"]
        found[f"level {at}"], found[f"level {at} bias"] = state[f"level {at}.weight"], state[f"level {at}.bias"]
    for name, value in found.items():
        found[name] = np.ascontiguousarray(value, np.int32 if name.startswith("owned") else np.float32)
    return found


def fit(
    arguments: list[str] | None, name: str, about: str | None, rounds: int, out: Path,
    learn: Callable[[Sequence[GoldDocument], int, int], dict[str, np.ndarray]],
) -> int:  # fmt: skip
    """Read annotated texts, let them be learned from, write the weights: the command of every tool that trains a network.

    Parameters
    ----------
    name, about
        Of the command.
    rounds, out
        Unless said otherwise.
    learn
        Takes texts, rounds and a seed, and gives weights.
    """
    parser = argparse.ArgumentParser(prog=f"python -m {name}", description=about)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER", help="annotated texts")
    parser.add_argument("--without", default="", help="beginnings of names of texts to leave out, parted by commas")
    parser.add_argument("--rounds", type=int, default=rounds)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=out)
    chosen = parser.parse_args(arguments)
    left_out = tuple(beginning for beginning in chosen.without.split(",") if beginning)
    documents = [d for folder in chosen.folders for d in read_gold(folder) if d.language in ("en", "ru")]
    documents = [document for document in documents if not (left_out and document.name.startswith(left_out))]
    weights = learn(documents, chosen.rounds, chosen.seed)
    halves: dict[str, Any] = {
        name: value.astype(np.float16) if value.dtype.kind == "f" else value for name, value in weights.items()
    }
    np.savez_compressed(chosen.out, **halves)
    sys.stdout.write(f"{chosen.out}: {sum(value.size for value in weights.values()):,} weights from {len(documents)} texts\n")
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Train the network and write its weights."""

    def learn(documents: Sequence[GoldDocument], rounds: int, seed: int) -> dict[str, np.ndarray]:
        return train([encode(document) for document in documents], rounds, seed)

    return fit(arguments, "tools.fit_context", __doc__, ROUNDS, OUT, learn)


if __name__ == "__main__":
    raise SystemExit(main())
