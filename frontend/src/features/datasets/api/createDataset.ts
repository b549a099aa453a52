import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';

type Asked = Wire<'CreateDatasetRequest'>;

export type NewDataset = Required<Omit<Asked, 'slug' | 'labels'>> & {
  labels: { name: string; colour: string; key: string }[];
};

export function createDataset(body: NewDataset) {
  return api.post('/api/datasets/', { body });
}
