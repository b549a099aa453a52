import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
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
  return (
    <Section
      title={t('servers.title')}
      hint={t('servers.hint')}
      action={
        !adds && (
          <Button
            variant="default"
            onClick={() => {
              acts.add.reset();
              setAdds(true);
            }}
          >
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
      {servers.isPending && <Loading count={1} height={64} />}
      {servers.data?.length === 0 && !adds && <p>{t('servers.none')}</p>}
      <ul className={classes.servers} aria-label={t('servers.title')}>
        {servers.data?.map((server) => (
          <ServerRow key={server.id} slug={slug} server={server} />
        ))}
      </ul>
    </Section>
  );
}
