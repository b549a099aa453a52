import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue, useThrottledValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { Section } from '@/components/Page';
import tables from '@/components/Table.module.css';
import { rowsOf } from '@/lib/paging';
import { failuresQuery, type Import, importRowsQuery } from '../api/imports';
import { FailedFiles } from './FailedFiles';
import classes from './FailedRows.module.css';
import { Reasons } from './Reasons';
import { RetryReason } from './RetryReason';

/** While somebody types nothing is searched, ms. */
const PAUSE = 250;
/** While rows fail they are counted by reason so often, which reads all of them, ms. */
const EVERY = 5_000;

/** Which lines failed, why, and what to do; read again as more fail. */
export function FailedRows({ found }: { found: Import }) {
  const { t } = useTranslation('importing');
  const { id } = found;
  const { failed } = found.counts;
  const [code, setCode] = useState('');
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), PAUSE);
  const seen = useThrottledValue(failed, EVERY);
  const failures = useQuery({ ...failuresQuery(id, seen), placeholderData: keepPreviousData });
  return (
    <Section
      title={t('live.failed', { count: failed })}
      hint={t('live.failedHint')}
      action={failures.data && <FailedFiles id={id} files={failures.data.files} />}
    >
      {failures.data && (
        <Reasons
          failures={failures.data.results}
          chosen={code}
          onChoose={setCode}
          actionFor={({ code, may_retry }) =>
            found.state === 'done' && may_retry && <RetryReason id={id} code={code} />
          }
        />
      )}
      <TextInput
        className={classes.search}
        aria-label={t('rows.search')}
        placeholder={t('rows.search')}
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Rows id={id} failed={seen} code={code} search={search} />
    </Section>
  );
}

function Rows(props: { id: string; failed: number; code: string; search: string }) {
  const { t } = useTranslation('importing');
  const { id, failed, code, search } = props;
  const rows = useInfiniteQuery({
    ...importRowsQuery(id, { state: 'failed', code, search }, failed),
    placeholderData: keepPreviousData,
  });
  if (rows.isPending) return <Loading height={36} />;
  if (rows.isError) return <ErrorNotice error={rows.error} onRetry={() => void rows.refetch()} />;
  const found = rowsOf(rows.data);
  if (found.length === 0) return <p className={classes.none}>{t('rows.none')}</p>;
  return (
    <>
      <div className={tables.scroll}>
        <table className={tables.table} data-stack>
          <thead>
            <tr>
              <th data-number>{t('rows.line')}</th>
              <th>{t('rows.address')}</th>
              <th>{t('rows.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {found.map((row) => (
              <tr key={`${row.line} ${row.item}`}>
                <td data-number data-label={t('rows.line')}>
                  {row.line}
                </td>
                <td data-wide className={classes.address}>
                  {row.url}
                </td>
                <td data-wide>{row.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.hasNextPage && (
        <Button variant="default" mt="sm" onClick={() => void rows.fetchNextPage()}>
          {t('action.more', { ns: 'shell' })}
        </Button>
      )}
    </>
  );
}
