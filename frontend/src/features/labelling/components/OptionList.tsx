import { pressOnce } from '@/lib/heldKey';
import { digitKey } from '@/lib/palette';
import type { Option } from '@/lib/datasets';
import type { OptionId } from '../api/tasks';
import classes from '@/components/bench/controls.module.css';

/** Options as large rows with their digits. */
export function OptionList(props: {
  name: string;
  options: readonly Option[];
  style: 'single' | 'multiple';
  /** Whether digits pick them now. */
  digits: boolean;
  chosen: readonly OptionId[];
  onChoose: (option: OptionId) => void;
}) {
  const role = props.style === 'single' ? 'radio' : 'checkbox';
  return (
    <div
      className={classes.options}
      role={props.style === 'single' ? 'radiogroup' : 'group'}
      aria-label={props.name}
    >
      {props.options.map((option, place) => (
        <button
          key={`${typeof option.id} ${String(option.id)}`}
          type="button"
          role={role}
          aria-checked={props.chosen.includes(option.id)}
          className={classes.option}
          onMouseDown={(event) => {
            event.preventDefault();
          }}
          onKeyDown={pressOnce}
          onClick={() => {
            props.onChoose(option.id);
          }}
        >
          <kbd data-off={!props.digits}>{digitKey(place)}</kbd>
          <span className={classes.grow}>{option.text}</span>
          <span className={classes.mark} data-style={props.style} aria-hidden />
        </button>
      ))}
    </div>
  );
}
