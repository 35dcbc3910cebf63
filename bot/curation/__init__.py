"""What curators ask of the facts: reviews due, changes, history, questions without a fact, usage. Imports no Rasa."""
