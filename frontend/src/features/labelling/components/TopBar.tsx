import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Dataset } from '@/lib/datasets';
import { LEFT_COUNTED, type WorkState } from '../work/store';
import classes from '@/components/bench/frame.module.css';

/** Where I am, how much is left, and whether everything is saved. */
export function TopBar({ dataset, state }: { dataset: Dataset; state: WorkState }) {
  const { t } = useTranslation('labelling');
  return (
    <header className={classes.top}>
      <Link to="/datasets/$slug" params={{ slug: dataset.slug }} className={classes.up}>
        <span aria-hidden>‹ </span>
        {dataset.name}
      </Link>
      <span className={classes.counts}>
        {t(state.left < LEFT_COUNTED ? 'left' : 'leftAtLeast', { count: state.left })} ·{' '}
        {t('done', { count: state.done })}
      </span>
      <SavedState state={state} />
    </header>
  );
}

function SavedState({ state }: { state: WorkState }) {
  const { t } = useTranslation('labelling');
  const waiting = state.unsent > 1 || state.saved === 'offline';
  return (
    <span className={classes.saved} data-waiting={waiting} role="status">
      {waiting
        ? t('saved.unsent', { count: Math.max(state.unsent, 1) })
        : t(`saved.${state.saved}`)}
    </span>
  );
}
