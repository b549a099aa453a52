import { useTranslation } from 'react-i18next';
import controls from '@/components/bench/controls.module.css';
import type { WorkState } from '../work/state';
import { partsOf } from '../work/truth';
import classes from './ToldNote.module.css';

/** How the last answer compares with the known one. It stays until the next one, or is closed. */
export default function ToldNote(props: {
  told: NonNullable<WorkState['told']>;
  /** Whether the question is about what there is on the image. */
  draws: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation('labelling');
  const { gold, task } = props.told;
  const parts = partsOf(gold, task).map(({ count, name }) =>
    count === null ? name : t('told.part', { count, name }),
  );
  const nothing = props.draws ? 'nothing' : 'accept';
  const truth =
    gold.truth.answer === 'accept' ? parts.join(', ') || t(nothing) : t(gold.truth.answer);
  return (
    <div className={classes.note} data-right={gold.right} role="status">
      <p>
        <b>{t(gold.right ? 'told.right' : 'told.not', { score: Math.round(100 * gold.score) })}</b>{' '}
        {!gold.right && t('told.truth', { truth })}
      </p>
      <button type="button" className={controls.remove} onClick={props.onClose}>
        <span className="unseen">{t('action.close', { ns: 'shell' })}</span>
        <span aria-hidden>×</span>
      </button>
    </div>
  );
}
