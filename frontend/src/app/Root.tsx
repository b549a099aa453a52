import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useBegunImports } from '@/lib/begunImports';
import { loadWords } from '@/lib/i18n';
import { useNotices } from '@/lib/notify';
import { useSession } from '@/lib/session';

const LoginOverlay = lazy(async () => {
  await loadWords();
  return import('./LoginOverlay');
});
const Notices = lazy(() => import('./Notices'));
const ImportNotices = lazy(async () => {
  const { ImportNotices } = await import('@/features/importing/ImportNotices');
  return { default: ImportNotices };
});

export function Root() {
  const expired = useSession((session) => session.expired);
  const wanted = useNotices((notices) => notices.wanted);
  const importing = useBegunImports((begun) => begun.ids.length > 0);
  return (
    <>
      <Outlet />
      <Suspense>
        {wanted && <Notices />}
        {importing && <ImportNotices />}
        {expired && <LoginOverlay />}
      </Suspense>
    </>
  );
}
