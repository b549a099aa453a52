"""What Datumaro finds in a folder, as JSON; run by the Python of an environment that has it."""

import json
import sys

import datumaro

found = datumaro.Dataset.import_from(sys.argv[2], sys.argv[1])
labels = [each.name for each in found.categories()[datumaro.AnnotationType.label]]
boxes = {
    item.id: [
        [labels[shape.label], *(round(float(side), 3) for side in shape.get_bbox())]
        for shape in item.annotations
        if shape.type == datumaro.AnnotationType.bbox
    ]
    for item in found
}
print(json.dumps(boxes))
