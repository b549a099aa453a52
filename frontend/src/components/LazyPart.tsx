import { CatchBoundary } from '@tanstack/react-router';
import { Suspense } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A part that is fetched when it is first wanted. Where that fails, the work beside it goes on. */
export function LazyPart({ children }: { children: ReactNode }) {
  return (
    <CatchBoundary getResetKey={() => 'part'} errorComponent={Failed}>
      <Suspense>{children}</Suspense>
    </CatchBoundary>
  );
}

function Failed() {
  const { t } = useTranslation();
  return <p role="alert">{t('partFailed')}</p>;
}
