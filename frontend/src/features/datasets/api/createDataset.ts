import type { Dataset, Interface, Option, Overlap, ReviewPolicy } from '@/lib/datasets';
import { send } from '@/lib/http';

export interface NewDataset {
  name: string;
  description: string;
  interface: Interface;
  labels: { name: string; colour: string; key: string }[];
  options: Option[];
  question: string;
  choice_style: 'single' | 'multiple';
  auto_accept: boolean;
  overlap: Overlap;
  review_policy: ReviewPolicy;
}

export function createDataset(body: NewDataset): Promise<Dataset> {
  return send('POST', '/api/datasets/', { body });
}
