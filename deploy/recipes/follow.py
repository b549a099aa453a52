"""What was agreed since the last time, for whatever learns from it. The cursor is kept in a file.

python follow.py DATASET CURSOR_FILE
"""

import sys
from pathlib import Path

from concord.client import Client

name, kept = sys.argv[1], Path(sys.argv[2])
feed = Client().dataset(name).answers(since=kept.read_text() if kept.exists() else None)
for answer in feed:
    print(answer["answer"], answer["image"], len(answer.image_bytes()))
kept.write_text(feed.cursor or "")
