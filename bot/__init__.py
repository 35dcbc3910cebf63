"""The assistant: facts store, answer core, safety, understanding, channels."""

import sys

if sys.version_info[:2] != (3, 10):
    sys.exit(f"Python 3.10 is needed, this is {sys.version_info[0]}.{sys.version_info[1]}; start it with 'make run'.")
