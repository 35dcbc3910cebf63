"""The closed lists that the whole project shares: topics, scope values, kinds of reply, evidence and sources.

The ids are part of the answer contract, so clients depend on them; change them only together with the contract.
"""

from __future__ import annotations

TOPICS: tuple[str, ...] = (
    "definition", "mechanism", "origin", "plant_origin", "artificial", "versus_stem_cells", "versus_prp",
    "medical_uses", "approval_status", "approval_timeline", "regulation", "enforcement", "other_countries",
    "marketing_claims", "evidence_overall", "skin_results", "hair_results", "scar_wound_results",
    "procedure_recovery", "durability", "side_effects", "serious_harms", "long_term_risk", "product_quality",
    "storage_stability", "who_should_avoid", "how_given", "skin_absorption", "home_products", "cost",
    "choosing_provider", "alternatives", "brands", "sources", "report_problem", "decision_help",
)  # fmt: skip

KINDS: tuple[str, ...] = (
    "answer", "no_evidence", "personal_advice", "emergency", "report_problem", "clarify", "decision",
    "handoff", "conversation", "out_of_scope", "error",
)  # fmt: skip

ROUTES: tuple[str, ...] = ("topical", "microneedling", "laser", "injection", "infusion")
USES: tuple[str, ...] = ("hair", "skin", "scars", "wounds", "pigment", "recovery", "medical")
ORIGINS: tuple[str, ...] = ("human", "animal", "plant", "synthetic")
SCOPE_VALUES: dict[str, tuple[str, ...]] = {"route": ROUTES, "use": USES, "origin": ORIGINS}
SCOPE_LABELS: tuple[str, ...] = (*SCOPE_VALUES, "jurisdiction")

# The states of health by which facts and gaps can be told apart; each has its words in `data/facts/vocabulary.yml`.
CONDITIONS: tuple[str, ...] = (
    "pregnancy", "nursing", "cancer", "immune", "immune_drugs", "transplant", "blood_thinner", "isotretinoin", "child",
    "allergy", "heart_or_nerves",
)  # fmt: skip

STANCES: tuple[str, ...] = ("for", "against", "neutral")

# Strongest first: the position is the rank used when facts are put in order.
EVIDENCE: dict[str, str] = {
    "regulation": "regulator's statement or law",
    "product_label": "official product label",
    "randomised_trial": "randomised trial",
    "review": "review of studies",
    "own_check": "our own check of the sources on file",
    "uncontrolled_trial": "trial without a control group",
    "case_report": "report of single cases",
    "laboratory_or_animal": "laboratory or animal work",
    "expert_opinion": "expert opinion",
    "press_report": "press report",
    "own_record": "this assistant's own record",
}

SOURCE_KINDS: dict[str, str] = {
    "regulator": "regulator",
    "peer_reviewed_trial": "peer-reviewed trial",
    "peer_reviewed_review": "peer-reviewed review",
    "case_report": "case report",
    "product_label": "product label",
    "public_body": "public body",
    "clinician": "clinician",
    "press": "press",
    "own_record": "this assistant's own record",
}

# Topics on which the law of one country decides; without a place in the question the clinic's country is meant.
LAW_TOPICS: tuple[str, ...] = ("approval_status", "approval_timeline", "regulation", "enforcement", "marketing_claims")

EU_MEMBERS: frozenset[str] = frozenset("AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split())

# Countries as said after "in"; one that is not here is named by its code.
IN_ENGLISH: dict[str, str] = {
    "US": "the United States", "CA": "Canada", "GB": "the United Kingdom", "IE": "Ireland", "AU": "Australia",
    "NZ": "New Zealand", "DE": "Germany", "FR": "France", "ES": "Spain", "IT": "Italy", "NL": "the Netherlands",
    "PT": "Portugal", "BE": "Belgium", "AT": "Austria", "PL": "Poland", "SE": "Sweden", "CH": "Switzerland",
    "IN": "India", "KR": "South Korea", "JP": "Japan", "CN": "China", "MX": "Mexico", "TR": "Turkey",
    "ZA": "South Africa", "BR": "Brazil", "EU": "the European Union",
}  # fmt: skip
