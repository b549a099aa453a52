import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';

export type TeamProgress = Wire<'TeamProgress'>;
export type TeamMember = Wire<'TeamMember'>;

export function teamProgressQuery(slug: string) {
  return queryOptions({
    queryKey: ['dataset', slug, 'team-progress'],
    queryFn: () => api.get('/api/datasets/{dataset}/progress/team/', { path: { dataset: slug } }),
  });
}
