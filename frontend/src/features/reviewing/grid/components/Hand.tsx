import { useTranslation } from 'react-i18next';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';
import { keyOfPlace } from '@/lib/digits';
import { inHand, takesInHand } from '../state';
import type { GridState } from '../state';
import type { Grid } from '../store';
import { useTakeText } from '../useTakeText';
import { People } from '../../components/People';
import own from './Hand.module.css';

/** What keys act on, in words, and what each digit says of it. */
export function Hand({ grid, state }: { grid: Grid; state: GridState }) {
  const { t } = useTranslation('reviewing');
  const takes = takesInHand(state);
  const text = useTakeText(takes);
  const some = inHand(state);
  const point = state.points[state.selection.focus];
  const selected = state.selection.chosen.size;
  const [first = point] = some;
  if (!first) return null;
  const pick = first.image.tile !== null && first.kind === 'label';
  return (
    <section className={frame.card} aria-live="polite">
      <h2 className={frame.heading}>{t(`kind.${pick ? 'pick' : first.kind}`)}</h2>
      {first.question && <h1 className={frame.question}>{first.question}</h1>}
      <p className={frame.sentence}>
        {selected > 0 ? t('grid.selected', { count: selected }) : first.text}
      </p>
      <div className={controls.options}>
        {takes.map(({ key }, place) => (
          <button
            key={key}
            type="button"
            className={controls.option}
            disabled={some.length === 0}
            onMouseDown={(event) => {
              event.preventDefault();
            }}
            onClick={() => {
              grid.take(place);
            }}
          >
            <kbd>{keyOfPlace(place)}</kbd>
            <span className={controls.grow}>{text(key)}</span>
            {selected === 0 && <People count={first.votes[key] ?? 0} />}
          </button>
        ))}
      </div>
      <p className={own.how}>{t('grid.how')}</p>
    </section>
  );
}
