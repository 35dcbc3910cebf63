"""One finder for each kind of personal data. Imports no Rasa."""
