import classes from './bench.module.css';

/** What can be done to the task as a whole, with its key. It leaves the focus with the canvas. */
export function ActionButton(props: {
  name: string;
  keyName: string;
  tone?: 'accept' | 'reject';
  disabled?: boolean;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      className={classes.action}
      data-tone={props.tone}
      disabled={props.disabled}
      onMouseDown={(event) => {
        event.preventDefault();
      }}
      onClick={props.onClick}
    >
      {props.name} <kbd>{props.keyName}</kbd>
    </button>
  );
}
