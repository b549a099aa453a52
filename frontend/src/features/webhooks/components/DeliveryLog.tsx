import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import tables from '@/components/Table.module.css';
import { When } from '@/components/When';
import { notifyError } from '@/lib/notify';
import { rowsOf } from '@/lib/paging';
import { type Delivery, deliveriesQuery, redeliver, type Webhook } from '../api/webhooks';

/** What was sent, newest first, with what came of it. */
export function DeliveryLog({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  const log = useInfiniteQuery({
    ...deliveriesQuery(webhook.id),
    refetchInterval: ({ state }) =>
      rowsOf(state.data).some(({ state }) => state === 'waiting') ? 2000 : 10_000,
  });
  const rows = rowsOf(log.data);
  if (log.isError) return <ErrorNotice error={log.error} />;
  if (rows.length === 0) return <p>{t('log.empty')}</p>;
  return (
    <>
      <div className={tables.scroll}>
        <table className={tables.table} data-stack aria-label={t('log.title')}>
          <tbody>
            {rows.map((delivery) => (
              <Line key={delivery.id} delivery={delivery} webhook={webhook} />
            ))}
          </tbody>
        </table>
      </div>
      {log.hasNextPage && (
        <Button variant="default" size="xs" mt="xs" onClick={() => void log.fetchNextPage()}>
          {t('action.more', { ns: 'shell' })}
        </Button>
      )}
    </>
  );
}

function Line({ delivery, webhook }: { delivery: Delivery; webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  const { state, kind, created_at, due_at, attempts, excerpt } = delivery;
  return (
    <tr>
      <td data-wide>{t(`kind.${kind as 'webhook.test'}`)}</td>
      <td>
        <When at={created_at} />
      </td>
      <td data-wide>
        <span role={state === 'failed' ? 'alert' : undefined}>{outcomeOf(delivery)}</span>
        {state === 'waiting' && attempts > 0 && (
          <>
            {' '}
            {t('log.again')} <When at={due_at} />
          </>
        )}
        {excerpt && <div data-faded>{excerpt}</div>}
      </td>
      <td data-number>{webhook.active && <Again delivery={delivery} webhook={webhook} />}</td>
    </tr>
  );

  function outcomeOf({ status, code, milliseconds }: Delivery): string {
    if (attempts === 0) return t('log.unsent');
    const said = status === null ? t('log.unreached', { code }) : String(status);
    return t(`log.${state}`, { said, milliseconds });
  }
}

function Again({ delivery, webhook }: { delivery: Delivery; webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: () => redeliver(webhook.id, delivery.id),
    onError: notifyError,
    onSettled: () => client.invalidateQueries({ queryKey: deliveriesQuery(webhook.id).queryKey }),
  });
  return (
    <Button size="xs" variant="default" loading={again.isPending} onClick={() => again.mutate()}>
      {t('log.redeliver')}
    </Button>
  );
}
