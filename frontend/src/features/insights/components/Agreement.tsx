import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { Section } from '@/components/Page';
import { type AgreementFigures, agreementQuery } from '../api/insights';
import classes from './Agreement.module.css';
import facts from './Facts.module.css';
import { Interval } from './Interval';
import { LabelAgreement } from './LabelAgreement';
import { PairMatrix } from './PairMatrix';

/** How far people agree: on the whole, by label, and each with each. */
export function Agreement({ slug, measuredAt }: { slug: string; measuredAt: string }) {
  const { t } = useTranslation('insights');
  const query = agreementQuery(slug);
  const agreement = useQuery({ ...query, queryKey: [...query.queryKey, measuredAt] });
  return (
    <Section title={t('agreement.title')} hint={t('agreement.hint')}>
      {agreement.isPending && <Loading count={2} height={120} />}
      {agreement.isError && (
        <ErrorNotice error={agreement.error} onRetry={() => void agreement.refetch()} />
      )}
      {agreement.data && <Body slug={slug} found={agreement.data} />}
    </Section>
  );
}

function Body({ slug, found }: { slug: string; found: AgreementFigures }) {
  const { t } = useTranslation('insights');
  const { overall, overlap } = found;
  if (overall === null || overall.percent.n === 0) return <p>{t('agreement.none')}</p>;
  return (
    <>
      <ul className={facts.facts}>
        <li>
          <span>{t('agreement.alpha')}</span>
          <Interval estimate={overall.alpha} advice />
        </li>
        <li>
          <span>{t('agreement.ac1')}</span>
          <Interval estimate={overall.ac1} />
        </li>
        <li>
          <span>{t('agreement.percent')}</span>
          <Interval estimate={overall.percent} share />
        </li>
        {overlap && (
          <li>
            <span>{t('agreement.f1')}</span>
            <Interval estimate={overlap.f1} />
            <small>
              {t('agreement.strict', {
                strict: overlap.strict_f1.value?.toFixed(2) ?? '–',
                iou: overlap.iou.value?.toFixed(2) ?? '–',
              })}
            </small>
          </li>
        )}
      </ul>
      <div className={classes.two}>
        {found.labels.length > 0 && <LabelAgreement slug={slug} labels={found.labels} />}
        {found.pairs.length > 0 && <PairMatrix slug={slug} found={found} />}
      </div>
    </>
  );
}
