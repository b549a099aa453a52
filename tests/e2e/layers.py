"""What the canvases of an image show."""

# The pixels of a layer that lie in the view: a layer that is panned goes beyond it on all sides.
SEEN = """layer => {
    const view = layer.parentElement;
    const [from, to] = [layer, view].map((each) => each.getBoundingClientRect());
    const ratio = layer.width / from.width;
    const part = [to.x - from.x, to.y - from.y, view.clientWidth, view.clientHeight];
    return layer.getContext('2d').getImageData(...part.map((length) => Math.round(length * ratio)));
}"""
