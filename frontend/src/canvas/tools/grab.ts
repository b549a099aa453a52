import { selectedShapes } from '../commands';
import type { PolygonShape, Shape } from '../document/shapes';
import { EDGE_REACH, handleAt, handleHit } from '../geometry/handles';
import type { Handle } from '../geometry/handles';
import { cornerNear, edgeNear } from '../geometry/outline';
import type { ScreenPoint } from '../geometry/points';
import type { PointerInput, ToolHost, VertexGrip } from './tool';

type Grab =
  | { readonly part: 'handle'; readonly shape: Shape; readonly handle: Handle }
  | ({ readonly part: 'vertex' } & VertexGrip)
  | { readonly part: 'body' };

const RESIZE_CURSORS: Record<Handle, string> = {
  nw: 'nwse-resize',
  se: 'nwse-resize',
  ne: 'nesw-resize',
  sw: 'nesw-resize',
  n: 'ns-resize',
  s: 'ns-resize',
  e: 'ew-resize',
  w: 'ew-resize',
};

/** What of the selected shapes a press at `point` takes hold of. */
export function grabAt(host: ToolHost, point: ScreenPoint): Grab | null {
  if (host.readOnly) return null;
  const selected = selectedShapes(host.document.state).filter((shape) => host.isFree(shape));
  const [only] = selected;
  if (only?.type === 'rect' && selected.length === 1) {
    const handle = handleAt(host.viewport.rectToScreen(only.rect), point, handleHit(host.coarse));
    if (handle) return { part: 'handle', shape: only, handle };
  }
  if (only && only.type !== 'rect' && selected.length === 1) {
    const grip = gripAt(host, only, point);
    if (grip) return { part: 'vertex', ...grip };
  }
  const hit = host.shapesAt(point).some((shape) => selected.includes(shape));
  return hit ? { part: 'body' } : null;
}

/** A corner of the outline; between two of them a new one. */
function gripAt(
  { viewport, coarse }: ToolHost,
  shape: PolygonShape,
  point: ScreenPoint,
): VertexGrip | null {
  const at = viewport.toImage(point);
  const { points } = shape;
  const corner = cornerNear(points, at, handleHit(coarse) / 2 / viewport.zoom);
  if (corner !== null) return { shape, points, index: corner, inserts: false };
  const edge = edgeNear(points, at, EDGE_REACH / viewport.zoom);
  if (!edge) return null;
  const { index, point: added } = edge;
  return { shape, points: points.toSpliced(index, 0, added), index, inserts: true };
}

export function startGrab(host: ToolHost, grab: Grab, press: PointerInput): void {
  if (grab.part === 'body') host.enter('select.moving', { press });
  else if (grab.part === 'vertex') host.enter('select.vertex', { press, grip: grab });
  else host.enter('select.resizing', { press, shape: grab.shape, handle: grab.handle });
}

export function grabCursor(grab: Grab): string {
  if (grab.part === 'body') return 'move';
  if (grab.part === 'handle') return resizeCursor(grab.handle);
  return grab.inserts ? 'copy' : 'grab';
}

export function resizeCursor(handle: Handle): string {
  return RESIZE_CURSORS[handle];
}
