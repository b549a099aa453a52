import type { ReviewTask } from '../api/reviews';
import type { Decided } from './proposal';

type OptionId = ReviewTask['versions'][number]['accept'][number];

/** What is said on a question beside the image as far as decided; null where it is tied. */
export function saidSoFar(task: ReviewTask, decided: Decided, block: string): OptionId[] | null {
  let said = task.merge.attributes[block] ?? null;
  for (const conflict of task.conflicts) {
    const decision = decided.get(conflict.id);
    if (conflict.block !== block || decision?.action !== 'version') continue;
    const version = task.versions.find(({ key }) => key === decision.version);
    const theirs = asList(version?.attributes[block]);
    const { option } = conflict;
    if (option === null) said = theirs;
    else {
      const others = (said ?? []).filter((id) => id !== option);
      said = theirs.includes(option) ? [...others, option] : others;
    }
  }
  return said;
}

function asList(value: unknown): OptionId[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]) as OptionId[];
}

/** What is picked as far as decided: the merge's proposal, with the reviewer's word on each tile. */
export function pickedSoFar(task: ReviewTask, decided: Decided): OptionId[] {
  const picked = new Set(task.merge.accept);
  for (const { id, option } of task.conflicts) {
    const decision = decided.get(id);
    if (option === null) continue;
    if (decision?.action === 'delete') picked.delete(option);
    if (decision?.action !== 'version') continue;
    const version = task.versions.find(({ key }) => key === decision.version);
    if (version?.accept.includes(option)) picked.add(option);
    else picked.delete(option);
  }
  return [...picked];
}
