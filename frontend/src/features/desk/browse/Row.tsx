import { Link } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import type { DataSearch } from '@/lib/dataSearch';
import type { Label } from '@/lib/datasets';
import type { TaskRow } from '../api/tasks';
import classes from './Row.module.css';
import { TableCells } from './TableCells';
import { TileParts } from './TileParts';
import { useTaskWords } from './useTaskWords';

export type Press = 'open' | 'toggle' | 'extend';

export interface RowProps {
  slug: string;
  /** Of the list: the page of a task leads on within it. */
  search: DataSearch;
  task: TaskRow;
  labels: readonly Label[];
  table: boolean;
  chosen: boolean;
  /** The one that Tab leads to. */
  focused: boolean;
  /** While something is selected a press selects, too. */
  selecting: boolean;
  /** What was just said of it here. */
  said: string | undefined;
  onPress: (id: string, press: Press) => void;
  onFocus: (id: string) => void;
}

/** One task of the list: a press opens it, on the corner or with Ctrl or Shift it selects it. */
export const Row = memo(function Row(props: RowProps) {
  const { slug, search, task, table, chosen, focused, selecting } = props;
  const { t } = useTranslation('browse');
  const words = useTaskWords();
  const name = words.name(task);
  const press = (event: MouseEvent) => {
    const does = meant(event, selecting);
    if (does !== 'open') event.preventDefault();
    props.onPress(task.id, does);
  };
  return (
    <div
      role="gridcell"
      className={table ? classes.line : classes.tile}
      tabIndex={focused ? 0 : -1}
      data-task={task.id}
      data-selecting={selecting}
      aria-selected={chosen}
      title={words.hover(task)}
      onFocus={() => props.onFocus(task.id)}
      onMouseDown={(event) => {
        if (event.shiftKey) event.preventDefault(); // no text is selected on the way
      }}
    >
      <Link
        to="/datasets/$slug/tasks/$task"
        params={{ slug, task: task.id }}
        search={search}
        tabIndex={-1}
        draggable={false}
        className={classes.open}
        onClick={press}
      >
        {table ? <TableCells {...props} /> : <TileParts {...props} />}
      </Link>
      <Tick
        name={t('select', { name })}
        chosen={chosen}
        onClick={(event) => props.onPress(task.id, event.shiftKey ? 'extend' : 'toggle')}
      />
    </div>
  );
});

function meant(event: MouseEvent, selecting: boolean): Press {
  if (event.shiftKey) return 'extend';
  return event.ctrlKey || event.metaKey || selecting ? 'toggle' : 'open';
}

function Tick(props: {
  name: string;
  chosen: boolean;
  onClick: (event: MouseEvent) => void;
}): ReactNode {
  return (
    <button
      type="button"
      role="checkbox"
      tabIndex={-1}
      aria-checked={props.chosen}
      aria-label={props.name}
      className={classes.tick}
      onClick={props.onClick}
    >
      <span>{props.chosen && <Icon name="check" size={14} />}</span>
    </button>
  );
}
