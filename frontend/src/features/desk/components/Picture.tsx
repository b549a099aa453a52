import type { Label } from '@/lib/datasets';
import { outline } from '@/lib/outline';
import type { Wire } from '@/lib/wire';
import classes from './Picture.module.css';

type Span = Wire<'Span'> | Wire<'MergedSpan'>;

interface Pictured {
  readonly image: { thumbnail: string; width: number; height: number } | null;
  readonly spans: readonly Span[];
}

/** An image with its shapes; both are fitted by the same rule, so they lie upon one another. Its
 * name is told by whatever it stands in. */
export function Picture(props: { task: Pictured; labels: readonly Label[] }) {
  const { image, spans } = props.task;
  if (image === null) return <div className={classes.picture} />;
  return (
    <div className={classes.picture}>
      <img src={image.thumbnail} alt="" loading="lazy" />
      {spans.length > 0 && (
        <svg viewBox={`0 0 ${image.width} ${image.height}`} aria-hidden>
          {spans.map((span, n) => (
            <polygon key={n} points={outline(span)} stroke={colourOf(span, props.labels)} />
          ))}
        </svg>
      )}
    </div>
  );
}

function colourOf(span: Span, labels: readonly Label[]): string {
  return labels.find(({ name }) => name === span.label)?.colour ?? '#ffffff';
}
