import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Section } from '@/components/Page';
import tables from '@/components/Table.module.css';
import type { Dataset } from '@/lib/datasets';
import { type Flag, flagsQuery, resolveFlag } from '../api/flags';

/** What annotators want a manager to see; nothing is shown while there is nothing. */
export function Flags({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation('datasets');
  const flags = useQuery({ ...flagsQuery(dataset.slug), refetchInterval: 10_000 });
  if (flags.error) {
    return <ErrorNotice error={flags.error} onRetry={() => void flags.refetch()} />;
  }
  if (!flags.data?.results.length) return null;
  return (
    <Section title={t('flags.title')}>
      <div className={tables.scroll}>
        <table className={tables.table}>
          <thead>
            <tr>
              <th>{t('flags.what')}</th>
              <th>{t('flags.comment')}</th>
              <th>{t('flags.by')}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {flags.data.results.map((flag) => (
              <FlagRow key={flag.id} flag={flag} dataset={dataset} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function FlagRow({ flag, dataset }: { flag: Flag; dataset: Dataset }) {
  const { t } = useTranslation('datasets');
  const client = useQueryClient();
  const resolve = useMutation({
    mutationFn: resolveFlag,
    onSettled: () => client.invalidateQueries(flagsQuery(dataset.slug)),
  });
  return (
    <tr>
      <td>{t(`flags.kind.${flag.kind}`)}</td>
      <td>{flag.comment}</td>
      <td>{flag.by}</td>
      <td>
        {resolve.error && <ErrorNotice error={resolve.error} />}
        <Button
          variant="default"
          size="xs"
          loading={resolve.isPending}
          onClick={() => resolve.mutate(flag)}
        >
          {t(flag.kind === 'skipped' ? 'flags.giveOut' : 'flags.done')}
        </Button>
      </td>
    </tr>
  );
}
