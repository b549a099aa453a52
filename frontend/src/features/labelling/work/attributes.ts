import { saidOf } from '@/canvas';
import type { Attribute, EditorState, Shape } from '@/canvas';

/** The fields of the selection's attributes, by this id. */
export const FIELDS = 'attributes';

/** What the selected shapes are asked, if all are of one label and it asks anything. */
export interface Asked {
  readonly label: string;
  readonly attributes: readonly Attribute[];
  /** Names of what the shapes say without being asked. */
  readonly unasked: readonly string[];
  readonly shapes: readonly Shape[];
}

export function askedOf({ shapes, selection, asked }: EditorState): Asked | null {
  const chosen = new Set(selection);
  const selected = shapes.filter(({ id }) => chosen.has(id));
  const label = selected[0]?.label;
  const attributes = label === undefined ? [] : (asked.get(label) ?? []);
  if (label === undefined || attributes.length === 0) return null;
  if (selected.some((shape) => shape.label !== label)) return null;
  const known = new Set(attributes.map(({ name }) => name));
  const said = selected.flatMap((shape) => Object.keys(saidOf(shape)));
  const unasked = [...new Set(said)].filter((name) => !known.has(name));
  return { label, attributes, unasked, shapes: selected };
}

/** What all of `shapes` say; `mixed` where they differ. */
export function commonValue(shapes: readonly Shape[], name: string) {
  const [value, ...others] = new Set(shapes.map((shape) => saidOf(shape)[name]));
  return { value: others.length > 0 ? undefined : value, mixed: others.length > 0 };
}

/** Nothing to go to without a selection that is asked anything. */
export function focusAttributes(): void {
  document.getElementById(FIELDS)?.querySelector<HTMLElement>('input, select')?.focus();
}
