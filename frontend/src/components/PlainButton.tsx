import type { ReactNode } from 'react';
import classes from './PlainButton.module.css';

/** For pages that come without Mantine: those of the work, and of what failed. */
export function PlainButton(props: { children: ReactNode; onClick: () => void }) {
  return (
    <button type="button" className={classes.button} onClick={props.onClick}>
      {props.children}
    </button>
  );
}
