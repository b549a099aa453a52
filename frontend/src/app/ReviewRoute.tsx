import ReviewingPage from '@/features/reviewing/ReviewingPage';
import { useSlug } from '@/lib/slug';

export function ReviewRoute() {
  const slug = useSlug();
  return <ReviewingPage key={slug} slug={slug} />;
}
