import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { createWebhook, type EventKind, KINDS, webhooksQuery } from '../api/webhooks';

/** Asks where to, and of what; what is made has a secret, which is handed on once. */
export function NewWebhook({ slug, onMade }: { slug: string; onMade: (secret: string) => void }) {
  const { t } = useTranslation('webhooks');
  const client = useQueryClient();
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<string[]>(['task.completed']);
  const create = useMutation({
    mutationFn: () => createWebhook(slug, url.trim(), events as EventKind[]),
    onSuccess: async ({ secret }) => {
      onMade(secret);
      await client.invalidateQueries({ queryKey: webhooksQuery(slug).queryKey });
    },
  });
  const ready = url.trim() !== '' && events.length > 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) create.mutate();
      }}
    >
      <Stack gap="sm" mb="lg">
        {create.error && <ErrorNotice error={create.error} />}
        <TextInput
          label={t('url')}
          description={t('urlHint')}
          placeholder="https://example.org/concord"
          value={url}
          maxLength={2000}
          onChange={(event) => {
            setUrl(event.currentTarget.value);
          }}
        />
        <Checkbox.Group label={t('events')} value={events} onChange={setEvents}>
          <Stack gap={6} mt={6}>
            {KINDS.map((kind) => (
              <Checkbox key={kind} value={kind} label={t(`kind.${kind}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group>
          <Button type="submit" disabled={!ready} loading={create.isPending}>
            {t('make')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
