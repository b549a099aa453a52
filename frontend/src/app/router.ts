import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { readAuditSearch } from '@/lib/auditSearch';
import { readPeopleSearch } from '@/lib/peopleSearch';
import { createDatasetRoute, datasetPages, datasetsRoute } from './routes/datasets';
import { memberRoute, rootRoute, shellRoute } from './routes/frames';
import { publicPages } from './routes/public';
import { gridRoute, labelRoute, reviewRoute, threadRoute } from './routes/work';
import { CrashPage, NotFoundPage } from './StatusPage';

const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/desk/HomePage'), 'HomePage'),
});

const peopleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/people',
  validateSearch: readPeopleSearch,
  component: lazyRouteComponent(() => import('@/features/people/PeoplePage'), 'PeoplePage'),
});

const auditRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/system/audit',
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import('@/features/audit/AuditPage'), 'AuditPage'),
});

const accountRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/account',
  component: lazyRouteComponent(() => import('@/features/people/AccountPage'), 'AccountPage'),
});

const routeTree = rootRoute.addChildren([
  publicPages,
  memberRoute.addChildren([
    labelRoute,
    reviewRoute,
    threadRoute,
    gridRoute,
    shellRoute.addChildren([
      homeRoute,
      datasetsRoute,
      createDatasetRoute,
      datasetPages,
      peopleRoute,
      auditRoute,
      accountRoute,
    ]),
  ]),
]);

export function newRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    // The query cache decides what is fresh.
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultErrorComponent: CrashPage,
    defaultNotFoundComponent: NotFoundPage,
  });
}
