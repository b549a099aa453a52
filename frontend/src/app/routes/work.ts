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
