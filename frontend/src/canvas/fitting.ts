import { selectedShapes } from './commands';
import { kindOf } from './drawing';
import type { Kind } from './drawing';
import type { EditorState } from './state';
import type { ToolName } from './tools/tool';

/** By label: the kinds of shapes that may have it; one that is not named is for all. */
export type KindsByLabel = ReadonlyMap<string, readonly Kind[]>;

/** The kinds that a label would be given to now: the selection's, otherwise that of the tool in hand. */
export function kindsInHand(state: Pick<EditorState, 'shapes' | 'selection' | 'tool'>): Kind[] {
  const selected = state.selection.length > 0 ? selectedShapes(state) : [];
  if (selected.length > 0) return [...new Set(selected.map(({ type }) => type))];
  const kind = kindOf(state.tool);
  return kind ? [kind] : [];
}

/** The first of `wanted` that a label is not for; null when it is for all of them. */
export function unfitKind(
  kinds: KindsByLabel,
  label: string,
  wanted: readonly Kind[],
): Kind | null {
  const allowed = kinds.get(label);
  return (allowed && wanted.find((kind) => !allowed.includes(kind))) ?? null;
}

/** The sticky label for a tool: the one in use, or else the first that may have what the tool draws. */
export function labelFor(
  { label, labels, kinds }: Pick<EditorState, 'label' | 'labels' | 'kinds'>,
  tool: ToolName,
): string {
  const kind = kindOf(tool);
  const fits = (name: string) => kind === null || unfitKind(kinds, name, [kind]) === null;
  return fits(label) ? label : ([...labels.keys()].find(fits) ?? label);
}
