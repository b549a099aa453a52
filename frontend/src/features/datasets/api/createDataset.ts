import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';
import type { LabelDraft } from '../names';

type Asked = Wire<'CreateDatasetRequest'>;

export type NewDataset = Required<Omit<Asked, 'slug' | 'labels'>> & {
  labels: LabelDraft[];
};

export function createDataset(body: NewDataset) {
  return api.post('/api/datasets/', { body });
}
