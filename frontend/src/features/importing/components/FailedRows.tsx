import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import tables from '@/components/Table.module.css';
import { rowsOf } from '@/lib/paging';
import { importRowsQuery } from '../api/imports';
import classes from './FailedRows.module.css';

/** Which lines failed and why; read again whenever `failed` changes. */
export function FailedRows({ id, failed }: { id: string; failed: number }) {
  const { t } = useTranslation('importing');
  const rows = useInfiniteQuery(importRowsQuery(id, 'failed'));
  const { refetch } = rows;
  useEffect(() => {
    void refetch();
  }, [failed, refetch]);
  if (rows.isPending) return <Loading height={36} />;
  if (rows.isError) return <ErrorNotice error={rows.error} onRetry={() => void refetch()} />;
  return (
    <>
      <div className={tables.scroll}>
        <table className={tables.table}>
          <thead>
            <tr>
              <th data-number>{t('rows.line')}</th>
              <th>{t('rows.address')}</th>
              <th>{t('rows.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {rowsOf(rows.data).map((row) => (
              <tr key={row.line}>
                <td data-number>{row.line}</td>
                <td className={classes.address}>{row.url}</td>
                <td>{row.reason}</td>
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
