import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '@/lib/home';
import { Icon } from './Icon';
import { ProgressParts } from './ProgressParts';
import classes from './DatasetCard.module.css';

/** A dataset at a glance: what its images look like, and how far it is. */
export function DatasetCard({ dataset }: { dataset: Card }) {
  const { t } = useTranslation('datasets');
  const { counts } = dataset;
  return (
    <Link to="/datasets/$slug" params={{ slug: dataset.slug }} className={classes.card}>
      <Mosaic urls={dataset.thumbnails} />
      <div className={classes.text}>
        <b>{dataset.name}</b>
        <span>
          {t(`interface.${dataset.interface}.name`)} · {t('images', { count: counts.images })}
        </span>
        <ProgressParts tasks={{ ...counts, total: counts.tasks }} />
      </div>
    </Link>
  );
}

export function DatasetCards(props: {
  datasets: Card[];
  /** What can be done with one beside opening it. */
  acts?: (dataset: Card) => ReactNode;
}) {
  return (
    <div className={classes.cards}>
      {props.datasets.map((dataset) => (
        <div key={dataset.id} className={classes.cell}>
          <DatasetCard dataset={dataset} />
          {props.acts && <div className={classes.acts}>{props.acts(dataset)}</div>}
        </div>
      ))}
    </div>
  );
}

function Mosaic({ urls }: { urls: string[] }) {
  if (urls.length === 0) {
    return (
      <div className={classes.mosaic} data-empty>
        <Icon name="image" size={28} />
      </div>
    );
  }
  return (
    <div className={classes.mosaic} data-count={Math.min(urls.length, 4)}>
      {urls.slice(0, 4).map((url) => (
        <img key={url} src={url} alt="" loading="lazy" />
      ))}
    </div>
  );
}
