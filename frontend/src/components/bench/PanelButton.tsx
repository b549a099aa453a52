import type { ReactNode } from 'react';
import classes from './controls.module.css';

/** A button that leaves the focus with the canvas when it is pressed with a pointer. */
export function PanelButton(props: {
  title: string;
  pressed?: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      className={classes.tool}
      title={props.title}
      aria-label={props.title}
      aria-pressed={props.pressed}
      disabled={props.disabled}
      onMouseDown={(event) => {
        event.preventDefault();
      }}
      onClick={props.onClick}
    >
      {props.children}
    </button>
  );
}
