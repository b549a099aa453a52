import { useTranslation } from 'react-i18next';
import { digitKey } from '@/lib/palette';
import classes from './Editor.module.css';

const DIGITS = Array.from({ length: 10 }, (_, n) => digitKey(n));

/** The digit that picks a label or an option; those of others cannot be taken. */
export function KeySelect(props: {
  name: string;
  value: string;
  taken: readonly string[];
  onChange: (key: string) => void;
}) {
  const { t } = useTranslation('datasets');
  return (
    <select
      className={classes.key}
      aria-label={t('editor.key', { name: props.name })}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    >
      <option value="">–</option>
      {DIGITS.map((digit) => (
        <option
          key={digit}
          value={digit}
          disabled={digit !== props.value && props.taken.includes(digit)}
        >
          {digit}
        </option>
      ))}
    </select>
  );
}
