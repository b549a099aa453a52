import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import tables from '@/components/Table.module.css';
import type { AgreementFigures } from '../api/insights';
import { Interval } from './Interval';

/** Each label against all else; its name leads to the tasks on which people differ about it. */
export function LabelAgreement(props: { slug: string; labels: AgreementFigures['labels'] }) {
  const { t } = useTranslation('insights');
  return (
    <div className={tables.scroll}>
      <table className={tables.table} data-stack>
        <thead>
          <tr>
            <th>{t('agreement.label')}</th>
            <th>{t('agreement.alphaShort')}</th>
          </tr>
        </thead>
        <tbody>
          {props.labels.map(({ label, alpha, behind }) => (
            <tr key={label}>
              <td data-wide>
                {behind === null ? (
                  label
                ) : (
                  <Link to="/datasets/$slug/data" params={{ slug: props.slug }} search={{ behind }}>
                    {label}
                  </Link>
                )}
              </td>
              <td>
                <Interval estimate={alpha} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
