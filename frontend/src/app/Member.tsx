import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { loadWords } from '@/lib/i18n';
import { useKeys } from '@/lib/useKeys';
import { usePalette } from './palette/usePalette';

const Palette = lazy(async () => {
  const [{ Palette }] = await Promise.all([import('./palette/Palette'), loadWords()]);
  return { default: Palette };
});

/** Around every page of somebody who is logged in: Ctrl K leads anywhere. */
export function Member() {
  const { open, show } = usePalette();
  useKeys({ 'Ctrl+k': show });
  return (
    <>
      <Outlet />
      <Suspense>{open && <Palette />}</Suspense>
    </>
  );
}
