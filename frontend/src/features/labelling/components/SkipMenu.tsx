import { useTranslation } from 'react-i18next';
import type { Dataset } from '@/lib/datasets';
import type { SkipReason } from '../api/tasks';
import { Popup } from '@/components/bench/Popup';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';

const REASONS: readonly SkipReason[] = ['broken_image', 'unclear', 'not_my_job'];

/** Gives the task back with a reason: a click or a digit. */
export function SkipMenu(props: {
  policy: Dataset['skip_policy'];
  onSkip: (reason: SkipReason) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('labelling');
  const pick = (digit: string) => {
    const reason = REASONS[Number(digit) - 1];
    if (reason) props.onSkip(reason);
  };
  return (
    <Popup title={t('skipWhy')} onClose={props.onClose} onKey={pick}>
      <p className={frame.hint}>
        {t(`skipHint.${props.policy}`)} {t('skipOrUnsure')}
      </p>
      {REASONS.map((reason, place) => (
        <button
          key={reason}
          type="button"
          className={controls.option}
          onClick={() => {
            props.onSkip(reason);
          }}
        >
          <kbd>{place + 1}</kbd>
          {t(`skipReason.${reason}`)}
        </button>
      ))}
    </Popup>
  );
}
