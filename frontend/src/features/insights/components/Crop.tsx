import { useState } from 'react';
import type { Example } from '../api/insights';
import classes from './Crop.module.css';
import { cut, sources } from './crops';

export const SIDE = 88;

/** The place of an example, cut out of the smallest picture that shows it well. */
export function Crop({ example, label }: { example: Example; label: string }) {
  const { image, size, edges } = example;
  const [failed, setFailed] = useState(0);
  if (image === null || size === null) return <span className={classes.crop} data-none />;
  const { scale, left, top, box } = cut(size, edges, SIDE);
  const src = sources(image, size, scale)[failed];
  return (
    <span className={classes.crop}>
      {src !== undefined && (
        <img
          src={src}
          alt={label}
          loading="lazy"
          onError={() => setFailed(failed + 1)}
          style={{ left, top, width: scale * (size[0] ?? 0), height: scale * (size[1] ?? 0) }}
        />
      )}
      {box && <i style={box} aria-hidden />}
    </span>
  );
}
