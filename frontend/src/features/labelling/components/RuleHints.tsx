import { useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleCheck } from '../work/useRules';
import classes from './RuleHints.module.css';

/**
 * What stands in the way of accepting, in one quiet line; all of it while it has the focus, which
 * goes back with the next key. Else `children`.
 */
export function RuleHints({ rules, children }: { rules: RuleCheck; children: ReactNode }) {
  const { t } = useTranslation('labelling');
  const before = useRef<EventTarget | null>(null);
  const { broken, notice } = rules;
  const [first] = broken;

  const giveBack = (event: KeyboardEvent) => {
    if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
    else notice.current?.blur();
    // Escape has done its work; every other key still means what it always does.
    if (event.key === 'Escape') event.stopPropagation();
  };

  return (
    <div className={classes.place} data-rules={rules.some}>
      {!first && children}
      <div
        ref={notice}
        className={classes.hints}
        role="status"
        tabIndex={-1}
        onFocus={(event) => {
          before.current = event.relatedTarget;
        }}
        onKeyDown={giveBack}
      >
        {first && (
          <p className={classes.line}>
            {first.detail}
            {broken.length > 1 && ` ${t('moreRules', { count: broken.length - 1 })}`}
          </p>
        )}
        {first && (
          <ul className={classes.all} aria-label={t('rulesFirst')}>
            {broken.map(({ detail }) => (
              <li key={detail}>{detail}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
