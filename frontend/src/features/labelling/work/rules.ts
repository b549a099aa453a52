import { LONGEST_VALUE, crossesItself, faultIn, saidOf, shapeIou, unfitKind } from '@/canvas';
import type { Attribute, Drawing, EditorState, Shape } from '@/canvas';
import type { Dataset } from '@/lib/datasets';
import { i18next } from '@/lib/i18n';
import { kindWords } from './labels';

type Rules = Dataset['rules'];

/** One rule that an answer breaks: its setting's name, and a sentence for the annotator. */
export interface Breach {
  readonly rule: keyof Rules | 'attributes' | 'blocks' | 'drawing' | 'labels' | 'suggestions';
  readonly detail: string;
}

const MOST_COMPARED = 500;

/**
 * Every rule that an accepting answer breaks, as the server's `breaches` finds them: it has the last
 * word, but it should never be a surprise. `labels` is what each asks of its shapes, `options` how
 * many were picked, null where none are offered.
 */
export function breaches(
  rules: Rules,
  { shapes: kinds, crossing }: Pick<Drawing, 'shapes' | 'crossing'>,
  labels: Pick<EditorState, 'kinds' | 'asked'>,
  { shapes, options }: { shapes: readonly Shape[]; options: number | null },
): Breach[] {
  const there = new Set(shapes.map(({ label }) => label));
  return [
    ...ofCount(rules, 'shapes', shapes.length),
    ...(options === null ? [] : ofCount(rules, 'options', options)),
    ...(rules.required_labels ?? [])
      .filter((label) => !there.has(label))
      .map((label) => breach('required_labels', { label })),
    ...ofKind(kinds, shapes),
    ...ofLabel(labels.kinds, shapes),
    ...(crossing === 'refuse' ? ofCrossing(shapes) : []),
    ...ofAttributes(labels.asked, shapes),
    ...(rules.max_overlap == null ? [] : ofOverlap(shapes, rules.max_overlap)),
  ];
}

function ofCount(rules: Rules, what: 'shapes' | 'options', has: number): Breach[] {
  const [least, most] = [rules[`min_${what}`], rules[`max_${what}`]];
  if (least != null && has < least) return [breach(`min_${what}`, { count: least, has })];
  if (most != null && has > most) return [breach(`max_${what}`, { count: most, has })];
  return [];
}

/** The first shape of a kind that the dataset does not draw: it came as a suggestion. */
function ofKind(kinds: Drawing['shapes'], shapes: readonly Shape[]): Breach[] {
  const place = shapes.findIndex(({ type }) => !kinds.includes(type));
  const shape = shapes[place];
  if (!shape) return [];
  return [breach('drawing', { ...named(place, shape), wanted: kindWords(kinds) })];
}

/** The first shape of a kind that its label is not for. */
function ofLabel(kinds: EditorState['kinds'], shapes: readonly Shape[]): Breach[] {
  const place = shapes.findIndex(({ label, type }) => unfitKind(kinds, label, [type]) !== null);
  const shape = shapes[place];
  if (!shape) return [];
  const wanted = kindWords(kinds.get(shape.label) ?? []);
  return [breach('labels', { ...named(place, shape), wanted })];
}

function named(place: number, { label, type }: Shape) {
  return { number: place + 1, label, kind: i18next.t(`labelling:kind.${type}`) };
}

/** The first outline that crosses itself. */
function ofCrossing(shapes: readonly Shape[]): Breach[] {
  const place = shapes.findIndex((shape) => shape.type !== 'rect' && crossesItself(shape.points));
  const shape = shapes[place];
  if (!shape) return [];
  const details = { number: place + 1, label: shape.label };
  return [{ rule: 'drawing', detail: i18next.t('labelling:rule.crossing', details) }];
}

/** The first shape that leaves open what its label asks, or says what nobody asked. */
function ofAttributes(
  asked: ReadonlyMap<string, readonly Attribute[]>,
  shapes: readonly Shape[],
): Breach[] {
  for (const [place, shape] of shapes.entries()) {
    const fault = faultIn(asked.get(shape.label) ?? [], saidOf(shape));
    if (!fault) continue;
    const { code, name, options } = fault;
    const where = { number: place + 1, label: shape.label, name };
    const wanted = { options: options.join(', '), most: LONGEST_VALUE };
    const detail = i18next.t(`labelling:rule.attribute.${code}`, { ...where, ...wanted });
    return [{ rule: 'attributes', detail }];
  }
  return [];
}

/** The first two shapes of one label that overlap by more than `most`. */
function ofOverlap(shapes: readonly Shape[], most: number): Breach[] {
  for (const [label, group] of byLabel(shapes)) {
    if (group.length > MOST_COMPARED) {
      const detail = i18next.t('labelling:rule.too_many_to_compare', { most: MOST_COMPARED });
      return [{ rule: 'max_overlap', detail }];
    }
    for (const [n, a] of group.entries()) {
      for (const b of group.slice(n + 1)) {
        const share = shapeIou(a.shape, b.shape);
        if (share <= most) continue;
        const details = { a: a.number, b: b.number, label, share: percent(share) };
        return [breach('max_overlap', { ...details, most: percent(most) })];
      }
    }
  }
  return [];
}

function byLabel(shapes: readonly Shape[]) {
  const groups = new Map<string, { shape: Shape; number: number }[]>();
  shapes.forEach((shape, n) => {
    const group = groups.get(shape.label) ?? [];
    groups.set(shape.label, [...group, { shape, number: n + 1 }]);
  });
  return groups;
}

function breach(
  rule: keyof Rules | 'drawing' | 'labels',
  details: Record<string, string | number>,
): Breach {
  return { rule, detail: i18next.t(`labelling:rule.${rule}`, details) };
}

/** Three digits at the most: 33.3%, 5%. */
function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))}%`;
}
