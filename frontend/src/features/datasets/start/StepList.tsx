import { useTranslation } from 'react-i18next';
import { type Step, STEPS } from './draft';
import classes from './start.module.css';

/** Where one is on the way; any step can be gone to. */
export function StepList({ step, onStep }: { step: Step; onStep: (to: Step) => void }) {
  const { t } = useTranslation('datasets');
  return (
    <ol className={classes.steps} aria-label={t('start.steps')}>
      {STEPS.map((each, at) => (
        <li key={each}>
          <button
            type="button"
            aria-current={each === step ? 'step' : undefined}
            onClick={() => onStep(each)}
          >
            <span>{at + 1}</span>
            {t(`start.step.${each}`)}
          </button>
        </li>
      ))}
    </ol>
  );
}
