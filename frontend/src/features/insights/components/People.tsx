import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { Section } from '@/components/Page';
import tables from '@/components/Table.module.css';
import { type PersonQuality, type Quality, qualityQuery } from '../api/insights';
import { EdgePlot } from './EdgePlot';
import { GoldTrend } from './GoldTrend';
import { NumberLink } from './NumberLink';
import { Pace } from './Pace';
import { Sizes } from './Sizes';
import { WeekLine } from './WeekLine';
import classes from './People.module.css';

/** How everybody does beside what reviewers decided. */
export function People({ slug, measuredAt }: { slug: string; measuredAt: string }) {
  const { t } = useTranslation('insights');
  const quality = useQuery({
    ...qualityQuery(slug),
    // What was measured at another time is another answer.
    queryKey: [...qualityQuery(slug).queryKey, measuredAt],
  });
  return (
    <>
      <Section title={t('people.title')} hint={t('people.hint')}>
        {quality.isPending && <Loading count={4} height={56} />}
        {quality.isError && (
          <ErrorNotice error={quality.error} onRetry={() => void quality.refetch()} />
        )}
        {quality.data && <Table slug={slug} quality={quality.data} />}
      </Section>
      {quality.data && <GoldTrend slug={slug} people={quality.data.people} />}
    </>
  );
}

function Table({ slug, quality }: { slug: string; quality: Quality }) {
  const { t } = useTranslation('insights');
  if (quality.people.length === 0) return <p>{t('people.none')}</p>;
  return (
    <div className={`${tables.scroll} ${classes.people}`}>
      <table className={tables.table} data-stack>
        <thead>
          <tr>
            <th>{t('people.person')}</th>
            <th title={t('people.overturnedText')}>{t('people.overturned')}</th>
            <th title={t('people.missedText')}>{t('people.missed')}</th>
            <th title={t('people.extraText')}>{t('people.extra')}</th>
            <th title={t('people.returnedText')}>{t('people.returned')}</th>
            <th>{t('people.sizes')}</th>
            <th>{t('people.edges')}</th>
            <th>{t('people.weeks')}</th>
            <th data-number title={t('people.paceText')}>
              {t('people.pace')}
            </th>
          </tr>
        </thead>
        <tbody>
          {quality.people.map((person) => (
            <Row key={person.user.id} slug={slug} person={person} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ slug, person }: { slug: string; person: PersonQuality }) {
  const { t } = useTranslation('insights');
  const weeks = person.weeks.map(({ week, right }) => ({
    week,
    value: right.value ?? 0,
    n: right.of,
  }));
  return (
    <tr>
      <td data-wide>{person.user.name}</td>
      <td data-label={t('people.overturned')}>
        <NumberLink slug={slug} share={person.overturned} />
      </td>
      <td data-label={t('people.missed')}>
        <NumberLink slug={slug} share={person.missed} />
      </td>
      <td data-label={t('people.extra')}>
        <NumberLink slug={slug} share={person.extra} />
      </td>
      <td data-label={t('people.returned')}>
        <NumberLink slug={slug} share={person.returned} />
      </td>
      <td data-label={t('people.sizes')}>
        <Sizes slug={slug} sizes={person.sizes} />
      </td>
      <td data-label={t('people.edges')}>
        {person.drawing?.edges ? (
          <EdgePlot edges={person.drawing.edges} name={person.user.name} />
        ) : (
          '–'
        )}
      </td>
      <td data-label={t('people.weeks')}>
        <WeekLine weeks={weeks} name={t('people.weeksOf', { name: person.user.name })} />
      </td>
      <td data-number data-label={t('people.pace')}>
        <Pace pace={person.seconds} />
      </td>
    </tr>
  );
}
