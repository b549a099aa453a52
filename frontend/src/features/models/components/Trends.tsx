import { useTranslation } from 'react-i18next';
import type { ModelVersion } from '../api/models';
import classes from './Models.module.css';
import { type Dot, dotsOf, EDGE, HEIGHT, modelsOf, WIDTH } from './trend';

const SHARES = ['precision', 'recall'] as const;

/** How precision and recall went from version to version, where there are several. */
export function Trends({ versions }: { versions: readonly ModelVersion[] }) {
  return (
    <div className={classes.trends}>
      {[...modelsOf(versions)].map(([model, own]) =>
        dotsOf(own, 'precision').length > 1 ? (
          <Trend key={model} model={model} versions={own} />
        ) : null,
      )}
    </div>
  );
}

/** A filled line for precision, a dashed one for recall; the table says the same in numbers. */
function Trend({ model, versions }: { model: string; versions: readonly ModelVersion[] }) {
  const { t } = useTranslation('models');
  return (
    <figure className={classes.trend}>
      <figcaption>{t('trend', { model })}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden>
        <line x1={0} x2={WIDTH} y1={EDGE} y2={EDGE} />
        <line x1={0} x2={WIDTH} y1={HEIGHT - EDGE} y2={HEIGHT - EDGE} />
        {SHARES.map((share) => (
          <g key={share} data-share={share}>
            <Line dots={dotsOf(versions, share)} />
          </g>
        ))}
      </svg>
    </figure>
  );
}

function Line({ dots }: { dots: readonly Dot[] }) {
  return (
    <>
      <polyline points={dots.map(({ x, y }) => `${x},${y}`).join(' ')} />
      {dots.map(({ x, y, version }) => (
        <circle key={version} cx={x} cy={y} r={3} />
      ))}
    </>
  );
}
