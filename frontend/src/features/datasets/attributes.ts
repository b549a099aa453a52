import type { Label } from '@/lib/datasets';

export type Attribute = Label['attributes'][number];
export type Kind = Attribute['kind'];

export const KINDS = ['checkbox', 'select', 'number', 'text'] as const satisfies readonly Kind[];

/** An attribute as it stands in the fields while it is written. */
export interface AttributeDraft {
  name: string;
  kind: Kind;
  /** Of a select: one in each line. */
  options: string;
  /** Empty for none; of a checkbox `yes` or `no`. */
  default: string;
  required: boolean;
}

export const NEW: AttributeDraft = {
  name: '',
  kind: 'checkbox',
  options: '',
  default: '',
  required: false,
};

export function draftOf(attribute: Attribute): AttributeDraft {
  const { name, kind, options = [], required = false, default: value } = attribute;
  const written = typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value ?? '');
  return { name, kind, options: options.join('\n'), default: written, required };
}

export function attributeOf(draft: AttributeDraft): Attribute {
  const { kind, required } = draft;
  const value = defaultOf(draft);
  return {
    name: draft.name.trim(),
    kind,
    ...(kind === 'select' && { options: optionsIn(draft.options) }),
    ...(value !== undefined && { default: value }),
    ...(required && { required }),
  };
}

export function optionsIn(lines: string): string[] {
  const options = lines.split('\n').map((line) => line.trim());
  return [...new Set(options.filter(Boolean))];
}

export type Fault = 'blank' | 'repeated' | 'no_options' | 'not_a_number';

/** What is wrong with each field of a draft; the server checks again. */
export function faultsOf(
  draft: AttributeDraft,
  others: readonly AttributeDraft[],
): Partial<Record<keyof AttributeDraft, Fault>> {
  const name = draft.name.trim();
  const repeated = others.some((other) => other.name.trim() === name);
  const options = draft.kind === 'select' && optionsIn(draft.options).length === 0;
  const number = draft.kind === 'number' && Number.isNaN(defaultOf(draft));
  return {
    ...((name === '' || repeated) && { name: name === '' ? 'blank' : 'repeated' }),
    ...(options && { options: 'no_options' }),
    ...(number && { default: 'not_a_number' }),
  };
}

function defaultOf(draft: AttributeDraft): Attribute['default'] {
  const text = draft.default.trim();
  if (text === '') return undefined;
  if (draft.kind === 'checkbox') return text === 'yes';
  if (draft.kind === 'number') return Number(text.replace(',', '.'));
  const known = draft.kind === 'text' || optionsIn(draft.options).includes(text);
  return known ? text : undefined;
}
