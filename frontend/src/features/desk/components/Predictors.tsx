import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorNotice } from '@/components/ErrorNotice';
import tables from '@/components/Table.module.css';
import { BOX_STATES, predictorsQuery } from '../api/boxes';
import type { Predictor } from '../api/boxes';
import { BoxDot } from './BoxState';
import classes from './Boxes.module.css';

/** How right every version of every model was so far. */
export function Predictors({ slug }: { slug: string }) {
  const { t } = useTranslation('desk');
  const predictors = useQuery({ ...predictorsQuery(slug), refetchInterval: 10_000 });
  if (predictors.error) {
    return <ErrorNotice error={predictors.error} onRetry={() => void predictors.refetch()} />;
  }
  if (!predictors.data) return null;
  if (predictors.data.length === 0) {
    return <EmptyState icon="box" title={t('boxes.emptyTitle')} text={t('boxes.empty')} />;
  }
  return (
    <div className={`${tables.scroll} ${classes.models}`}>
      <table className={tables.table} data-stack>
        <thead>
          <tr>
            <th>{t('boxes.model')}</th>
            <th data-number>{t('boxes.boxes')}</th>
            {BOX_STATES.map((state) => (
              <th key={state} data-number>
                <BoxDot state={state} /> {t(`boxes.state.${state}`)}
              </th>
            ))}
            <th data-number>{t('boxes.right')}</th>
          </tr>
        </thead>
        <tbody>
          {predictors.data.map((model) => (
            <Row key={`${model.model} ${model.version}`} model={model} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ model }: { model: Predictor }) {
  const { t, i18n } = useTranslation('desk');
  const judged = model.accepted + model.rejected;
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' });
  return (
    <tr>
      <td data-wide>
        {model.model} {model.version}
      </td>
      <td data-number data-label={t('boxes.boxes')}>
        {model.boxes}
      </td>
      {BOX_STATES.map((state) => (
        <td key={state} data-number data-label={t(`boxes.state.${state}`)}>
          {model[state]}
        </td>
      ))}
      <td data-number data-label={t('boxes.right')}>
        {judged === 0 ? '–' : percent.format(model.accepted / judged)}
      </td>
    </tr>
  );
}
