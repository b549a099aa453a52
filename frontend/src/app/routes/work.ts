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
  validateSearch: (search: Record<string, unknown>): { thread?: string } =>
    typeof search['thread'] === 'string' ? { thread: search['thread'] } : {},
  loader: loadWords,
  component: lazyRouteComponent(() => import('../ReviewRoute'), 'ReviewRoute'),
});

/** One thread, with the place that it is about: where a link leads. */
export const threadRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: '/threads/$thread',
  validateSearch: (search: Record<string, unknown>): { look?: true } =>
    search['look'] === true ? { look: true } : {},
  loader: loadWords,
  component: lazyRouteComponent(() => import('../ThreadRoute'), 'ThreadRoute'),
});

const KINDS = [
  'label',
  'extent',
  'existence',
  'group',
  'duplicate',
  'answer',
  'unsure',
  'block',
] as const;

/** Many conflicts beside one another; the address says of which kind, and about which label. */
export const gridRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: '/review/$slug/grid',
  loader: loadWords,
  validateSearch: ({
    kind,
    label,
  }: Record<string, unknown>): { kind?: (typeof KINDS)[number]; label?: string } => {
    const known = KINDS.find((each) => each === kind);
    return { ...(known && { kind: known }), ...(typeof label === 'string' && { label }) };
  },
  component: lazyRouteComponent(() => import('../GridRoute'), 'GridRoute'),
});
