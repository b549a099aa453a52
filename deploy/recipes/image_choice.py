"""Which of these three show a sign? The ids are yours: people never see them, files have them.

python image_choice.py DATASET ADDRESS...
"""

import sys

from concord.client import Client

name, *addresses = sys.argv[1:]
settings = {"question": "Which of these show a sign?", "overlap": 1, "review_policy": "none"}
signs = Client().dataset(name, interface="image_choice", **settings)
images = [{"id": row, "image": address} for row, address in enumerate(addresses)]
groups = (images[row : row + 3] for row in range(0, len(images), 3))
signs.push({"options": group} for group in groups)
print(signs.url)
