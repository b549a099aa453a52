import { useTranslation } from 'react-i18next';
import { Section } from '@/components/Page';
import type { Insights } from '../api/insights';
import { ConfusionList } from './ConfusionList';
import classes from './Confusions.module.css';

/** What people say in place of what, each with some cases to look at. */
export function Confusions(props: { slug: string; measured: NonNullable<Insights['measured']> }) {
  const { t } = useTranslation('insights');
  const { confusions, part } = props.measured;
  return (
    <Section title={t('confusions.title')} hint={t('confusions.hint')}>
      {confusions.length === 0 ? (
        <p className={classes.none}>
          {t(part.decided > 0 ? 'confusions.none' : 'confusions.undecided')}
        </p>
      ) : (
        <ConfusionList slug={props.slug} confusions={confusions} />
      )}
    </Section>
  );
}
