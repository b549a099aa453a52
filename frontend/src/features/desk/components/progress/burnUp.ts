import type { TeamProgress } from '../../api/teamProgress';

type End = TeamProgress['ends'][number];

export const LAYERS = ['final', 'conflicted', 'answered'] as const;
export type LayerName = (typeof LAYERS)[number];

/** A layer of the plot as an outline; x counts days, y tasks from the top. */
export interface Layer {
  name: LayerName;
  outline: string;
}

/** What is done, one on the other, and the line of all tasks over it; `most` is the plot's height. */
export function burnUp(ends: readonly End[]): { layers: Layer[]; all: string; most: number } {
  const most = Math.max(...ends.map(({ tasks }) => tasks.total), 1);
  let floor = ends.map(() => 0);
  const layers = LAYERS.map((name) => {
    const top = ends.map(({ tasks }, x) => (floor[x] ?? 0) + tasks[name]);
    const there = top.map((y, x) => `${String(x)},${String(most - y)}`);
    const back = floor.map((y, x) => `${String(x)},${String(most - y)}`).reverse();
    floor = top;
    return { name, outline: [...there, ...back].join(' ') };
  });
  const all = ends.map(({ tasks }, x) => `${String(x)},${String(most - tasks.total)}`).join(' ');
  return { layers, all, most };
}
