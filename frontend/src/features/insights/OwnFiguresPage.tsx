import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { Page, Section } from '@/components/Page';
import { ago } from '@/lib/format';
import { useSlug } from '@/lib/slug';
import { type BehindShare, type OwnQuality, ownQualityQuery } from './api/insights';
import { ConfusionList } from './components/ConfusionList';
import { NumberLink } from './components/NumberLink';
import { Pace } from './components/Pace';
import facts from './components/Facts.module.css';
import { OwnItems } from './components/OwnItems';
import { WeekLine } from './components/WeekLine';

/** How one's own answers compare with what was decided in the end. */
export function OwnFiguresPage() {
  const { t } = useTranslation('insights');
  const slug = useSlug();
  const own = useQuery(ownQualityQuery(slug));
  return (
    <Page sub title={t('own.title')} intro={t('own.intro')}>
      {own.isPending && <Loading count={2} height={132} />}
      {own.isError && <ErrorNotice error={own.error} onRetry={() => void own.refetch()} />}
      {own.data && <Body slug={slug} own={own.data} />}
      <OwnItems slug={slug} />
    </Page>
  );
}

function Body({ slug, own }: { slug: string; own: OwnQuality }) {
  const { t, i18n } = useTranslation('insights');
  if (own.weeks.length === 0 || own.measured_at === null) {
    return <EmptyState icon="history" title={t('own.emptyTitle')} text={t('own.emptyText')} />;
  }
  const weeks = own.weeks.map(({ week, right }) => ({
    week,
    value: right.value ?? 0,
    n: right.of,
  }));
  return (
    <>
      <ul className={facts.facts}>
        <Part slug={slug} name={t('own.overturned')} share={own.overturned} />
        {own.missed.of > 0 && <Part slug={slug} name={t('own.missed')} share={own.missed} />}
        {own.extra.of > 0 && <Part slug={slug} name={t('own.extra')} share={own.extra} />}
        <Part slug={slug} name={t('own.returned')} share={own.returned} />
        <li>
          <span>{t('own.pace')}</span>
          <Pace pace={own.seconds} />
        </li>
        <li>
          <span>{t('own.weeks')}</span>
          <WeekLine weeks={weeks} name={t('own.weeks')} />
        </li>
      </ul>
      <p>{t('own.measured', { when: ago(own.measured_at, i18n.language) })}</p>
      {own.confusions.length > 0 && (
        <Section title={t('own.confusions')} hint={t('own.confusionsHint')}>
          <ConfusionList slug={slug} confusions={own.confusions} own />
        </Section>
      )}
    </>
  );
}

function Part({ slug, name, share }: { slug: string; name: string; share: BehindShare }) {
  return (
    <li>
      <span>{name}</span>
      <NumberLink slug={slug} share={share} neutral />
    </li>
  );
}
