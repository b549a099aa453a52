"""Each box of a list of earlier finds is a question of its own: is it right?

    python judge_boxes.py DATASET FILE

A line of the file is {"image": "https://...", "boxes": [[x, y, width, height], ...]}.
"""

import json
import sys

from concord.client import Client

with open(sys.argv[2]) as file:
    finds = [json.loads(line) for line in file]
street = Client().dataset(sys.argv[1], interface="image", labels=["SIGN"], overlap=1)
keys = ("x", "y", "width", "height")
spans = [[{"label": "SIGN", **dict(zip(keys, box))} for box in find["boxes"]] for find in finds]
street.push({"image": find["image"], "spans": span} for find, span in zip(finds, spans))
print(street.url)
