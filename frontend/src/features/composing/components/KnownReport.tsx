import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Section } from '@/components/Page';
import tables from '@/components/Table.module.css';
import { knownReportQuery, type Share } from '../api/known';
import classes from './KnownReport.module.css';

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
                    <Bar share={person[column]} bad={column === 'false_picks'} />
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

/** A share as a number, what it is a share of, and a bar on which the interval is a thin line. */
function Bar({ share, bad }: { share: Share; bad: boolean }) {
  const { t } = useTranslation('composing');
  if (share.value === null) return <span className={classes.none}>{t('report.none')}</span>;
  const percent = (part: number) => `${String(Math.round(100 * part))}%`;
  const low = share.low ?? 0;
  const high = share.high ?? 1;
  return (
    <span
      className={classes.share}
      title={t('report.interval', { low: percent(low), high: percent(high) })}
    >
      <b>{percent(share.value)}</b>
      <span className={classes.bar} data-bad={bad} aria-hidden>
        <span style={{ width: percent(share.value) }} />
        <i style={{ left: percent(low), width: percent(high - low) }} />
      </span>
      <small>{t('report.of', { count: share.count, of: share.of })}</small>
    </span>
  );
}
