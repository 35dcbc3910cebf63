"""The dashboard asks only for metrics that the server has."""

from __future__ import annotations

import json
import re

from bot.channels.ops import metrics
from bot.settings import ROOT

SUFFIXES = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "gauge": ("",)}


def test_every_metric_of_the_dashboard_exists_and_every_one_of_ours_is_shown() -> None:
    dashboard = json.loads((ROOT / "deploy" / "grafana-dashboard.json").read_text())
    asked = {target["expr"] for panel in dashboard["panels"] for target in panel["targets"]}
    named = set(re.findall(r"exoguide_\w+", " ".join(asked)))
    families = [family for family in metrics.REGISTRY.collect() if family.name.startswith("exoguide_")]
    given = {family.name + suffix for family in families for suffix in SUFFIXES[family.type]}
    assert named - given == set()
    shown = {family.name for family in families if any(name.startswith(family.name) for name in named)}
    assert {family.name for family in families} - shown == {"exoguide_facts_release"}
