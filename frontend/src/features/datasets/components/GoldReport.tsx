import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Section } from '@/components/Page';
import { ShareBar } from '@/components/ShareBar';
import tables from '@/components/Table.module.css';
import type { Dataset } from '@/lib/datasets';
import { goldReportQuery } from '../api/gold';

/** How everybody does on gold; nothing is shown where there is none and was none. */
export function GoldReport({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation('datasets');
  const report = useQuery(goldReportQuery(dataset.slug));
  if (report.error) {
    return <ErrorNotice error={report.error} onRetry={() => void report.refetch()} />;
  }
  if (!report.data) return null;
  const { gold, people } = report.data;
  const on = (dataset.gold?.rate ?? 0) > 0;
  if (gold === 0 && people.length === 0 && !on) return null;
  return (
    <Section title={t('goldReport.title')} hint={t('goldReport.count', { count: gold })}>
      {gold > 0 && !on && (
        <p>
          {t('goldReport.off')}{' '}
          <Link to="/datasets/$slug/settings" params={{ slug: dataset.slug }}>
            {t('goldReport.toSettings')}
          </Link>
        </p>
      )}
      {gold === 0 && on && (
        <p>
          {t('goldReport.none')}{' '}
          <Link to="/datasets/$slug/data" params={{ slug: dataset.slug }} search={FINALS}>
            {t('goldReport.toFinals')}
          </Link>
        </p>
      )}
      {people.length > 0 && (
        <div className={tables.scroll}>
          <table className={tables.table} data-stack>
            <thead>
              <tr>
                <th>{t('overview.person')}</th>
                <th title={t('goldReport.rightText')}>{t('goldReport.right')}</th>
                <th data-number title={t('goldReport.meanText')}>
                  {t('goldReport.mean')}
                </th>
              </tr>
            </thead>
            <tbody>
              {people.map(({ user, name, right, mean }) => (
                <tr key={user}>
                  <td data-wide>{name}</td>
                  <td data-label={t('goldReport.right')}>
                    <ShareBar share={right} />
                  </td>
                  <td data-number data-label={t('goldReport.mean')}>
                    {mean.toFixed(2)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

const FINALS = { state: 'final' };
