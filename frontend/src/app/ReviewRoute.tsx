import { useSearch } from '@tanstack/react-router';
import ReviewingPage from '@/features/reviewing/ReviewingPage';
import { useSlug } from '@/lib/slug';

export function ReviewRoute() {
  const slug = useSlug();
  const { thread } = useSearch({ from: '/member/review/$slug' });
  return <ReviewingPage key={slug} slug={slug} {...(thread !== undefined && { thread })} />;
}
