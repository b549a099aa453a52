import { useTranslation } from 'react-i18next';
import type { Guideline } from '@/lib/guidelines';
import classes from './guideline.module.css';

const SIGNS = { same: '', added: '+', removed: '−', skipped: '⋯' };

/** What changed in a guideline: lines as they are written, each with a sign and a colour. */
export function GuidelineDiff({ diff }: { diff: NonNullable<Guideline['diff']> }) {
  const { t } = useTranslation();
  return (
    <ol className={classes.diff}>
      {diff.map(({ change, text }, place) => (
        <li key={place} data-change={change}>
          <span aria-hidden>{SIGNS[change]}</span>
          {(change === 'added' || change === 'removed') && (
            <span className="unseen">{t(`guideline.${change}`)}</span>
          )}
          <span>{text}</span>
        </li>
      ))}
    </ol>
  );
}
