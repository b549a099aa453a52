import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readAuditSearch } from '@/lib/auditSearch';
import { readDataSearch } from '@/lib/dataSearch';
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
  component: lazyRouteComponent(() => import('../newDataset/NewDatasetRoute'), 'NewDatasetRoute'),
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
  validateSearch: (search: Record<string, unknown>): { clone?: true } =>
    search['clone'] === true ? { clone: true } : {},
  component: lazyRouteComponent(() => import('@/features/datasets/OverviewPage'), 'OverviewPage'),
});

const progressRoute = createRoute({
  getParentRoute: () => datasetRoute,
  path: '/progress',
  component: lazyRouteComponent(() => import('@/features/desk/ProgressPage'), 'ProgressPage'),
});

const dataRoute = createRoute({
  getParentRoute: () => datasetRoute,
  path: '/data',
  validateSearch: readDataSearch,
  component: lazyRouteComponent(() => import('@/features/desk/DataPage'), 'DataPage'),
});

/** The search is that of the list in which the task stands. */
const taskRoute = createRoute({
  getParentRoute: () => datasetRoute,
  path: '/tasks/$task',
  validateSearch: readDataSearch,
  component: lazyRouteComponent(() => import('@/features/desk/TaskPage'), 'TaskPage'),
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

const modelsRoute = createRoute({
  getParentRoute: () => datasetRoute,
  path: '/models',
  component: lazyRouteComponent(() => import('@/features/models/ModelsPage'), 'ModelsPage'),
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
  validateSearch: (search: Record<string, unknown>): { snapshot?: string } =>
    typeof search['snapshot'] === 'string' ? { snapshot: search['snapshot'] } : {},
  component: lazyRouteComponent(() => import('@/features/desk/ExportPage'), 'ExportPage'),
});

const snapshotsRoute = createRoute({
  getParentRoute: () => datasetRoute,
  path: '/snapshots',
  validateSearch: (search: Record<string, unknown>): { diff?: string } =>
    typeof search['diff'] === 'string' ? { diff: search['diff'] } : {},
  component: lazyRouteComponent(() => import('@/features/desk/SnapshotsPage'), 'SnapshotsPage'),
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

const webhooksRoute = createRoute({
  getParentRoute: () => datasetRoute,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('@/features/webhooks/WebhooksPage'), 'WebhooksPage'),
});

const auditRoute = createRoute({
  getParentRoute: () => datasetRoute,
  path: '/audit',
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(
    () => import('@/features/audit/DatasetAuditPage'),
    'DatasetAuditPage',
  ),
});

export const datasetPages = datasetRoute.addChildren([
  overviewRoute,
  progressRoute,
  dataRoute,
  taskRoute,
  boxesRoute,
  importRoute,
  groupsRoute,
  reviewTabRoute,
  insightsRoute,
  modelsRoute,
  ownFiguresRoute,
  exportRoute,
  snapshotsRoute,
  membersRoute,
  settingsRoute,
  webhooksRoute,
  auditRoute,
]);
