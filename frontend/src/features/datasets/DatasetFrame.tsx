import { Button } from '@mantine/core';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Dataset, may, useDataset } from '@/lib/datasets';
import { DatasetMenu } from './components/DatasetMenu';
import classes from './DatasetFrame.module.css';
import { placesOf } from './places';

/** A dataset's name, its places as far as the role may see them, and the way to work. */
export function DatasetFrame() {
  const dataset = useDataset();
  return (
    <>
      <header className={classes.header}>
        <div className={classes.title}>
          <h1>{dataset.name}</h1>
          <div className={classes.acts}>
            <DatasetMenu dataset={dataset} />
            <StartButton dataset={dataset} />
          </div>
        </div>
        <Tabs dataset={dataset} />
      </header>
      <Outlet />
    </>
  );
}

function Tabs({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation('datasets');
  const tabs = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    showActive(tabs.current);
  }, [pathname]);
  return (
    <nav ref={tabs} className={classes.tabs} aria-label={dataset.name}>
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
  );
}

/** Where not all tabs have room, that of this page is among those in sight. */
function showActive(tabs: HTMLElement | null): void {
  const active = tabs?.querySelector<HTMLElement>('[data-status="active"]');
  if (!tabs || !active) return;
  tabs.scrollLeft = active.offsetLeft - (tabs.clientWidth - active.clientWidth) / 2;
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
