import { Modal } from '@mantine/core';
import { lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LazyPart } from '@/components/LazyPart';
import type { BoxedImage } from '../api/boxes';
import { BoxPicture } from './BoxPicture';
import { BoxStateName } from './BoxState';
import boxes from './Boxes.module.css';
import classes from './BoxPreview.module.css';

const ImageActs = lazy(() => import('@/components/image/ImageActs'));

/** One image at large with a list of its boxes; the one that is pointed at stands alone. */
export function BoxPreview(props: {
  image: BoxedImage | null;
  /** Whether the person may replace the image or take it down. */
  manages: boolean;
  onClose: () => void;
}) {
  const { image } = props;
  return (
    <Modal
      opened={image !== null}
      onClose={props.onClose}
      title={image?.name}
      size="min(1000px, 94vw)"
      centered
    >
      {image && <Body key={image.id} image={image} />}
      {image && props.manages && (
        <LazyPart>
          <ImageActs key={image.id} image={image} onGone={props.onClose} />
        </LazyPart>
      )}
    </Modal>
  );
}

function Body({ image }: { image: BoxedImage }) {
  const { t } = useTranslation('desk');
  const [marked, setMarked] = useState<number | null>(null);
  return (
    <>
      <div className={classes.frame}>
        <BoxPicture image={image} large marked={marked} />
      </div>
      {image.boxes.length === 0 && <p>{t('boxes.none')}</p>}
      <ol className={boxes.list} aria-label={t('boxes.boxes')}>
        {image.boxes.map((box, place) => (
          <li key={place}>
            <button
              type="button"
              aria-pressed={marked === place}
              onMouseEnter={() => setMarked(place)}
              onMouseLeave={() => setMarked(null)}
              onFocus={() => setMarked(place)}
              onBlur={() => setMarked(null)}
              onClick={() => setMarked(place)}
            >
              <BoxStateName state={box.state} />
              <b>{box.span.label}</b>
              <span>
                {Math.round(box.span.width)} × {Math.round(box.span.height)}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
