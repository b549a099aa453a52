"""What Label Studio's own converter makes of a file of tasks, as JSON: of each image by its name
the boxes in pixels. Run by the Python of an environment that has label-studio-sdk."""

import json
import sys
import tempfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

from label_studio_sdk.converter import Converter

file, *labels = sys.argv[1:]
offered = "".join(f"<Label value={quoteattr(label)}/>" for label in labels)
config = (
    '<View><Image name="image" value="$image"/>'
    f'<RectangleLabels name="box" toName="image">{offered}</RectangleLabels></View>'
)
tasks = json.loads(Path(file).read_text())
with tempfile.TemporaryDirectory() as folder:
    numbered = Path(folder) / "tasks.json"  # as Label Studio numbers them when it takes them in
    numbered.write_text(json.dumps([{"id": place, **task} for place, task in enumerate(tasks)]))
    converter = Converter(config, folder, download_resources=False)
    converter.convert_to_coco(str(numbered), folder, is_dir=False)
    coco = json.loads((Path(folder) / "result.json").read_text())
names = {category["id"]: category["name"] for category in coco["categories"]}
boxes = {
    task["data"]["file_name"]: [
        [names[found["category_id"]], *(round(side, 3) for side in found["bbox"])]
        for found in coco["annotations"]
        if found["image_id"] == place
    ]
    for place, task in enumerate(tasks)
}
print(json.dumps(boxes))
