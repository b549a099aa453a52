import { cornersOf, clampPoint } from '../geometry/rect';
import { snapToBorder } from '../geometry/drag';
import { cornerNear } from '../geometry/outline';
import { imagePoint } from '../geometry/points';
import type { ImagePoint, Point } from '../geometry/points';
import type { PointerInput, ToolHost } from './tool';

/** A point this near to the image's border lands on it, CSS px. */
const BORDER = 4;
/** A corner this near to one of another shape lands on it, CSS px. */
const CORNER = 8;

export function snappedToBorder({ viewport }: ToolHost, point: ImagePoint): ImagePoint {
  return snapToBorder(point, viewport.image, BORDER / viewport.zoom);
}

/** Where a corner of the outline `own` lands: on one of another shape, on the border; with Alt just there. */
export function snappedCorner(host: ToolHost, input: PointerInput, own: string): ImagePoint {
  const { image: at, alt } = input;
  const { image, zoom } = host.viewport;
  if (alt) return clampPoint(at, image);
  const reach = CORNER / zoom;
  const area = { x: at.x - reach, y: at.y - reach, width: 2 * reach, height: 2 * reach };
  const corners = host
    .shapesIn(area)
    .filter(({ id }) => id !== own)
    .flatMap<Point>((shape) => (shape.type === 'rect' ? cornersOf(shape.rect) : shape.points));
  const corner = corners[cornerNear(corners, at, reach) ?? -1];
  return corner ? imagePoint(corner.x, corner.y) : snappedToBorder(host, at);
}
