import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';

export type ReviewTask = Wire<'ReviewTask'>;
export type Conflict = Wire<'Conflict'>;
export type Choice = Wire<'Choice'>;
export type MergedObject = Wire<'MergedObject'>;
export type Decision = Wire<'DecisionRequest'>;
export type NoReview = Wire<'NoWork'>;

export function nextReviews(slug: string, count: number) {
  return api.post('/api/datasets/{dataset}/review/next/', {
    path: { dataset: slug },
    body: { count },
  });
}

export function sendDecisions(
  task: Pick<ReviewTask, 'id' | 'version' | 'lease'>,
  decisions: readonly Decision[],
  final: boolean,
) {
  return api.post('/api/tasks/{task}/decisions/', {
    path: { task: task.id },
    ifMatch: task.version,
    body: { lease: task.lease, decisions, final },
  });
}
