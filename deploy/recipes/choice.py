"""Which frames are these? Of a catalogue, several may be right; a wrong question is rejected.

python choice.py DATASET ADDRESS...
"""

import sys

from concord.client import Client

FRAMES = {"aviator": "Aviator", "cat": "Cat eye", "round": "Round", "square": "Square"}

name, *addresses = sys.argv[1:]
options = [{"id": key, "text": text} for key, text in FRAMES.items()]
settings = {"choice_style": "multiple", "question": "Which frames are these?", "overlap": 2}
shades = Client().dataset(name, interface="choice", options=options, **settings)
shades.push({"image": address, "meta": {"row": row}} for row, address in enumerate(addresses))
print(shades.url)
