import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Section } from '@/components/Page';
import tables from '@/components/Table.module.css';
import type { PersonQuality } from '../api/insights';
import { WeekLine } from './WeekLine';

type Gold = NonNullable<PersonQuality['gold']>;

/** How people did on gold, week by week; for managers, and only where there is any. */
export function GoldTrend({ slug, people }: { slug: string; people: readonly PersonQuality[] }) {
  const { t } = useTranslation('insights');
  const measured = people.filter(({ gold }) => gold !== null && gold.length > 0);
  if (measured.length === 0) return null;
  return (
    <Section title={t('gold.title')} hint={t('gold.hint')}>
      <div className={tables.scroll}>
        <table className={tables.table} data-stack>
          <thead>
            <tr>
              <th>{t('people.person')}</th>
              <th>{t('gold.weeks')}</th>
              <th data-number>{t('gold.wrong')}</th>
            </tr>
          </thead>
          <tbody>
            {measured.map(({ user, gold }) => (
              <Row key={user.id} slug={slug} user={user} gold={gold ?? []} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Row(props: { slug: string; user: PersonQuality['user']; gold: Gold }) {
  const { t } = useTranslation('insights');
  const { slug, user, gold } = props;
  const n = gold.reduce((sum, week) => sum + week.n, 0);
  const wrong = n - gold.reduce((sum, week) => sum + week.right, 0);
  const text = t('gold.of', { wrong, n });
  return (
    <tr>
      <td data-wide>{user.name}</td>
      <td data-label={t('gold.weeks')}>
        <WeekLine
          weeks={gold.map(({ week, mean, n: cases }) => ({ week, value: mean, n: cases }))}
          name={t('gold.weeksOf', { name: user.name })}
        />
      </td>
      <td data-number data-label={t('gold.wrong')}>
        {wrong === 0 ? (
          text
        ) : (
          <Link to="/datasets/$slug/data" params={{ slug }} search={{ behind: `gold:${user.id}` }}>
            {text}
          </Link>
        )}
      </td>
    </tr>
  );
}
