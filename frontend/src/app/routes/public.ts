import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { nextPath } from '@/lib/nextPath';
import { publicRoute } from './frames';

const loginRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search['next'] === 'string' ? { next: nextPath(search['next']) } : {},
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
