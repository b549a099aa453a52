import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { TaskRow } from '../api/tasks';
import { placeAfter } from './layout';

/** Keys that are pressed here are the list's as well. */
const PAGE = 'body, main';

interface Props {
  list: RefObject<HTMLElement | null>;
  rows: readonly TaskRow[];
  columns: number;
  height: number;
  focus: string | null;
  from: 'start' | 'end';
  before: boolean;
  after: boolean;
  show: (place: number) => void;
  onGo: (id: string, extends_: boolean) => void;
  onEdge: (edge: 'start' | 'end') => void;
}

/** Arrows and page keys go from row to row, also while they are held down; with Shift they select on
 * the way. Home and End go to the ends of the whole list, fetched or not. */
export function useGridKeys(props: Props): void {
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (!isOurs(event.target, latest.current.list.current)) return;
      // Space would scroll the rows away from under the eyes.
      if (event.key === ' ' && !(event.target as Element).closest('button, a')) {
        event.preventDefault();
      }
      const place = placeOf(event.key, latest.current);
      const row = place === null ? undefined : latest.current.rows[place];
      if (place === null || !row) return;
      event.preventDefault();
      latest.current.show(place);
      latest.current.onGo(row.id, event.shiftKey);
    };
    window.addEventListener('keydown', press);
    return () => {
      window.removeEventListener('keydown', press);
    };
  }, []);
}

function placeOf(key: string, props: Props): number | null {
  const { rows, focus, columns, before, after } = props;
  if (key === 'Home' || key === 'End') {
    const edge = key === 'Home' ? 'start' : 'end';
    if (key === 'Home' ? before : after) {
      props.onEdge(edge);
      return null; // the rows of that end are still to come
    }
    return key === 'Home' ? 0 : rows.length - 1;
  }
  const place = rows.findIndex(({ id }) => id === focus);
  const page = Math.max(1, Math.floor(window.innerHeight / props.height) - 1);
  const next = placeAfter(key, place, rows.length, columns, page);
  return next !== null && place < 0 && props.from === 'end' ? rows.length - 1 : next;
}

/** Whether a press is the list's: one there, or where nothing has the focus. */
export function isOurs(target: EventTarget | null, list: HTMLElement | null): boolean {
  return target instanceof Element && (target.matches(PAGE) || (list?.contains(target) ?? false));
}
