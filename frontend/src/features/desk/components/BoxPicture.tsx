import { outline } from '@/lib/outline';
import type { BoxedImage } from '../api/boxes';
import boxes from './Boxes.module.css';
import classes from './Picture.module.css';

/** An image with its boxes, each in the colour and dash of what became of it. */
export function BoxPicture(props: {
  image: BoxedImage;
  large?: boolean;
  /** The place of the box that is pointed at. */
  marked?: number | null;
}) {
  const { image, marked = null } = props;
  return (
    <div className={classes.picture}>
      <img src={props.large ? image.url : image.thumbnail} alt={image.name} loading="lazy" />
      <svg viewBox={`0 0 ${image.width} ${image.height}`} data-dark aria-hidden>
        {image.boxes.map(({ state, span }, place) => (
          <polygon
            key={place}
            className={boxes.box}
            points={outline(span)}
            data-state={state}
            data-faded={marked !== null && marked !== place}
          />
        ))}
      </svg>
    </div>
  );
}
