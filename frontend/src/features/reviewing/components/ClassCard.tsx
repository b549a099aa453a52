import { useTranslation } from 'react-i18next';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';
import { keyOfPlace } from '@/lib/digits';
import type { Conflict } from '../api/reviews';
import type { Bench } from '../work/bench';
import { kindOf } from '../work/proposal';
import type { Row } from '../work/rows';
import own from './ClassCard.module.css';
import { People } from './People';

/** A question about the whole image: everything that can be said of it, and by how many it was. */
export function ClassCard(props: { bench: Bench; conflict: Conflict; rows: readonly Row[] }) {
  const { bench, conflict, rows } = props;
  const { t } = useTranslation('reviewing');
  const given = bench.state.decided.get(conflict.id);
  return (
    <section className={frame.card} aria-live="polite">
      <h2 className={frame.heading}>{t(`kind.${kindOf(bench.task, conflict)}`)}</h2>
      <p className={frame.sentence}>{conflict.text}</p>
      <div className={controls.options}>
        {rows.map((row, place) => (
          <button
            key={place}
            type="button"
            className={`${controls.option} ${own.row}`}
            data-proposed={row.proposed}
            aria-pressed={given !== undefined && isSaid(given, row)}
            onMouseDown={(event) => {
              event.preventDefault();
            }}
            onClick={() => {
              bench.reviews.decide(row.decision);
            }}
          >
            <kbd>{keyOfPlace(place)}</kbd>
            <span className={controls.grow}>
              {row.text ?? (row.word && t(`take.${row.word}`))}
              {row.proposed && <span className={own.proposal}>{t('proposedHere')}</span>}
            </span>
            <Voters row={row} names={bench.state.names} />
          </button>
        ))}
      </div>
      {!rows.some(({ proposed }) => proposed) && <p className={frame.hint}>{t('tie')}</p>}
    </section>
  );
}

/** How many, and behind which letters; who they are once that was asked. */
function Voters({ row, names }: { row: Row; names: Bench['state']['names'] }) {
  return (
    <span className={own.voters}>
      <People count={row.by.length} />
      <span>{row.by.map((letter) => names?.[letter] ?? letter).join(names ? ', ' : ' ')}</span>
    </span>
  );
}

function isSaid(given: { action: string }, { decision, proposed }: Row): boolean {
  if (given.action === 'accept') return proposed;
  return (['action', 'version', 'option'] as const).every(
    (name) => (given as typeof decision)[name] === decision[name] || decision[name] === undefined,
  );
}
