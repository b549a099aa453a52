import { useTranslation } from 'react-i18next';
import { Section } from '@/components/Page';
import { StateDot } from '@/components/StateBadge';
import { formatCount } from '@/lib/format';
import type { TeamProgress } from '../../api/teamProgress';
import { burnUp, LAYERS } from './burnUp';
import { dateName } from './days';
import { PlotTable } from './PlotTable';
import classes from './progress.module.css';

const STATES = ['final', 'conflicted', 'answered', 'open', 'total'] as const;

/** What is done, day by day, against all there is. */
export function BurnUp({ progress }: { progress: TeamProgress }) {
  const { t, i18n } = useTranslation('desk');
  const { ends } = progress;
  const [first, last] = [ends[0], ends.at(-1)];
  const firstTrue = ends.find(({ rebuilt }) => !rebuilt);
  const state = (name: (typeof STATES)[number]) =>
    name === 'total' ? t('progress.all') : t(`state.${name}`, { ns: 'shell' });
  return (
    <Section title={t('progress.burnUp')} hint={t('progress.burnUpHint')}>
      <figure className={classes.plot}>
        <ul className={classes.legend} aria-hidden>
          {LAYERS.map((name) => (
            <li key={name}>
              <StateDot state={name} />
              {state(name)}
            </li>
          ))}
          <li data-line>{t('progress.all')}</li>
        </ul>
        {ends.length < 2 ? <p>{t('progress.beginsToday')}</p> : <Plot progress={progress} />}
        {first && last && ends.length > 1 && (
          <p className={classes.axis} aria-hidden>
            <span>{dateName(first.day, i18n.language)}</span>
            <span>{t('progress.today')}</span>
          </p>
        )}
        {first?.rebuilt && firstTrue && (
          <figcaption>
            {t('progress.rebuilt', { day: dateName(firstTrue.day, i18n.language) })}
          </figcaption>
        )}
      </figure>
      <PlotTable
        heads={STATES.map(state)}
        rows={ends.map(({ day, tasks }) => ({
          name: dateName(day, i18n.language),
          cells: STATES.map((name) => formatCount(tasks[name], i18n.language)),
        }))}
      />
    </Section>
  );
}

function Plot({ progress }: { progress: TeamProgress }) {
  const { t, i18n } = useTranslation('desk');
  const { ends, tasks } = progress;
  const { layers, all, most } = burnUp(ends);
  return (
    <div className={classes.burnUp}>
      <span aria-hidden>{formatCount(most, i18n.language)}</span>
      <svg
        viewBox={`0 0 ${String(ends.length - 1)} ${String(most)}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('progress.burnUpText', { done: tasks.total - tasks.open, all: tasks.total })}
      >
        {layers.map(({ name, outline }) => (
          <polygon key={name} points={outline} data-state={name} />
        ))}
        <polyline points={all} vectorEffect="non-scaling-stroke" />
      </svg>
    </div>
  );
}
