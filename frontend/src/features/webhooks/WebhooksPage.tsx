import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { SecretLink } from '@/components/SecretLink';
import { useDataset } from '@/lib/datasets';
import { rowsOf } from '@/lib/paging';
import { webhooksQuery } from './api/webhooks';
import { NewWebhook } from './components/NewWebhook';
import { WebhookCard } from './components/WebhookCard';

/** The addresses that hear of what happens in a dataset, and what came of telling them. */
export function WebhooksPage() {
  const { t } = useTranslation('webhooks');
  const { slug } = useDataset();
  const webhooks = useInfiniteQuery(webhooksQuery(slug));
  const rows = rowsOf(webhooks.data);
  const [secret, setSecret] = useState('');
  return (
    <Page sub title={t('title')} intro={t('intro')} narrow>
      {secret ? (
        <SecretLink
          text={t('secret')}
          secret={secret}
          onDone={() => {
            setSecret('');
          }}
        />
      ) : (
        <NewWebhook slug={slug} onMade={setSecret} />
      )}
      {webhooks.isPending && <Loading count={2} height={96} />}
      {webhooks.isError && (
        <ErrorNotice error={webhooks.error} onRetry={() => void webhooks.refetch()} />
      )}
      {webhooks.isSuccess && rows.length === 0 && (
        <EmptyState icon="bell" title={t('emptyTitle')} text={t('emptyText')} />
      )}
      {rows.map((webhook) => (
        <WebhookCard key={webhook.id} webhook={webhook} slug={slug} />
      ))}
      {webhooks.hasNextPage && (
        <Button variant="default" mt="sm" onClick={() => void webhooks.fetchNextPage()}>
          {t('action.more', { ns: 'shell' })}
        </Button>
      )}
    </Page>
  );
}
