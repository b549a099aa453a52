import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { ApiError } from '@/lib/http';
import { loadWords } from '@/lib/i18n';
import { meQuery } from '@/lib/me';
import { Member } from '../Member';
import { Root } from '../Root';
import { NotFoundPage } from '../StatusPage';

export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Root,
  notFoundComponent: NotFoundPage,
});

/** Pages for those who are not logged in. */
export const publicRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'public',
  loader: loadWords,
  component: lazyRouteComponent(() => import('../PublicFrame'), 'PublicFrame'),
});

/** Everything below knows who is logged in. */
export const memberRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'member',
  component: Member,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(meQuery);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      const search = location.href === '/' ? {} : { next: location.href };
      throw redirect({ to: '/login', search });
    }
  },
});

export const shellRoute = createRoute({
  getParentRoute: () => memberRoute,
  id: 'shell',
  loader: loadWords,
  component: lazyRouteComponent(() => import('../shell/Shell'), 'Shell'),
});
