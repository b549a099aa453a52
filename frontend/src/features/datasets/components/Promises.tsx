import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { type Trust, trustQuery } from '@/lib/trust';
import classes from './Promises.module.css';

/** For each share of errors, how much a reviewer would still see. */
export function Promises({ slug }: { slug: string }) {
  const { t } = useTranslation('datasets');
  const trust = useQuery(trustQuery(slug));
  if (trust.error) {
    return <ErrorNotice error={trust.error} onRetry={() => void trust.refetch()} />;
  }
  if (!trust.data) return null;
  const { reviewed, targets } = trust.data;
  if (targets.length === 0) {
    return (
      <Text size="sm" ml={30}>
        {t('promises.none', { count: reviewed })}
      </Text>
    );
  }
  return (
    <Table className={classes.table} withRowBorders={false} verticalSpacing={2}>
      <Table.Caption className={classes.caption}>
        {t('promises.title', { count: reviewed })}
      </Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('promises.target')}</Table.Th>
          <Table.Th>{t('promises.review')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {targets.map((promise) => (
          <Table.Tr key={promise.target}>
            <Table.Td>{percent(promise.target)}</Table.Td>
            <Table.Td>
              <Row promise={promise} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Row({ promise }: { promise: Trust['targets'][number] }) {
  const { t } = useTranslation('datasets');
  if (promise.passing === null) {
    return promise.more === null
      ? t('promises.never')
      : t('promises.more', { count: promise.more });
  }
  const seen = 1 - promise.passing;
  return (
    <span className={classes.row}>
      <span className={classes.bar} style={{ width: `${Math.round(120 * seen)}px` }} />
      {percent(seen)}
    </span>
  );
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}
