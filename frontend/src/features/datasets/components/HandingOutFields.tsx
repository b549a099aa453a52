import { useTranslation } from 'react-i18next';
import type { Dataset } from '@/lib/datasets';
import type { DatasetChange } from '../api/changeDataset';
import { RadioField } from './RadioField';
import { ShareField } from './ShareField';

const ORDERS: readonly Dataset['order'][] = [
  'as_imported',
  'random',
  'priority',
  'uncertain',
  'score',
];
const SPREADS: readonly Dataset['spread'][] = ['finish_first', 'spread_first'];
const SKIP_POLICIES: readonly Dataset['skip_policy'][] = ['me_later', 'others', 'manager'];

/** Who gets which image when. */
export function HandingOutFields(props: {
  value: Pick<Dataset, 'order' | 'random_share' | 'spread' | 'skip_policy'>;
  /** Why saving failed, if it did. */
  error: unknown;
  onChange: (change: DatasetChange) => void;
}) {
  const { t } = useTranslation('datasets');
  const { value, error, onChange } = props;
  const byScore = value.order === 'score' || value.order === 'uncertain';
  return (
    <>
      <RadioField
        label={t('order.label')}
        words={ORDERS}
        name={(order) => t(`order.${order}`)}
        explain={(order) => t(`order.${order}_text`)}
        value={value.order}
        onChange={(order) => onChange({ order })}
      />
      {byScore && <ShareField name="random_share" {...{ value, error, onChange }} />}
      <RadioField
        label={t('spread.label')}
        words={SPREADS}
        name={(spread) => t(`spread.${spread}`)}
        explain={(spread) => t(`spread.${spread}_text`)}
        value={value.spread}
        onChange={(spread) => onChange({ spread })}
      />
      <RadioField
        label={t('skip.label')}
        words={SKIP_POLICIES}
        name={(policy) => t(`skip.${policy}`)}
        explain={(policy) => t(`skip.${policy}_text`)}
        value={value.skip_policy}
        onChange={(skip_policy) => onChange({ skip_policy })}
      />
    </>
  );
}
