import { useTranslation } from 'react-i18next';
import { pressOnce } from '@/lib/heldKey';
import { digitKey } from '@/lib/palette';
import type { OptionId, Task } from '../api/tasks';
import classes from '@/components/bench/controls.module.css';

/** The options as large rows with their digits. */
export function OptionList(props: {
  task: Task;
  style: 'single' | 'multiple';
  chosen: readonly OptionId[];
  onChoose: (option: OptionId) => void;
}) {
  const { t } = useTranslation('labelling');
  const role = props.style === 'single' ? 'radio' : 'checkbox';
  return (
    <div
      className={classes.options}
      role={props.style === 'single' ? 'radiogroup' : 'group'}
      aria-label={t('options')}
    >
      {(props.task.options ?? []).map((option, place) => (
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
          <kbd>{digitKey(place)}</kbd>
          <span className={classes.grow}>{option.text}</span>
          <span className={classes.mark} data-style={props.style} aria-hidden />
        </button>
      ))}
    </div>
  );
}
