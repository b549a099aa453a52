import type { Told } from '../api/answers';
import type { Task } from '../api/tasks';

export interface TruthPart {
  readonly name: string;
  /** How many shapes; null of an option. */
  readonly count: number | null;
}

/** What the known answer says beside its verdict: labels with how many shapes, options picked. */
export function partsOf(told: Told, task: Task): TruthPart[] {
  const { spans, accept } = told.truth;
  const counts = new Map<string, number>();
  for (const { label } of spans) counts.set(label, (counts.get(label) ?? 0) + 1);
  const shapes = [...counts].map(([name, count]) => ({ count, name }));
  const texts = new Map(task.options?.map(({ id, text }) => [id, text]));
  return [...shapes, ...accept.map((id) => ({ count: null, name: texts.get(id) ?? String(id) }))];
}
