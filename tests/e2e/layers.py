"""What the canvases of an image show."""

# The pixels of a layer that lie in the view, or in a part of it (left, top, width and height in CSS
# px): a layer that is panned goes beyond it on all sides.
SEEN = """(layer, part) => {
    const view = layer.parentElement;
    const [from, to] = [layer, view].map((each) => each.getBoundingClientRect());
    const ratio = layer.width / from.width;
    const [x, y, width, height] = part ?? [0, 0, view.clientWidth, view.clientHeight];
    const place = [to.x - from.x + x, to.y - from.y + y, width, height];
    return layer.getContext('2d').getImageData(...place.map((each) => Math.round(each * ratio)));
}"""
