import { pressOnce } from '@/lib/heldKey';
import classes from './controls.module.css';

/** What can be done to the task as a whole, with its key. It leaves the focus with the canvas. */
export function ActionButton(props: {
  name: string;
  keyName: string;
  tone?: 'accept' | 'reject';
  disabled?: boolean;
  /** Set where there is an answer already: whether it is this one. */
  given?: boolean | undefined;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      className={classes.action}
      data-tone={props.tone}
      disabled={props.disabled}
      aria-pressed={props.given}
      onMouseDown={(event) => {
        event.preventDefault();
      }}
      onKeyDown={pressOnce}
      onClick={props.onClick}
    >
      {props.name} <kbd>{props.keyName}</kbd>
    </button>
  );
}
