import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { nextPath } from '@/lib/nextPath';
import { publicRoute } from './frames';

interface LoginSearch {
  next?: string;
  /** How a single sign-on ended that did not lead in. */
  sso?: string;
  /** Whether one led as far as the second factor. */
  code?: boolean;
}

const loginRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): LoginSearch => ({
    ...(typeof search['next'] === 'string' && { next: nextPath(search['next']) }),
    ...(typeof search['sso'] === 'string' && { sso: search['sso'] }),
    ...(search['code'] !== undefined && { code: true }),
  }),
  component: lazyRouteComponent(() => import('@/features/people/LoginPage'), 'LoginPage'),
});

const firstRunRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/first-run',
  validateSearch: (search: Record<string, unknown>): { token?: string } =>
    search['token'] === undefined ? {} : { token: String(search['token']) },
  component: lazyRouteComponent(() => import('@/features/people/FirstRunPage'), 'FirstRunPage'),
});

const invitationRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/invitations/$token',
  component: lazyRouteComponent(() => import('@/features/people/InvitationPage'), 'InvitationPage'),
});

const forgottenPasswordRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/password-reset',
  component: lazyRouteComponent(
    () => import('@/features/people/ForgottenPasswordPage'),
    'ForgottenPasswordPage',
  ),
});

const newPasswordRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/password-reset/$key',
  component: lazyRouteComponent(
    () => import('@/features/people/NewPasswordPage'),
    'NewPasswordPage',
  ),
});

const unsubscribeRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/unsubscribe/$mails',
  component: lazyRouteComponent(
    () => import('@/features/people/UnsubscribePage'),
    'UnsubscribePage',
  ),
});

export const publicPages = publicRoute.addChildren([
  loginRoute,
  firstRunRoute,
  invitationRoute,
  forgottenPasswordRoute,
  newPasswordRoute,
  unsubscribeRoute,
]);
