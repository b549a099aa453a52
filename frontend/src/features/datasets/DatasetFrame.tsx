import { Button } from '@mantine/core';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Capability, type Dataset, may, useDataset } from '@/lib/datasets';
import classes from './DatasetFrame.module.css';

const TABS = [
  ['/datasets/$slug', 'tab.overview', 'see_dataset'],
  ['/datasets/$slug/data', 'tab.data', 'see_finals'],
  ['/datasets/$slug/boxes', 'tab.boxes', 'see_answers'],
  ['/datasets/$slug/import', 'tab.import', 'import'],
  ['/datasets/$slug/groups', 'tab.groups', 'manage'],
  ['/datasets/$slug/review', 'tab.review', 'review'],
  ['/datasets/$slug/insights', 'tab.insights', 'see_answers'],
  ['/datasets/$slug/mine', 'tab.mine', 'label'],
  ['/datasets/$slug/export', 'tab.export', 'export'],
  ['/datasets/$slug/people', 'tab.people', 'manage'],
  ['/datasets/$slug/settings', 'tab.settings', 'manage'],
] as const satisfies readonly (readonly [string, string, Capability])[];

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
          {TABS.filter(([to, , capability]) => may(dataset, capability) && fits(dataset, to)).map(
            ([to, text]) => (
              <Link
                key={to}
                to={to}
                params={{ slug: dataset.slug }}
                activeOptions={{ exact: to === '/datasets/$slug', includeSearch: false }}
                className={classes.tab}
              >
                {t(text)}
              </Link>
            ),
          )}
        </nav>
      </header>
      <Outlet />
    </>
  );
}

/** Groups are made where people pick among images; boxes are listed where people judge them. Who
 * leads comes to their own answers from Insights. */
function fits(dataset: Dataset, to: (typeof TABS)[number][0]): boolean {
  if (to === '/datasets/$slug/mine') return !may(dataset, 'see_answers');
  if (to === '/datasets/$slug/groups') return dataset.interface === 'image_choice';
  return to !== '/datasets/$slug/boxes' || dataset.interface === 'image';
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
