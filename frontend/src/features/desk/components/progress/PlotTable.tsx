import { useTranslation } from 'react-i18next';
import tables from '@/components/Table.module.css';
import classes from './progress.module.css';

/** The numbers behind a plot, newest day first, for whoever would rather read them. */
export function PlotTable(props: {
  heads: readonly string[];
  rows: readonly { name: string; cells: readonly string[] }[];
}) {
  const { t } = useTranslation('desk');
  return (
    <details className={classes.numbers}>
      <summary>{t('progress.numbers')}</summary>
      <div className={tables.scroll} tabIndex={0} role="group" aria-label={t('progress.numbers')}>
        <table className={tables.table}>
          <thead>
            <tr>
              <th scope="col">{t('progress.day')}</th>
              {props.heads.map((head) => (
                <th key={head} scope="col" data-number>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {props.rows.toReversed().map(({ name, cells }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {cells.map((cell, n) => (
                  <td key={props.heads[n]} data-number>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
