import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Section } from '@/components/Page';
import tables from '@/components/Table.module.css';
import { ago } from '@/lib/format';
import { rowsOf } from '@/lib/paging';
import { importsQuery } from '../api/imports';

export function PastImports({ slug }: { slug: string }) {
  const { t, i18n } = useTranslation('importing');
  const imports = useInfiniteQuery(importsQuery(slug));
  const rows = rowsOf(imports.data);
  if (rows.length === 0) return null;
  return (
    <Section title={t('past.title')}>
      <div className={tables.scroll}>
        <table className={tables.table} data-stack>
          <tbody>
            {rows.map((found) => (
              <tr key={found.id}>
                <td data-wide>
                  <Link to="/datasets/$slug/import" params={{ slug }} search={{ run: found.id }}>
                    {found.name}
                  </Link>
                </td>
                <td>{t(`past.${found.state}`)}</td>
                <td data-number>{t('past.images', { count: found.counts.done })}</td>
                <td data-number>
                  {found.counts.failed > 0 && t('past.failedRows', { count: found.counts.failed })}
                </td>
                <td>{found.created_by.name}</td>
                <td>{ago(found.created_at, i18n.language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {imports.hasNextPage && (
        <Button variant="default" mt="sm" onClick={() => void imports.fetchNextPage()}>
          {t('action.more', { ns: 'shell' })}
        </Button>
      )}
    </Section>
  );
}
