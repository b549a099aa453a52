import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ago } from '@/lib/format';
import type { MyAnswer } from '../../api/history';
import classes from './history.module.css';

interface Props {
  id: string;
  rows: readonly MyAnswer[];
  /** The place of the one that Enter opens. */
  active: number;
  /** The task on the screen. */
  shown: string | undefined;
  busy: boolean;
  onTake: (row: MyAnswer) => void;
}

/** Answers, each with its picture and what it says; one that a reviewer decided stays closed. */
export function AnswerList({ id, rows, active, shown, busy, onTake }: Props) {
  const { t } = useTranslation('labelling');
  return (
    <ul
      id={id}
      role="listbox"
      aria-label={t('history.answers')}
      aria-busy={busy}
      className={classes.list}
    >
      {rows.map((row, place) => (
        <AnswerRow
          key={row.task}
          id={`${id}-${place}`}
          row={row}
          active={place === active}
          shown={row.task === shown}
          onTake={() => onTake(row)}
        />
      ))}
    </ul>
  );
}

function AnswerRow(props: {
  id: string;
  row: MyAnswer;
  active: boolean;
  shown: boolean;
  onTake: () => void;
}) {
  const { t, i18n } = useTranslation('labelling');
  const { row, active } = props;
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (active) item.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <li
      ref={item}
      id={props.id}
      role="option"
      aria-selected={active}
      aria-disabled={!row.editable}
      aria-current={props.shown}
      className={classes.row}
      onMouseDown={(event) => {
        event.preventDefault();
      }}
      onClick={props.onTake}
    >
      <img src={row.thumbnail} alt="" loading="lazy" width={56} height={42} />
      <span className={classes.about}>
        <span className={classes.name}>{row.name || t('history.group')}</span>
        <span className={classes.said}>
          <b data-verdict={row.answer}>{t(`history.verdict.${row.answer}`)}</b>
          {row.shapes > 0 && ` · ${t('history.shapes', { count: row.shapes })}`}
          {row.accept.length > 0 && ` · ${t('history.picked', { count: row.accept.length })}`}
          {` · ${ago(row.updated_at, i18n.language)}`}
          {!row.editable && ` · ${t('history.decided')}`}
        </span>
      </span>
    </li>
  );
}
