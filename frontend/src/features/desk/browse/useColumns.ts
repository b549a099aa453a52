import { useCallback, useState } from 'react';

/** No tile is narrower than this, px; the gap is that of the lines. */
const NARROWEST = 150;
const GAP = 12;

/** How many tiles stand beside one another in an element: put the first on it. A table has one. */
export function useColumns(table: boolean) {
  const [columns, setColumns] = useState(6);
  const frame = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const fit = () => {
      setColumns(Math.max(2, Math.floor((element.clientWidth + GAP) / (NARROWEST + GAP))));
    };
    fit();
    const observer = new ResizeObserver(fit);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  return [frame, table ? 1 : columns] as const;
}
