import { useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LONGEST_VALUE } from '@/canvas';
import type { Attribute, AttributeValue } from '@/canvas';
import { numberIn } from '../work/number';
import classes from './AttributePanel.module.css';

interface Props {
  attribute: Attribute;
  value: unknown;
  /** Whether the selected shapes differ in it; `value` is undefined then. */
  mixed: boolean;
  onChange: (value: AttributeValue | undefined, mergeKey?: string) => void;
}

/** One attribute of the selected shapes. */
export function AttributeField(props: Props) {
  const { t } = useTranslation('labelling');
  const { name, required } = props.attribute;
  const FieldOfKind = FIELDS[props.attribute.kind];
  const empty = props.value === undefined || props.value === '';
  return (
    <label className={classes.field} data-kind={props.attribute.kind}>
      <span className={classes.name}>
        {name}
        {required && empty && !props.mixed && (
          <span className={classes.needed}> · {t('attribute.required')}</span>
        )}
      </span>
      <FieldOfKind {...props} />
    </label>
  );
}

const FIELDS = { checkbox: CheckField, select: SelectField, number: NumberField, text: TextField };

/** Half ticked as long as nothing is said, or not the same of all. */
function CheckField({ attribute, value, mixed, onChange }: Props) {
  const box = useRef<HTMLInputElement>(null);
  const open = mixed || (attribute.required === true && value === undefined);
  // Before it is painted: an attribute that nobody answered must never be seen as a "no".
  useLayoutEffect(() => {
    if (box.current) box.current.indeterminate = open;
  }, [open]);
  return (
    <input
      ref={box}
      type="checkbox"
      checked={value === true}
      onChange={(event) => {
        onChange(event.target.checked);
      }}
    />
  );
}

function SelectField({ attribute, value, mixed, onChange }: Props) {
  const { t } = useTranslation('labelling');
  const { options = [] } = attribute;
  const known = typeof value === 'string' && options.includes(value);
  return (
    <select
      value={known ? value : ''}
      onChange={(event) => {
        onChange(event.target.value || undefined);
      }}
    >
      <option value="">{mixed ? t('attribute.several') : t('attribute.none')}</option>
      {options.map((option) => (
        <option key={option}>{option}</option>
      ))}
    </select>
  );
}

/** Counts while it is typed, as far as it is a number; what is none is told when the field is left. */
function NumberField({ attribute, value, mixed, onChange }: Props) {
  const { t } = useTranslation('labelling');
  const [typed, setTyped] = useState<string | null>(null);
  const error = useId();
  const shown = typeof value === 'number' ? String(value) : '';
  const [wrong, setWrong] = useState(false);
  const isNumber = (text: string) => text.trim() === '' || numberIn(text) !== null;
  const type = (text: string) => {
    setTyped(text);
    setWrong(false);
    if (isNumber(text)) onChange(numberIn(text) ?? undefined, `attribute ${attribute.name}`);
  };
  const leave = () => {
    if (typed === null || isNumber(typed)) setTyped(null);
    else setWrong(true);
  };
  return (
    <>
      <input
        inputMode="decimal"
        autoComplete="off"
        aria-invalid={wrong}
        aria-describedby={wrong ? error : undefined}
        placeholder={mixed ? t('attribute.several') : undefined}
        value={typed ?? shown}
        onChange={(event) => {
          type(event.target.value);
        }}
        onBlur={leave}
      />
      {wrong && (
        <span id={error} className={classes.error} role="alert">
          {t('attribute.notANumber')}
        </span>
      )}
    </>
  );
}

function TextField({ attribute, value, mixed, onChange }: Props) {
  const { t } = useTranslation('labelling');
  return (
    <input
      autoComplete="off"
      maxLength={LONGEST_VALUE}
      placeholder={mixed ? t('attribute.several') : undefined}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => {
        onChange(event.target.value || undefined, `attribute ${attribute.name}`);
      }}
    />
  );
}
