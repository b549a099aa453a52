"""A model finds boxes; people accept, correct or delete them. Put yours in place of `model`.

python correct_boxes.py DATASET ADDRESS...
"""

import sys

from concord.client import Client, centre_to_corners, image_bytes


def model(data: bytes) -> list[dict]:
    found = [(centre_to_corners(40, 30, 20, 10), 0.8), (centre_to_corners(60, 50, 8, 8), 0.3)]
    return [{"label": "SIGN", "points": points, "score": score} for points, score in found]


name, *addresses = sys.argv[1:]
street = Client().dataset(name, interface="image_manual", labels=["SIGN"], overlap=1)
street.push({"image": address} for address in addresses)
seen = ({"url": address, "spans": model(image_bytes(address))} for address in addresses)
street.predict("finder", "1", seen)
print(street.url)
