"""Which texts on file are most like a question: all looked at where they are few, clusters of them where they are many. No Rasa."""

from __future__ import annotations

from typing import Any

import numpy as np

MANY = 20_000  # texts that are compared one by one in about a millisecond; more of them cost a reply more than its facts do
SEARCHED = 16  # clusters around the question that are looked at: of 300,000 texts the 16 nearest of some 550
LEARNT_FROM = 50  # texts for each cluster that the clusters are made from: faiss asks for 39 at least


class NearestTexts:
    """A fixed set of unit vectors (rows, width), found by likeness.

    Up to MANY rows the search is exact. Beyond that it is that of an inverted file (Jégou et al. 2011, doi:10.1109/TPAMI.2010.57,
    as faiss has it), which may miss a row that is not much like the question, but hardly one that is nearly the same.
    """

    def __init__(self, vectors: np.ndarray, *, many: int = MANY) -> None:
        self._vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        self._clusters = _clustered(self._vectors) if len(vectors) > many else None

    def all(self, vector: np.ndarray) -> np.ndarray | None:
        """The likeness (rows,) of every row to `vector` (width,); None where there are too many to look at each."""
        return self._vectors @ vector if self._clusters is None else None

    def nearest(self, vector: np.ndarray, *, count: int) -> tuple[np.ndarray, np.ndarray]:
        """The rows (count,) most like `vector` (width,), best first, and their likeness (count,), -1 to 1."""
        if self._clusters is not None:
            likeness, rows = self._clusters.search(np.asarray(vector, dtype=np.float32)[None], count)
            found = rows[0] >= 0  # faiss fills up with -1 where the clusters hold fewer
            return rows[0][found], likeness[0][found]
        likeness = self._vectors @ vector
        best = highest(likeness, count)
        return best, likeness[best]


def highest(worth: np.ndarray, count: int) -> np.ndarray:
    """The places (count,) of the highest of `worth` (n,), best first; all of them where there are fewer."""
    wanted = min(count, len(worth))
    best = np.argpartition(-worth, wanted - 1)[:wanted]
    return best[np.argsort(-worth[best])]


def _clustered(vectors: np.ndarray) -> Any:
    """The inverted file of `vectors`."""
    import faiss  # only a large store needs it, and it takes a moment to import

    faiss.omp_set_num_threads(1)  # one question is too little work to share out
    rows, width = vectors.shape
    index = faiss.IndexIVFFlat(faiss.IndexFlatIP(width), width, int(rows**0.5), faiss.METRIC_INNER_PRODUCT)
    index.train(vectors[:: max(1, rows // (index.nlist * LEARNT_FROM))])
    index.add(vectors)
    index.nprobe = SEARCHED
    return index
