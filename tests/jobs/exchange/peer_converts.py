"""`concord convert` in an environment that has Datumaro: the files that it wrote, as JSON."""

import json
import sys
from pathlib import Path

from apps.exchange.offline.converting import run

source, form, output = sys.argv[1:]
refusal = run(source, form, output)
assert refusal is None, refusal
files = sorted(path for path in Path(output).rglob("*") if path.is_file())
print(json.dumps({str(p.relative_to(output)): p.read_text("latin-1") for p in files}))
