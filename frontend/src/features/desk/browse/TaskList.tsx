import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskRow } from '../api/tasks';
import classes from './TaskList.module.css';
import { cellsOf, lineOf } from './layout';
import { isOurs, useGridKeys } from './useGridKeys';

const OVERSCAN = 6;
/** So many lines before the end of what is fetched more is. */
const AHEAD = 14;
/** Lines of grey while more comes. */
const COMING = 3;

export interface TaskListProps {
  rows: readonly TaskRow[];
  from: 'start' | 'end';
  /** More lines are to come before or after those that are fetched. */
  before: boolean;
  after: boolean;
  /** px, of one line with the gap below. */
  height: number;
  columns: number;
  focus: string | null;
  /** Stands above and stays there while the lines scroll. */
  head?: ReactNode;
  renderRow: (task: TaskRow) => ReactNode;
  renderComing: () => ReactNode;
  onGo: (id: string, extends_: boolean) => void;
  onBefore: () => void;
  onAfter: () => void;
  onEdge: (edge: 'start' | 'end') => void;
}

/** The rows of a list of tasks in lines of so many columns, of which only those in sight exist. */
export function TaskList(props: TaskListProps) {
  const { t } = useTranslation('browse');
  const { rows, columns, height, from, focus } = props;
  const list = useRef<HTMLDivElement>(null);
  const lines = Math.ceil(rows.length / columns);
  const lead = from === 'end' && props.before ? COMING : 0;
  const count = lead + lines + (props.after ? COMING : 0);
  const margin = useTop(list);
  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => height,
    overscan: OVERSCAN,
    scrollMargin: margin,
  });
  useEffect(() => {
    virtual.measure();
  }, [virtual, height]);
  const items = virtual.getVirtualItems();
  useFetchAhead(props, items[0]?.index ?? 0, (items.at(-1)?.index ?? 0) - lead, lines, lead);
  useSteady(props, lines, height);
  const show = (place: number) => {
    virtual.scrollToIndex(lead + lineOf(place, rows.length, columns, from), { align: 'auto' });
  };
  useGridKeys({ ...props, list, show });
  useReturn(
    rows.findIndex(({ id }) => id === focus),
    show,
  );
  return (
    <div
      role="grid"
      aria-multiselectable
      aria-label={t('list')}
      aria-rowcount={props.before || props.after ? -1 : count}
      className={classes.list}
    >
      {props.head}
      <div
        ref={list}
        role="rowgroup"
        className={classes.lines}
        style={{ height: virtual.getTotalSize() }}
      >
        {items.map(({ key, index, start }) => {
          const cells = cellsOf(rows, index - lead, columns, from);
          return (
            <div
              key={key}
              role="row"
              aria-rowindex={index + 1}
              className={classes.line}
              style={{
                height,
                gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
                transform: `translateY(${start - margin}px)`,
              }}
            >
              {cells
                ? cells.map((task, n) => (task ? props.renderRow(task) : <Blank key={n} />))
                : Array.from({ length: columns }, (_, n) => (
                    <div key={n} role="gridcell" className={classes.coming}>
                      {props.renderComing()}
                    </div>
                  ))}
            </div>
          );
        })}
      </div>
      <Focus list={list} focus={focus} />
    </div>
  );
}

function Blank() {
  return <div role="gridcell" />;
}

/** Who comes back from a task finds it where it stands. */
function useReturn(place: number, show: (place: number) => void): void {
  const first = useRef({ place, show });
  useEffect(() => {
    if (first.current.place >= 0) first.current.show(first.current.place);
  }, []);
}

/** Where the list begins in the document, px: what stands above may change its height. */
function useTop(list: React.RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      const begin = list.current?.getBoundingClientRect().top ?? 0;
      setTop(Math.round(begin + window.scrollY));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => {
      observer.disconnect();
    };
  }, [list]);
  return top;
}

function useFetchAhead(
  props: TaskListProps,
  first: number,
  last: number,
  lines: number,
  lead: number,
): void {
  const { before, after, from, onBefore, onAfter } = props;
  const wantsAfter = after && last >= lines - AHEAD;
  const wantsBefore = before && from === 'end' && first < lead + AHEAD;
  useEffect(() => {
    if (wantsAfter) onAfter();
  }, [wantsAfter, lines, onAfter]);
  useEffect(() => {
    if (wantsBefore) onBefore();
  }, [wantsBefore, lines, onBefore]);
}

/** Lines that come before those in sight must not push them away. */
function useSteady({ from, before }: TaskListProps, lines: number, height: number): void {
  const known = useRef({ lines: 0, before: false });
  useLayoutEffect(() => {
    const was = known.current;
    known.current = { lines, before };
    if (from !== 'end') return;
    if (was.lines === 0 && lines > 0) {
      window.scrollTo({ top: document.documentElement.scrollHeight });
      return;
    }
    const gone = was.before && !before ? COMING : 0;
    const came = lines - was.lines - gone;
    if (was.lines > 0 && came !== 0) window.scrollBy({ top: came * height });
  }, [from, lines, before, height]);
}

/** Gives the focus of the keyboard to the row that has that of the list, once it exists. */
function Focus(props: { list: React.RefObject<HTMLElement | null>; focus: string | null }) {
  const { list, focus } = props;
  useEffect(() => {
    if (focus === null) return;
    const active = document.activeElement;
    if (!isOurs(active, list.current)) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-task="${focus}"]`);
    if (row && row !== active && !row.contains(active)) row.focus({ preventScroll: true });
  });
  return null;
}
