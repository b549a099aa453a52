import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useSession } from '@/lib/session';

const LoginOverlay = lazy(() => import('./LoginOverlay'));
const Notices = lazy(() => import('./Notices'));

export function Root() {
  const expired = useSession((session) => session.expired);
  return (
    <>
      <Outlet />
      <Suspense>
        <Notices />
        {expired && <LoginOverlay />}
      </Suspense>
    </>
  );
}
