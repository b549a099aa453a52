import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';

/** Makes the first account, an instance admin's; works while nobody has one. */
export function firstRun(body: Wire<'FirstRunRequest'>) {
  return api.post('/api/first-run/', { body });
}
