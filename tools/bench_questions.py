"""What the benchmark asks this assistant: everyday questions in some 14,000 wordings."""

from __future__ import annotations

OPENERS = ("", "hi, ", "please tell me ", "i want to know ", "hello there, ", "i wonder ", "my friend asks ", "quickly ")
QUESTIONS = (
    "are exosome injections approved by the fda?",
    "what are exosomes?",
    "what side effects do exosomes have?",
    "how much does an exosome facial cost?",
    "do exosomes help with hair loss?",
    "do exosomes work for scars?",
    "what is the difference between exosomes and prp?",
    "where do exosomes come from?",
    "how long do the results of exosomes last?",
    "who should not have exosomes?",
    "can exosomes cause serious harm?",
    "how are exosomes given?",
)
WHEN = ("before", "after", "during", "because of", "until")
OCCASIONS = tuple(
    "my holiday|the wedding|my lunch|the exams|our move|my birthday|the summer|the winter|my shift|the weekend|our meeting|"
    "the trip|my course|the party|the season|my training|the race|our visit|the show|my interview|the autumn|our reunion|"
    "the match|my break|the concert|our wedding day|the long flight|my new job|the school year|our family day".split("|")
)
# Every request of a run has a wording of its own, so that no cache answers. A round of them asks each question with each opener.
ROUND = len(OPENERS) * len(QUESTIONS)
OUR_QUESTIONS = tuple(
    f"{opener}{when} {occasion} {question}"
    for when in WHEN
    for occasion in OCCASIONS
    for opener in OPENERS
    for question in QUESTIONS
)
