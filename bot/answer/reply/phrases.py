"""The fixed sentences of replies that are made from the store. Each is plain, warm and short (tested: grade 8 or below)."""

HANDS_ON = (
    "I can't give a dose or a needle depth. Please do not inject or needle these products yourself. People have been badly "
    "hurt by such shots."
)
NO_DOSE = "I can't give a dose or a needle depth; only the clinician who treats you can set that. Here is what is known."
OWN_MEDICINE = (
    "I can't say if you may stop or change a medicine. Please ask the doctor who prescribed it, or a pharmacist, before you "
    "change anything. Here is what is known about exosomes."
)
OWN_REACTION = (
    "I can't tell from here what this is. Show it to the clinic that treated you, today if it gets worse. Call {emergency} if "
    "it gets hard to breathe, your face or throat swells, or you feel faint."
)
LEFT_ALONE = (
    "Please don't just leave it. Show it to the clinic that treated you, today if it gets worse. Call {emergency} if it gets hard "
    "to breathe, your face or throat swells, or you feel faint."
)
FEVER = (
    "Please have a fever looked at today: call the clinic that treated you, or a doctor. Call {emergency} if you shake, feel very "
    "ill, faint or confused, if redness spreads, or if it gets hard to breathe."
)
WHEN_TO_CALL = (
    "Call {emergency} at once if it gets hard to breathe, the face, lips or throat swells, the chest hurts, or someone faints or "
    "has a fit. Also call for severe pain, skin that turns white or dark, trouble seeing, or fever with spreading redness. "
    "For anything milder, tell the clinic that gave the treatment the same day."
)
REPORT_IF = (
    "Tell the clinic that gave the treatment first, so they can look at it and write it down. If someone gets very ill, or finds "
    "it hard to breathe, call {emergency} now."
)
OPENERS = {
    "personal_advice": ("I can't tell you what is right for you. A doctor or nurse who knows you can. Here is what is known."),
    "report_problem": (
        "I'm sorry this happened. Tell the clinic that treated you first, so they can look at it and write it down. "
        "If you get worse, or find it hard to breathe, call {emergency} now."
    ),
    "decision": "Let's think it through. I won't tell you what to choose. These points may help you to decide.",
    "no_evidence": "I have no sourced fact that answers this, and I won't guess.",
}
NOTHING_NEAR = "I have nothing on file on just that, and I won't guess. This is the nearest that I have."
NEAREST = "I may not have just what you ask. This is the nearest that is on file."
ASK = "Good questions to ask:"
NOTHING_ON_FILE = "Nothing is on file about {subject}."
NOTHING_ON_ROUTE = "No fact on file tells of harm with this way alone. That does not mean that it is safe."
SAID_ABOVE = "What is said above answers this too."
CLARIFY = "I want to be sure I get your question right. Do you mean:"
OUTSIDE = (
    "That is outside what I know. I can help with questions on exosome treatments: what they are, if they are "
    "approved, what studies show, the risks, and what to ask a clinic."
)
NO_MORE = "That is all I have on this for now. Ask me anything else on exosome treatments."
NOTHING_YET = "What would you like to know? Ask me anything on exosome treatments."
REASONS = "Here is what is on file behind my last answer."
SIMPLER = "Here is my last answer again, in short. Ask me about any word or number in it."
WHICH_IS_SAFER = "I can't say which of them is safer. Here is what is on file about harm with each."
LAST_SOURCES = "My last answer came from these sources:"
FACTS_OF = "The facts in my last answer are of: {dates}."
SOURCES_OF = "Their sources came out: {dates}."
MAY_GAIN = "I know who paid only where it says so here. This is what those behind each source may gain:"
NO_GAIN = "nothing is stated"
STARTERS = ("approval_status", "side_effects", "evidence_overall")
