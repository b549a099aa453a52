import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Section } from '@/components/Page';
import { ShareBar } from '@/components/ShareBar';
import tables from '@/components/Table.module.css';
import { knownReportQuery } from '../api/known';

const COLUMNS = ['precision', 'recall', 'false_picks'] as const;

/** How everybody did on known images; nothing is shown before anybody has met one. */
export function KnownReport({ slug }: { slug: string }) {
  const { t } = useTranslation('composing');
  const report = useQuery(knownReportQuery(slug));
  if (report.error) {
    return <ErrorNotice error={report.error} onRetry={() => void report.refetch()} />;
  }
  if (!report.data?.people.length) return null;
  return (
    <Section title={t('report.title')} hint={t('report.hint')}>
      <div className={tables.scroll}>
        <table className={tables.table} data-stack>
          <thead>
            <tr>
              <th>{t('report.person')}</th>
              {COLUMNS.map((column) => (
                <th key={column} title={t(`report.${column}Text`)}>
                  {t(`report.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.data.people.map((person) => (
              <tr key={person.user}>
                <td data-wide>{person.name}</td>
                {COLUMNS.map((column) => (
                  <td key={column} data-label={t(`report.${column}`)}>
                    <ShareBar
                      share={person[column]}
                      tone={column === 'false_picks' ? 'bad' : 'good'}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
