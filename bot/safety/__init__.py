"""What protects the person who writes: emergencies, languages, personal data. Imports no Rasa."""
