import type { EditorState, Shape } from '@/canvas';
import { formatScore } from '@/lib/format';
import { addWords, i18next } from '@/lib/i18n';
import words from '@/locales/en/said.json';

addWords('said', words);

/** What of the canvas is told to readers of the screen. */
type Told = Pick<EditorState, 'shapes' | 'settled' | 'selection' | 'revision' | 'cause' | 'label'>;

/** What happened between two moments; nothing where nothing can be told. */
export function announcement(before: Told, now: Told): string {
  const change = now.revision === before.revision ? '' : changed(before, now);
  // What was drawn is selected, and what was deleted is not: that goes without saying.
  const speaks = now.selection !== before.selection && sameOnes(before, now);
  // A shape that gets another label is told with it.
  const label = !change && now.label !== before.label ? say('label', { label: now.label }) : '';
  return [change, speaks ? selected(now) : '', label].filter(Boolean).join('. ');
}

function sameOnes(before: Told, now: Told): boolean {
  const old = byId(before);
  return before.shapes.length === now.shapes.length && now.shapes.every(({ id }) => old.has(id));
}

function selected(now: Told): string {
  const chosen = now.shapes.filter(({ id }) => now.selection.includes(id));
  return chosen.length === 0 ? say('nothing') : tell('selected', chosen, now);
}

function changed(before: Told, now: Told): string {
  const [old, current] = [byId(before), byId(now)];
  if (now.cause !== 'edit') return say(now.cause, { count: now.settled.length });
  const gone = before.shapes.filter(({ id }) => !current.has(id));
  if (gone.length > 0) return tell('deleted', gone, before);
  const added = now.shapes.filter(({ id }) => !old.has(id));
  if (added.length > 0) return tell('added', added, now);
  const other = now.shapes.filter((shape) => old.get(shape.id) !== shape);
  const accepted = other.filter(({ id, suggested }) => !suggested && old.get(id)?.suggested);
  if (accepted.length > 0) return tell('accepted', accepted, now);
  return other.length === 0 ? '' : tell('changed', other, now);
}

function byId({ shapes }: Told) {
  return new Map(shapes.map((shape) => [shape.id, shape]));
}

type Deed = 'selected' | 'deleted' | 'added' | 'accepted' | 'changed';

function tell(deed: Deed, about: readonly Shape[], among: Told): string {
  const [only] = about;
  const what =
    only && about.length === 1 ? nameOf(only, among) : say('shapes', { count: about.length });
  return say(deed, { what });
}

/** "box 3, stop, 120 by 80 at 40, 60"; a suggestion has no number yet. */
function nameOf({ id, type, label, rect, suggested }: Shape, { settled }: Told): string {
  const kind = i18next.t(`labelling:kind.${type}`);
  const number = settled.findIndex((shape) => shape.id === id) + 1;
  const [x, y, width, height] = [rect.x, rect.y, rect.width, rect.height].map(Math.round);
  const score = typeof suggested?.score === 'number' ? formatScore(suggested.score) : null;
  return say(suggested ? 'suggestion' : 'shape', {
    ...{ kind, number, label, x, y, width, height },
    score: score === null ? '' : say('score', { score }),
  });
}

function say(what: string, details: Record<string, unknown> = {}): string {
  return i18next.t(`said:${what}` as 'said:nothing', details);
}
