interface Drawn {
  type: string;
  x: number;
  y: number;
  width: number;
  height: number;
  points: readonly (readonly number[])[];
}

/** The corners of a shape, as an SVG polygon names them. */
export function outline({ type, x, y, width, height, points }: Drawn): string {
  const corners =
    type === 'rect'
      ? [
          [x, y],
          [x, y + height],
          [x + width, y + height],
          [x + width, y],
        ]
      : points;
  return corners.map((point) => point.join(',')).join(' ');
}
