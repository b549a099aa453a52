import { screenPoint } from './points';
import type { ScreenPoint } from './points';
import type { Rect } from './rect';

/** Compass names: corners have two letters, edges one. */
export type Handle = 'nw' | 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w';

/** Drawn side of a handle, CSS px. */
export const HANDLE_SIZE = 8;
/** Side of the area that grabs a handle (WCAG 2.5.8), CSS px. */
export const HANDLE_HIT = 24;
/** The same for fingers. */
const HANDLE_HIT_COARSE = 44;
const HANDLE_SIZE_COARSE = 14;
/** Distance from an edge that still grabs it, CSS px. */
export const EDGE_REACH = 6;

const CORNERS: readonly Handle[] = ['nw', 'ne', 'se', 'sw'];
const SIDES: readonly Handle[] = ['n', 'e', 's', 'w'];
export const HANDLES: readonly Handle[] = [...CORNERS, ...SIDES];
/** So many times as long as a handle is a side that has room for one between two more. */
const ROOM = 4;

export function handleHit(coarse: boolean): number {
  return coarse ? HANDLE_HIT_COARSE : HANDLE_HIT;
}

export function handleSize(coarse: boolean): number {
  return coarse ? HANDLE_SIZE_COARSE : HANDLE_SIZE;
}

/**
 * The handles of `box` (in screen pixels) that are drawn with this size. Those of a short side would
 * hide it, and are left out; the side can be grabbed all the same.
 */
export function handlesShown({ width, height }: Rect, size: number): Handle[] {
  const roomy = (side: number) => side >= ROOM * size;
  return HANDLES.filter(
    (handle) => handle.length > 1 || roomy(alongX(handle) === 0.5 ? width : height),
  );
}

/** Where a handle of `box` (in screen pixels) sits. */
export function handlePosition(box: Rect, handle: Handle): ScreenPoint {
  return screenPoint(box.x + box.width * alongX(handle), box.y + box.height * alongY(handle));
}

function alongX(handle: Handle): number {
  return handle.includes('w') ? 0 : handle.includes('e') ? 1 : 0.5;
}

function alongY(handle: Handle): number {
  return handle.includes('n') ? 0 : handle.includes('s') ? 1 : 0.5;
}

/**
 * The handle of `box` (in screen pixels) that a press at `point` grabs, edges included; `hit` is the
 * side of the area that grabs one.
 */
export function handleAt(box: Rect, point: ScreenPoint, hit = HANDLE_HIT): Handle | null {
  return (
    CORNERS.find((handle) => grabs(box, handle, point, hit)) ??
    SIDES.find((handle) => grabs(box, handle, point, hit)) ??
    edgeAt(box, point)
  );
}

/**
 * The area stays as wide but leans outwards on small boxes: a quarter of the side at most lies
 * inside, so that a box of 12 px can still be grabbed in its middle and moved.
 */
function grabs(box: Rect, handle: Handle, point: ScreenPoint, hit: number): boolean {
  const at = handlePosition(box, handle);
  return (
    leans(point.x - at.x, alongX(handle), box.width, hit) &&
    leans(point.y - at.y, alongY(handle), box.height, hit)
  );
}

function leans(offset: number, along: number, side: number, hit: number): boolean {
  const inside = Math.min(hit / 2, side / 4);
  if (along === 0.5) return Math.abs(offset) <= inside;
  const outwards = along === 0 ? -offset : offset;
  return outwards >= -inside && outwards <= hit - inside;
}

/** The edge of `box` (in screen pixels) within reach of `point`, the nearest one first. */
export function edgeAt(box: Rect, point: ScreenPoint): Handle | null {
  const right = box.x + box.width;
  const bottom = box.y + box.height;
  const inX = point.x >= box.x - EDGE_REACH && point.x <= right + EDGE_REACH;
  const inY = point.y >= box.y - EDGE_REACH && point.y <= bottom + EDGE_REACH;
  if (!inX || !inY) return null;
  const gaps: [Handle, number][] = [
    ['n', Math.abs(point.y - box.y)],
    ['e', Math.abs(point.x - right)],
    ['s', Math.abs(point.y - bottom)],
    ['w', Math.abs(point.x - box.x)],
  ];
  const [nearest] = gaps.sort((a, b) => a[1] - b[1]);
  const reach = Math.min(EDGE_REACH, Math.min(box.width, box.height) / 4);
  return nearest && nearest[1] <= (isInside(box, point) ? reach : EDGE_REACH) ? nearest[0] : null;
}

function isInside(box: Rect, point: ScreenPoint): boolean {
  return (
    point.x > box.x &&
    point.y > box.y &&
    point.x < box.x + box.width &&
    point.y < box.y + box.height
  );
}
