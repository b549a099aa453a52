import { Fragment } from 'react';
import type { CSSProperties } from 'react';
import { outline } from '@/lib/outline';
import { strokeOf } from '@/lib/strokes';
import type { Point } from '../../api/bulk';
import { cropOf, sourceOf } from '../crop';
import classes from './Tile.module.css';

/** What a conflict is about: a square of its image, with what people drew and what is proposed. */
export function Crop({ point }: { point: Point }) {
  const crop = cropOf(point);
  const { width, height } = point.image;
  const share = (part: number) => `${(100 * part) / crop.size}%`;
  const place: CSSProperties = {
    left: share(-crop.x),
    top: share(-crop.y),
    width: share(width),
    height: share(height),
  };
  return (
    <div className={classes.crop}>
      <img
        src={sourceOf(point, crop)}
        alt=""
        loading="lazy"
        decoding="async"
        draggable={false}
        style={place}
      />
      <svg viewBox={`${crop.x} ${crop.y} ${crop.size} ${crop.size}`} aria-hidden>
        {[...point.about, ...(point.span ? [point.span] : [])].map((span) => (
          <Fragment key={span.id}>
            <polygon className={classes.halo} points={outline(span)} />
            <polygon className={classes.proposed} points={outline(span)} />
          </Fragment>
        ))}
        {point.drawn.map(({ version, span }) => {
          const { colour, dash } = strokeOf(version);
          return (
            <polygon
              key={`${version} ${span.id}`}
              points={outline(span)}
              stroke={colour}
              strokeDasharray={dash.join(' ')}
            />
          );
        })}
      </svg>
    </div>
  );
}
