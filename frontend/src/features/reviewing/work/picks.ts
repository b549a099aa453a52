import type { ReviewTask } from '../api/reviews';
import type { Decided } from './proposal';

type OptionId = ReviewTask['versions'][number]['accept'][number];

/** What is picked as far as decided: the merge's proposal, with the reviewer's word on each tile. */
export function pickedSoFar(task: ReviewTask, decided: Decided): OptionId[] {
  const picked = new Set(task.merge.accept);
  for (const { id, option } of task.conflicts) {
    const decision = decided.get(id);
    if (option === null || decision?.action !== 'version') continue;
    const version = task.versions.find(({ key }) => key === decision.version);
    if (version?.accept.includes(option)) picked.add(option);
    else picked.delete(option);
  }
  return [...picked];
}
