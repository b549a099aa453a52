import { styleOf } from '../document/labels';
import type { Shape } from '../document/shapes';
import type { EditorState } from '../state';
import { strokeHalos, strokeShapes } from './strokes';
import type { Surface } from './surface';

/** Short and even: labels beyond the ninth have longer dashes or dots. */
export const SUGGESTED_DASH: readonly number[] = [5, 4];
const PALE = 0.5;

/** Dashes on a pale line: what is not part of the answer must not look as if it were. */
export function paintSuggested(
  surface: Surface,
  { viewport, labels }: EditorState,
  shapes: readonly Shape[],
  width: number,
): void {
  surface.context.globalAlpha = PALE;
  strokeHalos(surface, viewport, shapes, width);
  surface.context.globalAlpha = 1;
  strokeShapes(surface, viewport, shapes, (shape) => {
    return { colour: styleOf(labels, shape).colour, dash: SUGGESTED_DASH, width };
  });
}
