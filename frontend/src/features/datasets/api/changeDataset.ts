import { api } from '@/lib/api';
import type { Dataset } from '@/lib/datasets';
import type { Wire } from '@/lib/wire';

export type DatasetChange = Wire<'ChangeDatasetRequest'>;

/** Changes settings on top of the version that was read; 412 where somebody else was faster. */
export function changeDataset(dataset: Dataset, body: DatasetChange) {
  return api.patch('/api/datasets/{dataset}/', {
    path: { dataset: dataset.slug },
    ifMatch: dataset.config_version,
    body,
  });
}
