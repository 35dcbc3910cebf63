"""The assistant: facts store, answer core, safety, understanding, channels."""

import sys

# Rasa, so whatever trains or serves, runs on this one Python only. A tool may have an environment of its own without Rasa.
_started = getattr(sys.modules.get("__main__"), "__spec__", None)
if sys.version_info[:2] != (3, 10) and not (_started and _started.name.startswith("tools.")):
    sys.exit(f"Python 3.10 is needed, this is {sys.version_info[0]}.{sys.version_info[1]}; start it with 'make run'.")
