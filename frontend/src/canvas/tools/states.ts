import { BoxCorners } from './boxCorners';
import { BoxDrawing } from './boxDrawing';
import { BoxExtremes } from './boxExtremes';
import { BoxIdle } from './boxIdle';
import { FreehandDrawing } from './freehandDrawing';
import { FreehandIdle } from './freehandIdle';
import { PanDragging } from './panDragging';
import { PanIdle } from './panIdle';
import { PolygonDrawing } from './polygonDrawing';
import { PolygonIdle } from './polygonIdle';
import { SelectIdle } from './selectIdle';
import { SelectMoving } from './selectMoving';
import { SelectResizing } from './selectResizing';
import { SelectVertex } from './selectVertex';
import type { Entries, StatePath, ToolHost, ToolState } from './tool';

type States = {
  readonly [Path in StatePath]: new (host: ToolHost, entry: Entries[Path]) => ToolState;
};

const STATES: States = {
  'box.idle': BoxIdle,
  'box.drawing': BoxDrawing,
  'box.corners': BoxCorners,
  'box.extremes': BoxExtremes,
  'polygon.idle': PolygonIdle,
  'polygon.drawing': PolygonDrawing,
  'freehand.idle': FreehandIdle,
  'freehand.drawing': FreehandDrawing,
  'select.idle': SelectIdle,
  'select.moving': SelectMoving,
  'select.resizing': SelectResizing,
  'select.vertex': SelectVertex,
  'pan.idle': PanIdle,
  'pan.dragging': PanDragging,
};

export function createState<Path extends StatePath>(
  path: Path,
  host: ToolHost,
  entry: Entries[Path],
): ToolState {
  return new STATES[path](host, entry);
}
