import type { PreviewLine } from '../api/preview';
import classes from './LinePictures.module.css';

type Numbers = Record<'x' | 'y' | 'width' | 'height', number>;

export type Size = readonly [number, number];

/** The shapes of a line over its picture, whose sides are as `seen`; nothing where the line does not
    say how large that is. */
export function ShapesOver({ line, seen }: { line: PreviewLine; seen: Size | null }) {
  const [width, height] = line.relative ? [1, 1] : (line.size ?? []);
  if (line.spans.length === 0 || width === undefined || height === undefined) return null;
  const [across, down] = line.size ?? seen ?? [4, 3];
  return (
    <svg
      className={classes.shapes}
      style={{ aspectRatio: `${across} / ${down}` }}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden
    >
      {line.spans.map((span, n) => (
        <Outline key={n} span={span} />
      ))}
    </svg>
  );
}

function Outline({ span }: { span: Record<string, unknown> }) {
  if (isOutline(span.points)) {
    return <polygon points={span.points.map((point) => point.join(',')).join(' ')} />;
  }
  if (!isBox(span)) return null;
  return <rect x={span.x} y={span.y} width={span.width} height={span.height} />;
}

function isOutline(points: unknown): points is [number, number][] {
  return Array.isArray(points) && points.every((point) => Array.isArray(point));
}

function isBox(span: object): span is Numbers {
  return ['x', 'y', 'width', 'height'].every(
    (key) => typeof (span as Record<string, unknown>)[key] === 'number',
  );
}
