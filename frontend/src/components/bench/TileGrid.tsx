import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { columnsFor, sourcesOf, tileKey } from '@/lib/tiles';
import type { Wire } from '@/lib/wire';
import { Icon } from '../Icon';
import classes from './TileGrid.module.css';

type TileImage = Wire<'Image'>;

interface Props {
  question: string;
  images: readonly TileImage[];
  /** Ids of the tiles that are picked. */
  picked: readonly unknown[];
  /** Left out where there is nothing to pick. */
  onToggle?: (tile: string) => void;
  /** The tile in question. */
  marked?: string | undefined;
  /** What stands on a tile, who picked it say. */
  note?: (tile: string) => ReactNode;
}

/** Images to pick among, as large as all of them fit; below a width for thumbs they scroll. */
export default function TileGrid({ question, images, ...rest }: Props) {
  const [grid, columns] = useColumns(images);
  return (
    <section className={classes.frame}>
      {question && <h1 className={classes.question}>{question}</h1>}
      <div
        ref={grid}
        className={classes.grid}
        role="group"
        aria-label={question}
        style={{ '--columns': columns } as CSSProperties}
      >
        {images.map((image, place) => (
          <Tile key={image.id} image={image} place={place} columns={columns} {...rest} />
        ))}
      </div>
    </section>
  );
}

type TileProps = Omit<Props, 'question' | 'images'> & {
  image: TileImage;
  place: number;
  columns: number;
};

function Tile({ image, place, columns, picked, onToggle, marked, note }: TileProps) {
  const { t } = useTranslation();
  const isPicked = picked.includes(image.id);
  const cell = useRef<HTMLDivElement>(null);
  const isMarked = marked === image.id;
  useEffect(() => {
    if (isMarked) cell.current?.scrollIntoView({ block: 'nearest' });
  }, [isMarked]);
  const name = t('tile.name', { n: place + 1 });
  return (
    <div ref={cell} className={classes.cell} data-marked={isMarked}>
      <button
        type="button"
        role="checkbox"
        className={classes.tile}
        aria-checked={isPicked}
        aria-label={name}
        disabled={!onToggle}
        onMouseDown={(event) => {
          event.preventDefault();
        }}
        onClick={() => onToggle?.(image.id)}
      >
        {onToggle && <kbd className={classes.key}>{tileKey(place)}</kbd>}
        <span className={classes.check}>{isPicked && <Icon name="check" size={20} />}</span>
        {note && <span className={classes.note}>{note(image.id)}</span>}
      </button>
      <Picture image={image} columns={columns} name={name} />
    </div>
  );
}

/** The image below its button; one that does not load says so and can be asked for again. */
function Picture({ image, columns, name }: { image: TileImage; columns: number; name: string }) {
  const { t } = useTranslation();
  const [tries, setTries] = useState(0);
  const [broken, setBroken] = useState(false);
  if (broken) {
    return (
      <div className={classes.broken}>
        <Icon name="alert" size={24} />
        <span role="status">{t('tile.broken')}</span>
        <button
          type="button"
          className={classes.retry}
          aria-label={t('tile.retryOf', { name })}
          onClick={() => {
            setTries(tries + 1);
            setBroken(false);
          }}
        >
          {t('action.retry')}
        </button>
      </div>
    );
  }
  return (
    <img
      key={tries}
      className={classes.image}
      alt={name}
      draggable={false}
      decoding="async"
      onError={() => {
        setBroken(true);
      }}
      {...sourcesOf(image, columns)}
    />
  );
}

/** How many columns fit the grid now. */
function useColumns(images: readonly TileImage[]) {
  const grid = useRef<HTMLDivElement>(null);
  const [columns, setColumns] = useState(2);
  useLayoutEffect(() => {
    const element = grid.current;
    if (!element) return;
    const fit = () => {
      setColumns(columnsFor(images, element.clientWidth, element.clientHeight));
    };
    fit();
    const observer = new ResizeObserver(fit);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [images]);
  return [grid, columns] as const;
}
