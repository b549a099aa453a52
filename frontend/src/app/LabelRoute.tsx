import LabellingPage from '@/features/labelling/LabellingPage';
import { useSlug } from '@/lib/slug';

export function LabelRoute() {
  const slug = useSlug();
  return <LabellingPage key={slug} slug={slug} />;
}
