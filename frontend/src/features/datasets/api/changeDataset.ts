import type { Dataset, Option, Overlap, ReviewPolicy } from '@/lib/datasets';
import { send } from '@/lib/http';

export interface DatasetChange {
  name?: string;
  description?: string;
  question?: string;
  options?: Option[];
  choice_style?: 'single' | 'multiple';
  auto_accept?: boolean;
  overlap?: Overlap;
  review_policy?: ReviewPolicy;
}

/** Changes settings on top of the version that was read; 412 where somebody else was faster. */
export function changeDataset(dataset: Dataset, body: DatasetChange): Promise<Dataset> {
  return send('PATCH', `/api/datasets/${dataset.slug}/`, {
    body,
    ifMatch: dataset.config_version,
  });
}
