import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { BOX_STATES } from '../api/boxes';
import type { BoxedImage } from '../api/boxes';
import { BoxPicture } from './BoxPicture';
import { BoxDot } from './BoxState';
import boxes from './Boxes.module.css';
import classes from './BoxGrid.module.css';

/** Images with their boxes, and how many stand where. */
export function BoxGrid(props: {
  images: readonly BoxedImage[];
  onOpen: (image: BoxedImage) => void;
}) {
  return (
    <ul className={classes.grid}>
      {props.images.map((image) => (
        <li key={image.id}>
          <UnstyledButton className={classes.tile} onClick={() => props.onOpen(image)}>
            <span className={classes.frame}>
              <BoxPicture image={image} />
            </span>
            <span className={classes.caption}>
              <Counts image={image} />
              <span className={classes.name}>{image.name}</span>
            </span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}

function Counts({ image }: { image: BoxedImage }) {
  const { t } = useTranslation('desk');
  if (image.boxes.length === 0) return <span>{t('boxes.none')}</span>;
  return (
    <span className={boxes.counts}>
      {BOX_STATES.filter((state) => image.counts[state] > 0).map((state) => (
        <span key={state} className={boxes.state} title={t(`boxes.state.${state}`)}>
          <BoxDot state={state} />
          {image.counts[state]}
          <span className="unseen">{t(`boxes.state.${state}`)}</span>
        </span>
      ))}
    </span>
  );
}
