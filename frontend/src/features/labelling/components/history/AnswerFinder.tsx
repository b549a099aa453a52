import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import controls from '@/components/bench/controls.module.css';
import { EmptyState } from '@/components/EmptyState';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { rowsOf } from '@/lib/paging';
import { myAnswersQuery } from '../../api/history';
import type { MyAnswer } from '../../api/history';
import type { Verdict } from '../../api/tasks';
import { HISTORY_KEYS } from '../../work/historyKeys';
import { AnswerList } from './AnswerList';
import classes from './history.module.css';

interface Props {
  slug: string;
  /** The task on the screen. */
  shown: string | undefined;
  onOpen: (task: string) => Promise<void>;
}

/** Between the last press and the question, ms. */
const PAUSE = 200;
const VERDICTS: readonly Verdict[] = ['accept', 'reject', 'ignore'];

/** My answers with a search over them. The keys of the field go through the list. */
export function AnswerFinder({ slug, shown, onOpen }: Props) {
  const { t } = useTranslation('labelling');
  const list = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [answer, setAnswer] = useState<Verdict | null>(null);
  const [place, setPlace] = useState(0);
  const [wanted] = useDebouncedValue(text.trim(), PAUSE);
  const found = useInfiniteQuery({
    ...myAnswersQuery(slug, { answer, text: wanted }),
    placeholderData: keepPreviousData,
  });
  const open = useMutation({ mutationFn: ({ task }: MyAnswer) => onOpen(task) });
  const rows = rowsOf(found.data);
  const active = Math.min(place, rows.length - 1);

  useEffect(() => {
    // With a finger the keyboard of the screen would cover the list.
    if (matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, []);

  const step = (by: number) => {
    setPlace(Math.max(0, Math.min(active + by, rows.length - 1)));
    if (active + by >= rows.length && found.hasNextPage) void found.fetchNextPage();
  };
  const take = (row: MyAnswer | undefined) => {
    if (!row?.editable) return;
    // The keys go to the work again.
    field.current?.blur();
    open.mutate(row);
  };
  const press = (event: KeyboardEvent) => {
    const act = {
      [HISTORY_KEYS.next_answer]: () => step(1),
      [HISTORY_KEYS.answer_before]: () => step(-1),
      [HISTORY_KEYS.reopen]: () => take(rows[active]),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  return (
    <section className={classes.finder} aria-label={t('history.answers')}>
      <input
        ref={field}
        className={controls.search}
        type="search"
        role="combobox"
        aria-expanded={rows.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={rows.length > 0 ? `${list}-${active}` : undefined}
        aria-label={t('history.search')}
        placeholder={t('history.search')}
        maxLength={200}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setPlace(0);
        }}
        onKeyDown={press}
      />
      <Verdicts
        value={answer}
        onChange={(next) => {
          setAnswer(next);
          setPlace(0);
        }}
      />
      {open.error && <ErrorNotice error={open.error} />}
      {found.isPending && <Loading count={5} height={44} />}
      {found.error && <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && rows.length === 0 && (
        <EmptyState
          icon="list"
          title={t('history.emptyTitle')}
          text={t(answer || wanted ? 'history.emptySearch' : 'history.empty')}
        />
      )}
      <AnswerList id={list} {...{ rows, active, shown }} busy={found.isFetching} onTake={take} />
      {found.hasNextPage && (
        <button
          type="button"
          className={controls.action}
          disabled={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t('action.more', { ns: 'shell' })}
        </button>
      )}
    </section>
  );
}

function Verdicts(props: { value: Verdict | null; onChange: (value: Verdict | null) => void }) {
  const { t } = useTranslation('labelling');
  return (
    <div role="group" aria-label={t('history.filter')} className={classes.filter}>
      {[null, ...VERDICTS].map((verdict) => (
        <button
          key={verdict}
          type="button"
          aria-pressed={props.value === verdict}
          onClick={() => props.onChange(verdict)}
        >
          {t(verdict === null ? 'history.all' : `history.verdict.${verdict}`)}
        </button>
      ))}
    </div>
  );
}
