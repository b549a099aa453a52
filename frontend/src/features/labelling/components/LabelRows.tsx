import { useLayoutEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import type { LabelStyle } from '@/canvas';
import controls from '@/components/bench/controls.module.css';
import { keepInSight } from './keepInSight';
import { LabelSwatch } from './LabelSwatch';
import classes from './LabelPanel.module.css';

export interface LabelRow {
  readonly id: string;
  readonly name: string;
  /** What is printed before it. */
  readonly key: string;
  readonly short: string;
  readonly style: LabelStyle | undefined;
  /** Why it cannot be given now; empty where it can. */
  readonly only: string;
}

export interface LabelRowsProps {
  rows: readonly LabelRow[];
  /** The name of the one in use. */
  current: string;
  onTake: (name: string) => void;
}

/** All labels; Tab comes to the one in use, arrows go on from there. It scrolls by itself. */
export function LabelRows({ rows, current, onTake }: LabelRowsProps) {
  const list = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    const look = () => {
      keepInSight(list.current, '[aria-pressed="true"]');
    };
    look();
    // Every shape that is drawn takes a line of it.
    const observer = new ResizeObserver(look);
    if (list.current) observer.observe(list.current);
    return () => {
      observer.disconnect();
    };
  }, [current]);
  const stop = rows.some(({ name }) => name === current) ? current : rows[0]?.name;
  return (
    <ul ref={list} className={`${controls.rows} ${classes.rows}`} onKeyDown={moveFocus}>
      {rows.map(({ id, name, key, style, only }) => (
        <li key={id}>
          <button
            type="button"
            className={controls.row}
            aria-pressed={name === current}
            aria-disabled={only !== ''}
            tabIndex={name === stop ? 0 : -1}
            onMouseDown={(event) => {
              event.preventDefault();
            }}
            onClick={() => {
              onTake(name);
            }}
          >
            <kbd>{key}</kbd>
            <LabelSwatch style={style} />
            <span className={controls.grow}>{name}</span>
            {only && <span className={controls.dim}>{only}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const row = (event.target as Element).closest('li');
  const other = {
    ArrowDown: row?.nextElementSibling,
    ArrowUp: row?.previousElementSibling,
    Home: row?.parentElement?.firstElementChild,
    End: row?.parentElement?.lastElementChild,
  }[event.key];
  if (!other) return;
  event.preventDefault();
  event.stopPropagation();
  other.querySelector('button')?.focus();
}
