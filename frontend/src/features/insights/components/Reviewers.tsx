import { useTranslation } from 'react-i18next';
import { Section } from '@/components/Page';
import type { Insights } from '../api/insights';
import facts from './Facts.module.css';
import { Interval } from './Interval';
import { NumberLink } from './NumberLink';

type Found = NonNullable<NonNullable<Insights['measured']>['reviewers']>;

/** How far second reviewers, who see nothing of the first ones' words, come to the same. */
export function Reviewers({ slug, found }: { slug: string; found: Found }) {
  const { t } = useTranslation('insights');
  const { differ, kappa, overlap } = found;
  return (
    <Section title={t('reviewers.title')} hint={t('reviewers.hint')}>
      <ul className={facts.facts}>
        <li>
          <span>{t('reviewers.differ')}</span>
          <NumberLink slug={slug} share={differ} />
        </li>
        {kappa && (
          <li>
            <span>{t('reviewers.kappa')}</span>
            <Interval estimate={kappa} advice />
          </li>
        )}
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
    </Section>
  );
}
