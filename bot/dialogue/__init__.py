"""Two Rasa policies: one stays with an emergency, one hands an answer to the decision guide."""
