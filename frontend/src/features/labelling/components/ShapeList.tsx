import { useLayoutEffect } from 'react';
import type { CSSProperties, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Editor } from '@/canvas';
import { useEditorValue } from '@/canvas-react';
import frame from '@/components/bench/frame.module.css';
import { ShapeRow } from './ShapeRow';
import { useRowsInSight } from './useRowsInSight';
import type { Rows } from './useRowsInSight';
import classes from './ShapeList.module.css';

/**
 * The shapes as text: to select, to delete, and for readers of the screen. Of thousands only those
 * in sight are in the page; arrows, Home and End go through all.
 */
export function ShapeList({ editor }: { editor: Editor }) {
  const { t } = useTranslation('labelling');
  const shapes = useEditorValue(editor, (state) => state.settled);
  const selection = useEditorValue(editor, (state) => state.selection);
  const labels = useEditorValue(editor, (state) => state.labels);
  const locked = useEditorValue(editor, (state) => state.locked);
  const concealed = useEditorValue(editor, (state) => state.concealed);
  const {
    shapes: [kind],
    boxBy,
  } = useEditorValue(editor, (state) => state.drawing);
  const { box, rows, look, reveal } = useRowsInSight(shapes.length);
  const chosen = selection.at(-1);
  const place = shapes.findIndex(({ id }) => id === chosen);
  const current = Math.max(place, 0);

  useLayoutEffect(() => {
    if (place < 0) return;
    reveal(place);
    const row = box.current?.querySelector<HTMLElement>(`[aria-posinset="${place + 1}"] button`);
    if (box.current?.contains(document.activeElement)) row?.focus({ preventScroll: true });
  }, [box, chosen, place, reveal]);

  const press = (event: KeyboardEvent<HTMLElement>) => {
    const from = Number((event.target as Element).closest('li')?.ariaPosInSet) - 1;
    const shape = shapes[goal(event.key, from, shapes.length) ?? -1];
    if (!shape) return;
    event.preventDefault();
    event.stopPropagation();
    editor.select([shape.id]);
    editor.view.reveal(shape.rect);
  };
  return (
    <section className={classes.shapes} style={{ '--count': shapes.length } as CSSProperties}>
      <h2 className={frame.heading}>{t('shapes', { count: shapes.length })}</h2>
      {shapes.length === 0 && (
        <p className={frame.hint}>
          {t(`noShapes.${kind === 'polygon' || kind === 'freehand' ? kind : boxBy}`)}
        </p>
      )}
      <div ref={box} className={classes.sight} onScroll={look}>
        <ul className={classes.rows} onKeyDown={press}>
          {mounted(rows, current, shapes.length).map((n) => {
            const shape = shapes[n];
            return (
              shape && (
                // By place: the row that has the focus keeps it when its shape is deleted.
                <ShapeRow
                  key={n}
                  place={n}
                  of={shapes.length}
                  shape={shape}
                  style={labels.get(shape.label)}
                  selected={selection.includes(shape.id)}
                  current={n === current}
                  locked={locked.has(shape.id)}
                  concealed={concealed.has(shape.id)}
                  editor={editor}
                />
              )
            );
          })}
        </ul>
      </div>
    </section>
  );
}

/** The rows in sight, and the one that Tab comes to wherever it is. */
function mounted({ first, end }: Rows, current: number, count: number): number[] {
  const places = Array.from({ length: Math.min(end, count) - first }, (_, n) => first + n);
  return places.includes(current) ? places : [...places, current].sort((a, b) => a - b);
}

/** The row that a key goes to from row `from`; none for other keys. */
function goal(key: string, from: number, count: number): number | null {
  if (key === 'ArrowDown') return Math.min(from + 1, count - 1);
  if (key === 'ArrowUp') return Math.max(from - 1, 0);
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}
