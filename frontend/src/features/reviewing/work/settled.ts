import type { Conflict, Decision, ReviewTask } from '../api/reviews';
import type { Decided } from './proposal';

/**
 * What a decision says of other conflicts, too. Whoever says in whose way several objects are drawn,
 * as one box or apart, has said of each whether it is there; of one that is not, nothing else is
 * left to say.
 */
export function settledBy(
  task: ReviewTask,
  conflict: Conflict,
  decision: Decision,
  decided: Decided,
): Decision[] {
  const { version } = decision;
  if (conflict.kind !== 'group' || decision.action !== 'version' || version == null) return [];
  const several = (conflict.params.objects ?? []) as number[];
  return task.conflicts
    .filter((other) => other.id !== conflict.id && !decided.has(other.id))
    .filter(({ object, kind }) => {
      if (object === null || ![conflict.object, ...several].includes(object)) return false;
      const drew = task.merge.objects[object]?.members.some((each) => each.version === version);
      return !drew || kind === 'existence' || kind === 'group';
    })
    .map(({ id }) => ({ conflict: id, action: 'version', version }));
}
