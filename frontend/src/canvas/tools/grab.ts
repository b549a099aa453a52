import { selectedShapes } from '../commands';
import type { Shape } from '../document/shapes';
import { handleAt } from '../geometry/handles';
import type { Handle } from '../geometry/handles';
import type { ScreenPoint } from '../geometry/points';
import type { PointerInput, ToolHost } from './tool';

type Grab =
  | { readonly part: 'handle'; readonly shape: Shape; readonly handle: Handle }
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
  const selected = selectedShapes(host.document.state);
  const [only] = selected;
  if (only?.type === 'rect' && selected.length === 1) {
    const handle = handleAt(host.viewport.rectToScreen(only.rect), point);
    if (handle) return { part: 'handle', shape: only, handle };
  }
  const hit = host.shapesAt(point).some((shape) => selected.includes(shape));
  return hit ? { part: 'body' } : null;
}

export function startGrab(host: ToolHost, grab: Grab, press: PointerInput): void {
  if (grab.part === 'body') host.enter('select.moving', { press });
  else host.enter('select.resizing', { press, shape: grab.shape, handle: grab.handle });
}

export function grabCursor(grab: Grab): string {
  return grab.part === 'body' ? 'move' : resizeCursor(grab.handle);
}

export function resizeCursor(handle: Handle): string {
  return RESIZE_CURSORS[handle];
}
