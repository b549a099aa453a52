import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import tables from '@/components/Table.module.css';
import type { AgreementFigures, Estimate } from '../api/insights';
import { percent } from '../numbers';
import classes from './Agreement.module.css';

type Pair = AgreementFigures['pairs'][number];

/** Everybody with everybody; the paler a cell, the less they agree. A cell leads to where they differ. */
export function PairMatrix({ slug, found }: { slug: string; found: AgreementFigures }) {
  const { t } = useTranslation('insights');
  const { people, pairs } = found;
  const without = new Map(
    found.without.flatMap(({ user, alpha }) => (alpha.value === null ? [] : [[user, alpha]])),
  );
  const of = (a: string, b: string) =>
    pairs.find(
      ({ first, second }) => (first === a && second === b) || (first === b && second === a),
    );
  return (
    <div className={tables.scroll}>
      <table className={`${tables.table} ${classes.matrix}`}>
        <caption className="unseen">{t('agreement.matrix')}</caption>
        <thead>
          <tr>
            <td />
            {people.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
            {without.size > 0 && (
              <th scope="col" title={t('agreement.withoutText')}>
                {t('agreement.without')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {people.map((row) => (
            <tr key={row.id}>
              <th scope="row">{row.name}</th>
              {people.map((column) => (
                <Cell
                  key={column.id}
                  slug={slug}
                  pair={row.id === column.id ? undefined : of(row.id, column.id)}
                />
              ))}
              {without.size > 0 && (
                <Without all={found.overall?.alpha} rest={without.get(row.id)} />
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ slug, pair }: { slug: string; pair: Pair | undefined }) {
  const { t } = useTranslation('insights');
  const { value = null, low = null, high = null, n = 0 } = pair?.agreement ?? {};
  if (pair === undefined || value === null) return <td className={classes.same}>–</td>;
  const title = t('agreement.interval', {
    low: percent(low ?? 0),
    high: percent(high ?? 1),
    count: n,
  });
  const kappa = pair.kappa?.value ?? null;
  const shown = (
    <>
      {percent(value)}
      {kappa !== null && <small>{t('agreement.kappa', { kappa: kappa.toFixed(2) })}</small>}
      <small>{t('agreement.n', { count: n })}</small>
    </>
  );
  const tint = `color-mix(in srgb, var(--final-tint) ${percent(value)}, var(--conflict-tint))`;
  return (
    <td style={{ background: tint }} title={title}>
      {pair.behind === null ? (
        <span className={classes.cell}>{shown}</span>
      ) : (
        <Link
          className={classes.cell}
          to="/datasets/$slug/data"
          params={{ slug }}
          search={{ behind: pair.behind }}
        >
          {shown}
        </Link>
      )}
    </td>
  );
}

/** Alpha of all others; marked where it lies clearly above that of all. */
function Without({ all, rest }: { all: Estimate | undefined; rest: Estimate | undefined }) {
  const { t } = useTranslation('insights');
  if (rest?.value == null) return <td className={classes.same}>–</td>;
  const outlier = rest.low !== null && all?.value != null && rest.low > all.value;
  return (
    <td>
      <span className={classes.cell}>
        {rest.value.toFixed(2)}
        {outlier && <small data-outlier>{t('agreement.outlier')}</small>}
      </span>
    </td>
  );
}
