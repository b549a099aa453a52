import { useTranslation } from 'react-i18next';
import type { BoxState } from '../api/boxes';
import classes from './Boxes.module.css';

/** What became of a box, as the line that it is drawn with and a word. */
export function BoxStateName({ state }: { state: BoxState }) {
  const { t } = useTranslation('desk');
  return (
    <span className={classes.state}>
      <BoxDot state={state} />
      {t(`boxes.state.${state}`)}
    </span>
  );
}

export function BoxDot({ state }: { state: BoxState }) {
  return (
    <svg className={classes.dot} viewBox="0 0 14 10" data-state={state} aria-hidden>
      <rect x="1" y="1" width="12" height="8" />
    </svg>
  );
}
