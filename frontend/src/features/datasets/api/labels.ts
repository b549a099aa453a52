import type { Dataset, Label } from '@/lib/datasets';
import { send } from '@/lib/http';

type LabelFields = Pick<Label, 'name' | 'colour' | 'key'>;

export function addLabel(dataset: Dataset, body: LabelFields): Promise<Label> {
  return send('POST', `/api/datasets/${dataset.slug}/labels/`, { body });
}

export function changeLabel(
  dataset: Dataset,
  id: string,
  body: Partial<LabelFields & Pick<Label, 'retired'>>,
): Promise<Label> {
  return send('PATCH', `/api/datasets/${dataset.slug}/labels/${id}/`, { body });
}
