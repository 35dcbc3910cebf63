"""From a question to a reply: what is asked, which facts answer it, in plain words. Imports no Rasa."""
