import { useEffect } from 'react';
import type { RefObject } from 'react';
import type { Grid } from './store';

const KEEPS_KEYS = 'input, textarea, select, dialog';

/**
 * Arrows go from tile to tile, also while they are held down; with Shift they select on the way.
 * Space would scroll the tiles away from under the eyes.
 */
export function useTileKeys(grid: Grid, list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.target instanceof Element && event.target.closest(KEEPS_KEYS)) return;
      const onButton = event.target instanceof Element && event.target.closest('button, a');
      if (event.key === ' ' && !onButton) event.preventDefault();
      const { points, selection } = grid.store.getState();
      const columns = columnsOf(list.current);
      const places: Record<string, number> = {
        ArrowLeft: selection.focus - 1,
        ArrowRight: selection.focus + 1,
        ArrowUp: selection.focus - columns,
        ArrowDown: selection.focus + columns,
        Home: 0,
        End: points.length - 1,
      };
      const place = places[event.key];
      if (place === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      if (place < 0 || place >= points.length) return;
      if (event.shiftKey) grid.extend(place);
      else grid.go(place);
    };
    window.addEventListener('keydown', press);
    return () => {
      window.removeEventListener('keydown', press);
    };
  }, [grid, list]);
}

/** How many tiles stand in a row now. */
function columnsOf(list: HTMLElement | null): number {
  const tiles = [...(list?.children ?? [])] as HTMLElement[];
  const first = tiles[0]?.offsetTop;
  return Math.max(1, tiles.filter((tile) => tile.offsetTop === first).length);
}
