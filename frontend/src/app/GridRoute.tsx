import GridPage from '@/features/reviewing/grid/GridPage';
import { useSlug } from '@/lib/slug';

export function GridRoute() {
  const slug = useSlug();
  return <GridPage key={slug} slug={slug} />;
}
