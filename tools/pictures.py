"""The two pictures of `make eval`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib
import numpy as np
from sklearn.metrics import confusion_matrix

matplotlib.use("Agg")
from matplotlib import pyplot as plt


def confusion(wanted: Sequence[str], got: Sequence[str], *, path: Path) -> None:
    """Rows: the fair topic; columns: the topic answered; a cell: the share of the row."""
    labels = sorted(set(wanted) | set(got))
    shares = confusion_matrix(wanted, got, labels=labels, normalize="true")
    figure, axes = plt.subplots(figsize=(13, 12))
    image = axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(labels)), labels, rotation=90, fontsize=7)
    axes.set_yticks(range(len(labels)), labels, fontsize=7)
    axes.set_xlabel("answered")
    axes.set_ylabel("asked")
    figure.colorbar(image, shrink=0.6)
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)


def calibration(confidence: Sequence[float], right: Sequence[bool], *, path: Path) -> None:
    """How often the first topic is right, against the share that the classifier gave it."""
    shares, hits = np.array(confidence), np.array(right, dtype=float)
    edges = np.linspace(0, 1, 11)
    places = np.clip(np.digitize(shares, edges) - 1, 0, 9)
    used = [place for place in range(10) if (places == place).sum() >= 3]
    figure, axes = plt.subplots(figsize=(5, 5))
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1)
    axes.plot([shares[places == p].mean() for p in used], [hits[places == p].mean() for p in used], marker="o")
    for place in used:
        mine = places == place
        axes.annotate(str(int(mine.sum())), (shares[mine].mean(), hits[mine].mean()), fontsize=8)
    axes.set_xlabel("share given to the best topic")
    axes.set_ylabel("how often it was right")
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)
