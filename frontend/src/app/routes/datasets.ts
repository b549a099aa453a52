import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { datasetQuery } from '@/lib/datasets';
import { shellRoute } from './frames';

export const datasetsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/datasets',
  component: lazyRouteComponent(() => import('@/features/datasets/DatasetsPage'), 'DatasetsPage'),
});

export const createDatasetRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/datasets/new',
  component: lazyRouteComponent(
    () => import('@/features/datasets/CreateDatasetPage'),
    'CreateDatasetPage',
  ),
});

const datasetRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/datasets/$slug',
  loader: ({ context, params }) => context.queryClient.ensureQueryData(datasetQuery(params.slug)),
  component: lazyRouteComponent(() => import('@/features/datasets/DatasetFrame'), 'DatasetFrame'),
});

const overviewRoute = createRoute({
  getParentRoute: () => datasetRoute,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/datasets/OverviewPage'), 'OverviewPage'),
});

export interface DataSearch {
  state?: string;
  label?: string;
  conflict?: string;
  answers?: number;
  person?: string;
  day?: string;
  behind?: string;
  /** The one to look at first. */
  task?: string;
  view?: 'table';
}

const TEXTS = ['state', 'label', 'conflict', 'person', 'day', 'behind', 'task'] as const;

const dataRoute = createRoute({
  getParentRoute: () => datasetRoute,
  path: '/data',
  validateSearch: (search: Record<string, unknown>): DataSearch => ({
    ...Object.fromEntries(
      TEXTS.filter((name) => typeof search[name] === 'string').map((name) => [name, search[name]]),
    ),
    ...(typeof search['answers'] === 'number' && { answers: search['answers'] }),
    ...(search['view'] === 'table' && { view: 'table' }),
  }),
  component: lazyRouteComponent(() => import('@/features/desk/DataPage'), 'DataPage'),
});

const boxesRoute = createRoute({
  getParentRoute: () => datasetRoute,
  path: '/boxes',
  validateSearch: (search: Record<string, unknown>): { state?: string } =>
    typeof search['state'] === 'string' ? { state: search['state'] } : {},
  component: lazyRouteComponent(() => import('@/features/desk/BoxesPage'), 'BoxesPage'),
});

const importRoute = createRoute({
  getParentRoute: () => datasetRoute,
  path: '/import',
  validateSearch: (search: Record<string, unknown>): { run?: string } =>
    typeof search['run'] === 'string' ? { run: search['run'] } : {},
  component: lazyRouteComponent(() => import('@/features/importing/ImportPage'), 'ImportPage'),
});

const groupsRoute = createRoute({
  getParentRoute: () => datasetRoute,
  path: '/groups',
  component: lazyRouteComponent(() => import('@/features/composing/GroupsPage'), 'GroupsPage'),
});

const reviewTabRoute = createRoute({
  getParentRoute: () => datasetRoute,
  path: '/review',
  component: lazyRouteComponent(() => import('@/features/datasets/ReviewTab'), 'ReviewTab'),
});

const insightsRoute = createRoute({
  getParentRoute: () => datasetRoute,
  path: '/insights',
  component: lazyRouteComponent(() => import('@/features/insights/InsightsPage'), 'InsightsPage'),
});

const ownFiguresRoute = createRoute({
  getParentRoute: () => datasetRoute,
  path: '/mine',
  component: lazyRouteComponent(
    () => import('@/features/insights/OwnFiguresPage'),
    'OwnFiguresPage',
  ),
});

const exportRoute = createRoute({
  getParentRoute: () => datasetRoute,
  path: '/export',
  component: lazyRouteComponent(() => import('@/features/desk/ExportPage'), 'ExportPage'),
});

const membersRoute = createRoute({
  getParentRoute: () => datasetRoute,
  path: '/people',
  component: lazyRouteComponent(() => import('@/features/datasets/MembersPage'), 'MembersPage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => datasetRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('@/features/datasets/SettingsPage'), 'SettingsPage'),
});

export const datasetPages = datasetRoute.addChildren([
  overviewRoute,
  dataRoute,
  boxesRoute,
  importRoute,
  groupsRoute,
  reviewTabRoute,
  insightsRoute,
  ownFiguresRoute,
  exportRoute,
  membersRoute,
  settingsRoute,
]);
