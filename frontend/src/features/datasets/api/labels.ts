import { api } from '@/lib/api';
import type { Dataset } from '@/lib/datasets';
import type { Wire } from '@/lib/wire';

export function addLabel({ slug }: Dataset, body: Wire<'LabelRequest'>) {
  return api.post('/api/datasets/{dataset}/labels/', { path: { dataset: slug }, body });
}

export function changeLabel({ slug }: Dataset, label: string, body: Wire<'ChangeLabelRequest'>) {
  return api.patch('/api/datasets/{dataset}/labels/{label}/', {
    path: { dataset: slug, label },
    body,
  });
}
