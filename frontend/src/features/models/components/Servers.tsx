import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Section } from '@/components/Page';
import { serversQuery, useServerActs } from '../api/servers';
import { ServerForm } from './ServerForm';
import { ServerRow } from './ServerRow';
import classes from './Models.module.css';

/** The servers that Concord asks by itself; for managers. */
export function Servers({ slug }: { slug: string }) {
  const { t } = useTranslation('models');
  const servers = useQuery({ ...serversQuery(slug), refetchInterval: 5_000 });
  const acts = useServerActs(slug);
  const [adds, setAdds] = useState(false);
  const error = acts.remove.error ?? acts.ask.error ?? acts.stop.error;
  return (
    <Section
      title={t('servers.title')}
      hint={t('servers.hint')}
      action={
        !adds && (
          <Button variant="default" onClick={() => setAdds(true)}>
            {t('servers.add')}
          </Button>
        )
      }
    >
      {adds && (
        <ServerForm
          error={acts.add.error}
          busy={acts.add.isPending}
          onSave={(body) => acts.add.mutate(body, { onSuccess: () => setAdds(false) })}
          onClose={() => setAdds(false)}
        />
      )}
      {servers.isError && !servers.data && (
        <ErrorNotice error={servers.error} onRetry={() => void servers.refetch()} />
      )}
      {error && <ErrorNotice error={error} />}
      <ul className={classes.servers} aria-label={t('servers.title')}>
        {servers.data?.map((server) => (
          <ServerRow
            key={server.id}
            server={server}
            onAsk={() => acts.ask.mutate(server.id)}
            onStop={(run) => acts.stop.mutate(run)}
            onRemove={() => acts.remove.mutate(server.id)}
          />
        ))}
      </ul>
    </Section>
  );
}
