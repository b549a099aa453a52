import { crossesItself } from '../geometry/crossing';
import type { PolygonShape } from '../document/shapes';
import { TOO_FEW } from '../vertices';
import { MIN_POINTS, MIN_SIDE } from './tool';
import type { ToolHost } from './tool';

/** Completes the gesture if the outline that it previews may stand; otherwise says why not. */
export function completeOutline(host: ToolHost, { points, rect }: PolygonShape): boolean {
  if (points.length < MIN_POINTS) {
    host.hint(TOO_FEW);
    return false;
  }
  if (Math.min(rect.width, rect.height) < MIN_SIDE) {
    host.hint({ code: 'too_small', minimum: MIN_SIDE });
    return false;
  }
  const { crossing } = host.drawing;
  const crosses = crossing !== 'allow' && crossesItself(points);
  const refused = crosses && crossing === 'refuse';
  if (crosses) host.hint({ code: refused ? 'crossing_refused' : 'crossing' });
  if (!refused) host.document.complete();
  return !refused;
}
