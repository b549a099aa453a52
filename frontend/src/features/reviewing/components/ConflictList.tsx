import { useTranslation } from 'react-i18next';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';
import type { ReviewTask } from '../api/reviews';
import { kindOf } from '../work/proposal';
import type { ReviewState } from '../work/state';
import type { Reviews } from '../work/store';

/** The points to decide, those decided ticked, and the look at the whole image at the end. */
export function ConflictList(props: { reviews: Reviews; state: ReviewState; task: ReviewTask }) {
  const { t } = useTranslation('reviewing');
  const { reviews, state, task } = props;
  const covers = state.step === 'coverage';
  return (
    <nav className={frame.side} data-side="left" aria-label={t('conflicts')}>
      <h2 className={frame.heading}>{t('conflicts')}</h2>
      {task.conflicts.length === 0 && <p className={frame.hint}>{t('noConflicts')}</p>}
      <ol className={controls.rows}>
        {task.conflicts.map((conflict, place) => (
          <li key={conflict.id}>
            <button
              type="button"
              className={controls.row}
              aria-pressed={!covers && place === state.place}
              onMouseDown={(event) => {
                event.preventDefault();
              }}
              onClick={() => {
                reviews.go(place);
              }}
            >
              <span className={controls.tick} data-done={state.decided.has(conflict.id)}>
                {state.decided.has(conflict.id) ? '✓' : place + 1}
              </span>
              <span className={controls.grow}>
                {t(`kind.${kindOf(task, conflict)}`)}
                <span className={controls.line}>{conflict.text}</span>
              </span>
            </button>
          </li>
        ))}
      </ol>
      {task.interface === 'image_manual' && (
        <button
          type="button"
          className={controls.row}
          aria-pressed={covers}
          onMouseDown={(event) => {
            event.preventDefault();
          }}
          onClick={() => {
            reviews.look();
          }}
        >
          <kbd>N</kbd> {t('coverage.ask')}
        </button>
      )}
    </nav>
  );
}
