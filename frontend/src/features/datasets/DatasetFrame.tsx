import { Button } from '@mantine/core';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Dataset, may, useDataset } from '@/lib/datasets';
import classes from './DatasetFrame.module.css';
import { placesOf } from './places';

/** A dataset's name, its places as far as the role may see them, and the way to work. */
export function DatasetFrame() {
  const { t } = useTranslation('datasets');
  const dataset = useDataset();
  return (
    <>
      <header className={classes.header}>
        <div className={classes.title}>
          <h1>{dataset.name}</h1>
          <StartButton dataset={dataset} />
        </div>
        <nav className={classes.tabs} aria-label={dataset.name}>
          {placesOf(dataset).map(([to, text]) => (
            <Link
              key={to}
              to={to}
              params={{ slug: dataset.slug }}
              activeOptions={{ exact: to === '/datasets/$slug', includeSearch: false }}
              className={classes.tab}
            >
              {t(text)}
            </Link>
          ))}
        </nav>
      </header>
      <Outlet />
    </>
  );
}

function StartButton({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation('datasets');
  const navigate = useNavigate();
  if (!may(dataset, 'label')) return null;
  return (
    <Button onClick={() => void navigate({ to: '/label/$slug', params: { slug: dataset.slug } })}>
      {t('frame.label')}
    </Button>
  );
}
