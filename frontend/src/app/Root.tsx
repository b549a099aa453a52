import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useNotices } from '@/lib/notify';
import { useSession } from '@/lib/session';

const LoginOverlay = lazy(() => import('./LoginOverlay'));
const Notices = lazy(() => import('./Notices'));

export function Root() {
  const expired = useSession((session) => session.expired);
  const wanted = useNotices((notices) => notices.wanted);
  return (
    <>
      <Outlet />
      <Suspense>
        {wanted && <Notices />}
        {expired && <LoginOverlay />}
      </Suspense>
    </>
  );
}
