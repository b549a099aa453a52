import type { Dataset } from './datasets';

/** The setting `drawing` of a dataset in the words of the canvas. */
export function drawingOf({ drawing }: Dataset) {
  return {
    shapes: drawing.shapes,
    boxBy: drawing.box_by,
    fromCentre: drawing.from_centre,
    crossing: drawing.crossing,
    strokeWidth: drawing.stroke_width,
    fontSize: drawing.font_size,
    darken: drawing.darken,
  };
}
