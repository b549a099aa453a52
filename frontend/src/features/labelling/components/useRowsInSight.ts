import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Rows from `first` up to but without `end`. */
export interface Rows {
  readonly first: number;
  readonly end: number;
}

/** Rows kept on either side, so that a fast wheel shows no gap before the next frame. */
const SPARE = 8;

/**
 * Which of `count` rows of one height are in sight of the scrolling element `box`; its first child
 * is as high as all of them. `reveal(n)` scrolls to a row that is not.
 */
export function useRowsInSight(count: number) {
  const box = useRef<HTMLDivElement>(null);
  const [rows, setRows] = useState<Rows>({ first: 0, end: SPARE });
  const counted = useRef(count);
  const look = useCallback(() => {
    if (!box.current) return;
    const now = rowsInSight(placeOf(box.current, counted.current), counted.current);
    setRows((before) => (before.first === now.first && before.end === now.end ? before : now));
  }, []);

  useLayoutEffect(() => {
    counted.current = count;
    look();
  }, [count, look]);

  useEffect(() => {
    window.addEventListener('resize', look);
    return () => {
      window.removeEventListener('resize', look);
    };
  }, [look]);

  const reveal = useCallback(
    (n: number) => {
      if (!box.current) return;
      const { top, height, row } = placeOf(box.current, counted.current);
      box.current.scrollTop = Math.min(Math.max(top, (n + 1) * row - height), n * row);
      look();
    },
    [look],
  );
  return { box, rows, look, reveal };
}

/** All in CSS px. */
interface Place {
  readonly top: number;
  readonly height: number;
  readonly row: number;
}

function placeOf(box: HTMLElement, count: number): Place {
  const whole = box.firstElementChild?.clientHeight ?? 0;
  return { top: box.scrollTop, height: box.clientHeight, row: whole / Math.max(count, 1) };
}

export function rowsInSight({ top, height, row }: Place, count: number): Rows {
  if (row === 0) return { first: 0, end: Math.min(SPARE, count) };
  return {
    first: Math.max(0, Math.floor(top / row) - SPARE),
    end: Math.min(count, Math.ceil((top + height) / row) + SPARE),
  };
}
