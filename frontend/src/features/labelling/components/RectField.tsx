import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { shortNumber } from '../work/number';
import classes from './RectFields.module.css';

interface Props {
  /** What is written above the field; `name` begins with it. */
  sign: string;
  name: string;
  /** Image px. */
  value: number;
  /** What is said of a text that `onCommit` does not take. */
  refusal: string;
  onCommit: (text: string) => boolean;
}

/** One number: Enter or leaving the field commits it, Escape restores it. */
export function RectField({ sign, name, value, refusal, onCommit }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = shortNumber(value);
  const [wrong, setWrong] = useState(false);
  const error = useId();
  const restore = () => {
    setTyped(null);
    setWrong(false);
  };
  const commit = () => {
    if (typed === null || typed.trim() === shown || onCommit(typed)) restore();
    else setWrong(true);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') commit();
    else if (event.key === 'Escape') restore();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <label className={classes.field}>
        <span aria-hidden="true">{sign}</span>
        <input
          aria-label={name}
          aria-invalid={wrong}
          aria-describedby={wrong ? error : undefined}
          inputMode="decimal"
          autoComplete="off"
          value={typed ?? shown}
          onChange={(event) => {
            setTyped(event.target.value);
          }}
          onKeyDown={press}
          onFocus={(event) => {
            event.target.select();
          }}
          onBlur={commit}
        />
      </label>
      {wrong && (
        <p id={error} className={classes.error} role="alert">
          {refusal}
        </p>
      )}
    </>
  );
}
