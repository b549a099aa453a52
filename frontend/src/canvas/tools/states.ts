import { BoxCorners } from './boxCorners';
import { BoxDrawing } from './boxDrawing';
import { BoxExtremes } from './boxExtremes';
import { BoxIdle } from './boxIdle';
import { PanDragging } from './panDragging';
import { PanIdle } from './panIdle';
import { SelectIdle } from './selectIdle';
import { SelectMoving } from './selectMoving';
import { SelectResizing } from './selectResizing';
import type { Entries, StatePath, ToolHost, ToolState } from './tool';

type States = {
  readonly [Path in StatePath]: new (host: ToolHost, entry: Entries[Path]) => ToolState;
};

const STATES: States = {
  'box.idle': BoxIdle,
  'box.drawing': BoxDrawing,
  'box.corners': BoxCorners,
  'box.extremes': BoxExtremes,
  'select.idle': SelectIdle,
  'select.moving': SelectMoving,
  'select.resizing': SelectResizing,
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
