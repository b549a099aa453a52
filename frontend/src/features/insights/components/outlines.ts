import type { Wire } from '@/lib/wire';

/** The corners of a shape, as an SVG polygon names them. */
export function outlineOf({ points }: Wire<'Span'>): string {
  return points.map((point) => point.join(',')).join(' ');
}
