"""What is special about single topics, in one place. Imports no Rasa."""

from __future__ import annotations

from bot.answer.reply.contract import Kind
from bot.vocabulary import LAW_TOPICS

# A topic whose replies have a kind of their own; a gap never turns these into "no evidence".
KIND_OF_TOPIC: dict[str, Kind] = {"report_problem": "report_problem", "decision_help": "decision"}

# What holds in one country is not shown for another.
PLACE_TOPICS = (*LAW_TOPICS, "other_countries", "report_problem")
# What is on file on the clinic's own country counts a little more, and what is on another country is left out.
AT_HOME = ("how_given", "home_products", "choosing_provider", "skin_absorption", "product_quality", "origin")
# A question on these about another country than the clinic's is one on that country.
ELSEWHERE = ("approval_status", "regulation")

# Where studies can answer, they come before what one person says.
STUDIED = (
    "evidence_overall", "skin_results", "hair_results", "scar_wound_results", "procedure_recovery", "durability", "versus_prp",
    "side_effects", "serious_harms", "long_term_risk",
)  # fmt: skip
# Whether it is approved is told by those who looked it up before one person's view of it, wherever that person is.
LOOKED_UP = ("approval_status",)
SAYINGS = ("expert_opinion", "press_report")  # kinds of evidence
NOT_IN_PEOPLE = "laboratory_or_animal"

# The uses that a topic is about: another one that a question names with it ("wrinkles and acne scars") leaves it unnarrowed.
USES_OF = {"skin_results": ("skin", "pigment"), "hair_results": ("hair",), "scar_wound_results": ("scars", "wounds")}
RESULTS = ("skin_results", "hair_results", "scar_wound_results", "procedure_recovery", "medical_uses")
BY_USE = {
    "hair": "hair_results",
    "skin": "skin_results",
    "pigment": "skin_results",
    "scars": "scar_wound_results",
    "wounds": "scar_wound_results",
    "recovery": "procedure_recovery",
    "medical": "medical_uses",
}
BY_ORIGIN = {"plant": "plant_origin", "synthetic": "artificial", "human": "origin", "animal": "origin"}
ORIGIN_TOPICS = ("origin", "plant_origin", "artificial")

# Whoever holds the needle: the topics that a question on doing it oneself may be about.
HANDS_ON = ("how_given", "home_products", "durability")
# A reaction that someone has now is answered by the whole message; whom to tell comes before what is known.
REACTIONS = ("side_effects", "serious_harms", "procedure_recovery")
# Beside a person's own case these say nothing on who should be careful.
BESIDE_THE_CASE = ("who_should_avoid", "home_products", "medical_uses", "cost", "brands", "sources", "decision_help")
# Asked for a dose, one of these is not what is meant.
NO_AMOUNTS = ("definition", "mechanism", "artificial", "decision_help", "cost", "brands", "sources", "home_products")
# Asked in a few words right after an answer on these treatments ("side effects?"), they are meant by it.
OF_ONE_ALTERNATIVE = ("side_effects", "serious_harms", "long_term_risk", "durability", "who_should_avoid", "how_given")
# Asked of other treatments ("any side effects with those?"), these stay a question on the alternatives.
OF_ALTERNATIVES = (
    "side_effects", "serious_harms", "long_term_risk", "durability", "cost", "who_should_avoid", "how_given", "approval_status",
    "evidence_overall", *RESULTS,
)  # fmt: skip
