import type { Conflict, Decision, ReviewTask } from '../api/reviews';
import { objectOf } from './proposal';

export type Fault = NonNullable<Decision['fault']>;
export type Region = NonNullable<Decision['region']>;

/** What can be wrong, in the order of the digits. */
export const FAULTS = ['label', 'missing', 'loose', 'extra', 'guideline'] as const;

const USUAL: Partial<Record<Conflict['kind'], Fault>> = {
  label: 'label',
  extent: 'loose',
  existence: 'extra',
  duplicate: 'extra',
};

/** What is most likely meant before anything is said; null where nothing is likely. */
export function usualFault(conflict: Conflict | undefined): Fault | null {
  return (conflict && USUAL[conflict.kind]) ?? null;
}

/**
 * Whose answers the fault is in, as far as the conflict tells, by their letters: who drew the object
 * or, where something is missing, who did not; of a wrong label those who gave another than the
 * merge has. Everybody whose answer counts where that names nobody.
 */
export function authorsOf(
  task: ReviewTask,
  conflict: Conflict | undefined,
  fault: Fault | null,
): string[] {
  const everybody = task.versions.filter(({ late }) => !late);
  const object = objectOf(task, conflict);
  const keys = (versions: readonly ReviewTask['versions'][number][]) =>
    versions.map(({ key }) => key);
  if (!object) return keys(everybody);
  const label = (key: string) => {
    const member = object.members.find(({ version }) => version === key);
    const version = task.versions.find((each) => each.key === key);
    return version?.spans.find(({ id }) => id === member?.span_id)?.label;
  };
  const drew = everybody.filter(({ key }) => object.members.some(({ version }) => version === key));
  const others = drew.filter(({ key }) => object.label !== null && label(key) !== object.label);
  const meant =
    fault === 'missing'
      ? everybody.filter((version) => !drew.includes(version))
      : fault === 'label' && others.length > 0
        ? others
        : drew;
  return keys(meant.length > 0 ? meant : everybody);
}

/** What is sent: a remark for everybody, or one for each of those that are named. */
export function returnDecisions(
  task: ReviewTask,
  conflict: Conflict | undefined,
  what: { fault: Fault; words: string; to: readonly string[]; region: Region | null },
): Decision[] {
  const all = task.versions.filter(({ late }) => !late).every(({ key }) => what.to.includes(key));
  const versions = all ? [null] : what.to;
  return versions.map((version) => ({
    conflict: conflict?.id ?? null,
    action: 'send_back',
    version,
    fault: what.fault,
    reason: what.words,
    region: what.region,
  }));
}
