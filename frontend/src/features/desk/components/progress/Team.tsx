import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Section } from '@/components/Page';
import { ShareBar } from '@/components/ShareBar';
import tables from '@/components/Table.module.css';
import { may, useDataset } from '@/lib/datasets';
import { ago, formatCount, formatDuration } from '@/lib/format';
import type { TeamMember, TeamProgress } from '../../api/teamProgress';
import { sum } from './days';
import { HeatStrip } from './HeatStrip';
import classes from './progress.module.css';
import { Standing } from './Standing';

/** Who does the work: how much and when, and who stands still and why. */
export function Team({ progress }: { progress: TeamProgress }) {
  const { t, i18n } = useTranslation('desk');
  const manages = may(useDataset(), 'manage');
  const { days, people, measured_at: measured } = progress;
  const timed = manages || people.some((row) => row.seconds_median !== null);
  const most = Math.max(...people.flatMap(({ answers }) => answers), 1);
  return (
    <Section
      title={t('progress.people')}
      {...(timed && {
        hint: measured
          ? t('progress.measured', { when: ago(measured, i18n.language) })
          : t('progress.unmeasured'),
      })}
    >
      <div className={tables.scroll} tabIndex={0} role="group" aria-label={t('progress.people')}>
        <table className={`${tables.table ?? ''} ${classes.team ?? ''}`}>
          <thead>
            <tr>
              <th scope="col">{t('progress.person')}</th>
              <th scope="col" data-number>
                {t('progress.today')}
              </th>
              <th scope="col" data-number>
                {t('progress.week')}
              </th>
              <th scope="col" data-number>
                {t('progress.month', { count: days.length })}
              </th>
              <th scope="col">{t('progress.dayByDay')}</th>
              {timed && (
                <>
                  <th scope="col" data-number>
                    {t('progress.seconds')}
                  </th>
                  <th scope="col">{t('progress.returned')}</th>
                </>
              )}
              <th scope="col">{t('progress.seen')}</th>
              <th scope="col">{t('progress.standing')}</th>
            </tr>
          </thead>
          <tbody>
            {people.map((row) => (
              <Row key={row.user.id} {...{ row, days, most, timed }} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Row(props: { row: TeamMember; days: readonly string[]; most: number; timed: boolean }) {
  const { t, i18n } = useTranslation('desk');
  const { row, days, most, timed } = props;
  return (
    <tr>
      <th scope="row">
        <Name row={row} />
      </th>
      {[1, 7, days.length].map((last) => (
        <td key={last} data-number>
          {formatCount(sum(row.answers.slice(-last)), i18n.language)}
        </td>
      ))}
      <td>
        <HeatStrip name={row.user.name} days={days} answers={row.answers} most={most} />
      </td>
      {timed && (
        <>
          <td data-number>
            {row.seconds_median === null ? '–' : formatDuration(row.seconds_median, i18n.language)}
          </td>
          <td>{row.returned ? <ShareBar share={row.returned} tone="bad" /> : '–'}</td>
        </>
      )}
      <td>{row.seen_at ? ago(row.seen_at, i18n.language) : t('progress.never')}</td>
      <td>
        <Standing row={row} />
      </td>
    </tr>
  );
}

function Name({ row }: { row: TeamMember }) {
  const { slug, ...dataset } = useDataset();
  const { id, name } = row.user;
  if (id === null || !may(dataset, 'see_answers')) return name;
  return (
    <Link to="/datasets/$slug/data" params={{ slug }} search={{ person: id }}>
      {name}
    </Link>
  );
}
