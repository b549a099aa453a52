import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { loadWords } from '@/lib/i18n';
import { memberRoute } from './frames';

/** Labelling and reviewing fill the window, without the shell around them. */
export const labelRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: '/label/$slug',
  component: lazyRouteComponent(() => import('../LabelRoute'), 'LabelRoute'),
});

export const reviewRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: '/review/$slug',
  loader: loadWords,
  component: lazyRouteComponent(() => import('../ReviewRoute'), 'ReviewRoute'),
});
