import { useTranslation } from 'react-i18next';
import type { PersonQuality } from '../api/insights';
import classes from './EdgePlot.module.css';

type Edges = NonNullable<NonNullable<PersonQuality['drawing']>['edges']>;

const SIDE = 64;
const MIDDLE = SIDE / 2;
const HALF = 18;
/** A bias of a tenth of the side is drawn so long. */
const TENTH = 10;
const NAMES = ['left', 'top', 'right', 'bottom'] as const;

/** Where a person's edges lie beside the true rectangle: a bar from spread to spread, and the bias
 * as a tick; outwards is outside. The list says the same in words. */
export function EdgePlot({ edges, name }: { edges: Edges; name: string }) {
  const { t } = useTranslation('insights');
  const sides = NAMES.map((side, n) => ({
    side,
    bias: edges.bias[n] ?? 0,
    sigma: edges.sigma[n] ?? 0,
  }));
  const words = sides.map(({ side, bias, sigma }) =>
    t(bias >= 0 ? 'edges.out' : 'edges.in', {
      side: t(`edges.${side}`),
      bias: (100 * Math.abs(bias)).toFixed(1),
      sigma: (100 * sigma).toFixed(1),
    }),
  );
  return (
    <figure className={classes.plot} title={words.join('\n')}>
      <svg viewBox={`0 0 ${SIDE} ${SIDE}`} width={SIDE} height={SIDE} aria-hidden>
        <rect x={MIDDLE - HALF} y={MIDDLE - HALF} width={2 * HALF} height={2 * HALF} />
        {sides.map(({ side, bias, sigma }, n) => (
          <g key={side} transform={`rotate(${90 * n - 180} ${MIDDLE} ${MIDDLE})`}>
            <line
              data-spread
              x1={MIDDLE + at(bias - sigma)}
              x2={MIDDLE + at(bias + sigma)}
              y1={MIDDLE}
              y2={MIDDLE}
            />
            <line x1={MIDDLE + at(bias)} x2={MIDDLE + at(bias)} y1={MIDDLE - 6} y2={MIDDLE + 6} />
          </g>
        ))}
      </svg>
      <figcaption className="unseen">
        {t('edges.of', { name, count: edges.n })}
        <ul>
          {words.map((word) => (
            <li key={word}>{word}</li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}

/** How far from the middle a place is drawn; what lies far away stops at the border. */
function at(part: number): number {
  return Math.max(2, Math.min(MIDDLE, HALF + 10 * TENTH * part));
}
