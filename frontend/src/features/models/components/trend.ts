import type { ModelVersion } from '../api/models';

export const WIDTH = 240;
export const HEIGHT = 72;
export const EDGE = 6;

export interface Dot {
  x: number;
  y: number;
  version: string;
}

/** The versions of each model, in the order in which they came. */
export function modelsOf(versions: readonly ModelVersion[]): Map<string, ModelVersion[]> {
  const models = new Map<string, ModelVersion[]>();
  for (const each of versions) models.set(each.model, [...(models.get(each.model) ?? []), each]);
  return models;
}

/** Where a share of each version stands, 1 at the top; versions without it leave their place free. */
export function dotsOf(
  versions: readonly ModelVersion[],
  share: 'precision' | 'recall',
): readonly Dot[] {
  const step = (WIDTH - 2 * EDGE) / Math.max(1, versions.length - 1);
  return versions.flatMap((each, place) => {
    const { value } = each[share];
    if (value === null) return [];
    const y = EDGE + (1 - value) * (HEIGHT - 2 * EDGE);
    return [{ x: EDGE + place * step, y, version: each.version }];
  });
}
