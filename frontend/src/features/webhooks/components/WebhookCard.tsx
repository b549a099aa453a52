import { Button, Group, Switch } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Confirm } from '@/components/Confirm';
import { When } from '@/components/When';
import { notifyError } from '@/lib/notify';
import {
  changeWebhook,
  deleteWebhook,
  deliveriesQuery,
  sendTest,
  type Webhook,
  webhooksQuery,
} from '../api/webhooks';
import { DeliveryLog } from './DeliveryLog';
import classes from './Webhooks.module.css';

/** One address: what it hears of, how it fares, and its log. */
export function WebhookCard({ webhook, slug }: { webhook: Webhook; slug: string }) {
  const { t } = useTranslation('webhooks');
  return (
    <section className={classes.card} aria-label={webhook.url}>
      <h3>{webhook.url}</h3>
      <p>{webhook.events.map((kind) => t(`kind.${kind}`)).join(' · ')}</p>
      <Health webhook={webhook} />
      <Acts webhook={webhook} slug={slug} />
      <DeliveryLog webhook={webhook} />
    </section>
  );
}

function Health({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  if (webhook.stopped_at !== null) return <p role="alert">{t('stopped')}</p>;
  if (!webhook.active || webhook.failing_since === null) return null;
  return (
    <p role="status">
      {t('failing')} <When at={webhook.failing_since} />
    </p>
  );
}

function Acts({ webhook, slug }: { webhook: Webhook; slug: string }) {
  const { t } = useTranslation('webhooks');
  const [open, dialog] = useDisclosure();
  const client = useQueryClient();
  const listed = () => client.invalidateQueries({ queryKey: webhooksQuery(slug).queryKey });
  const change = useMutation({
    mutationFn: (active: boolean) => changeWebhook(webhook.id, { active }),
    onError: notifyError,
    onSettled: listed,
  });
  const remove = useMutation({
    mutationFn: () => deleteWebhook(webhook.id),
    onError: notifyError,
    onSettled: listed,
  });
  const test = useMutation({
    mutationFn: () => sendTest(webhook.id),
    onError: notifyError,
    onSettled: () => client.invalidateQueries({ queryKey: deliveriesQuery(webhook.id).queryKey }),
  });
  return (
    <Group gap="sm" my="sm">
      <Switch
        label={t('active')}
        checked={webhook.active}
        disabled={change.isPending}
        onChange={(event) => {
          change.mutate(event.currentTarget.checked);
        }}
      />
      <Button
        size="xs"
        variant="default"
        disabled={!webhook.active}
        loading={test.isPending}
        onClick={() => test.mutate()}
      >
        {t('test')}
      </Button>
      <Button size="xs" variant="default" onClick={dialog.open}>
        {t('delete.open')}
      </Button>
      <Confirm
        opened={open}
        title={t('delete.title')}
        text={t('delete.text')}
        go={t('delete.go')}
        running={remove.isPending}
        onGo={() => remove.mutate()}
        onClose={dialog.close}
      />
    </Group>
  );
}
