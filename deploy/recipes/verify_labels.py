"""A model says what an image shows; people say whether it is right. Put yours in place of `model`.

python verify_labels.py DATASET ADDRESS...
"""

import sys

from concord.client import Client, image_bytes


def model(data: bytes) -> tuple[str, float]:
    return ("large", 0.9) if len(data) > 100_000 else ("small", 0.6)


name, *addresses = sys.argv[1:]
said = {address: model(image_bytes(address)) for address in addresses}
sizes = Client().dataset(name, interface="classification", overlap=1, review_policy="none")
sizes.push({"image": url, "label": label, "score": score} for url, (label, score) in said.items())
seen = ({"url": url, "label": label, "score": score} for url, (label, score) in said.items())
sizes.predict("by-size", "1", seen)
print(sizes.url)
