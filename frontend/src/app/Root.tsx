import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { loadWords } from '@/lib/i18n';
import { useNotices } from '@/lib/notify';
import { useSession } from '@/lib/session';

const LoginOverlay = lazy(async () => {
  await loadWords();
  return import('./LoginOverlay');
});
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
