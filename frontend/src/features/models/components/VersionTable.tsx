import { useTranslation } from 'react-i18next';
import tables from '@/components/Table.module.css';
import type { ModelVersion } from '../api/models';
import { ShareCell } from './ShareCell';

const SHARES = ['precision', 'recall', 'unchanged'] as const;

/** Every version of every model, in the order in which they came. */
export function VersionTable({ versions }: { versions: readonly ModelVersion[] }) {
  const { t } = useTranslation('models');
  return (
    <div className={tables.scroll}>
      <table className={tables.table} data-stack>
        <thead>
          <tr>
            <th>{t('column.version')}</th>
            <th data-number>{t('column.predicted')}</th>
            <th data-number>{t('column.compared')}</th>
            {SHARES.map((share) => (
              <th key={share} title={t(`explain.${share}`)}>
                {t(`column.${share}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {versions.map((each) => (
            <tr key={JSON.stringify([each.model, each.version])}>
              <td data-wide>
                {each.model} <b>{each.version}</b>
              </td>
              <td data-number data-label={t('column.predicted')}>
                {each.predicted}
              </td>
              <td data-number data-label={t('column.compared')}>
                {each.compared}
              </td>
              {SHARES.map((share) => (
                <ShareCell key={share} name={t(`column.${share}`)} share={each[share]} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
