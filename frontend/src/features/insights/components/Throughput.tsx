import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Section } from '@/components/Page';
import tables from '@/components/Table.module.css';
import { formatCount } from '@/lib/format';
import type { Insights } from '../api/insights';
import { dayName } from '../numbers';
import classes from './Throughput.module.css';

type Days = Insights['throughput'];

/** How much was answered on each day, by all, and by each person in a table. */
export function Throughput({ slug, throughput }: { slug: string; throughput: Days }) {
  const { t } = useTranslation('insights');
  const { days, people, time_zone: zone } = throughput;
  const totals = days.map((_, n) => people.reduce((sum, row) => sum + (row.answers[n] ?? 0), 0));
  return (
    <Section title={t('days.title')} hint={t('days.hint', { count: days.length, zone })}>
      {people.length === 0 ? (
        <p>{t('days.none')}</p>
      ) : (
        <>
          <Bars slug={slug} days={days} totals={totals} />
          <Table slug={slug} throughput={throughput} />
        </>
      )}
    </Section>
  );
}

function Bars(props: { slug: string; days: readonly string[]; totals: readonly number[] }) {
  const { t, i18n } = useTranslation('insights');
  const { slug, days, totals } = props;
  const most = Math.max(...totals, 1);
  return (
    <figure className={classes.plot}>
      <ol>
        {days.map((day, n) => {
          const count = totals[n] ?? 0;
          const text = t('days.day', { day: dayName(day, i18n.language), count });
          return (
            <li key={day} title={text}>
              <Link
                to="/datasets/$slug/data"
                params={{ slug }}
                search={{ day }}
                aria-label={text}
                disabled={count === 0}
              >
                <span style={{ height: `${String((100 * count) / most)}%` }} />
              </Link>
            </li>
          );
        })}
      </ol>
      <p aria-hidden>
        <span>{days[0] && dayName(days[0], i18n.language)}</span>
        <span>{t('days.most', { count: most })}</span>
        <span>{dayName(days.at(-1) ?? '', i18n.language)}</span>
      </p>
    </figure>
  );
}

function Table({ slug, throughput }: { slug: string; throughput: Days }) {
  const { t, i18n } = useTranslation('insights');
  return (
    <div className={tables.scroll}>
      <table className={tables.table}>
        <thead>
          <tr>
            <th>{t('people.person')}</th>
            <th data-number>{t('days.today')}</th>
            <th data-number>{t('days.week')}</th>
            <th data-number>{t('days.all')}</th>
          </tr>
        </thead>
        <tbody>
          {throughput.people.map(({ user, answers }) => (
            <tr key={user.id}>
              <td>
                <Link to="/datasets/$slug/data" params={{ slug }} search={{ person: user.id }}>
                  {user.name}
                </Link>
              </td>
              {[1, 7, answers.length].map((last) => (
                <td key={last} data-number>
                  {formatCount(sum(answers.slice(-last)), i18n.language)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
