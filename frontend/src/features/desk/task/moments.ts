import type { Wire } from '@/lib/wire';

export type TaskStory = Wire<'TaskStory'>;
export type Named = Wire<'Named'>;
export type Change = Wire<'AnswerChange'>;
export type Decision = Wire<'Decision'>;
export type Happening = Wire<'Happening'>;

/** One answer as it was saved once. */
export interface Saved {
  readonly version: string;
  readonly user: Named | null;
  readonly revision: Wire<'Revision'>;
}

/** One entry of a task's timeline. */
export type Moment = { readonly at: string } & (
  | { readonly kind: 'made'; readonly origin: TaskStory['origin'] }
  | ({ readonly kind: 'answered' } & Saved)
  | { readonly kind: 'merged'; readonly merge: Wire<'Merge'> }
  | { readonly kind: 'disputed'; readonly disputes: readonly Wire<'ConflictOnce'>[] }
  | { readonly kind: 'decided'; readonly decision: Decision }
  | { readonly kind: 'returned'; readonly remark: Wire<'Returned'> }
  | { readonly kind: 'final'; readonly final: TaskStory['final'] }
  | { readonly kind: 'second'; readonly look: Wire<'SecondLook'> }
  | { readonly kind: 'exported'; readonly export: Wire<'Exported'> }
  | { readonly kind: 'held'; readonly by: Named | null }
  | { readonly kind: 'happened'; readonly event: Happening }
);

/** Events that stand in the timeline with more about them, or that the next entry says anyway. */
const TOLD_BETTER = new Set([
  'answer.created',
  'answer.updated',
  'decision.made',
  'task.sent_back',
  'task.looked_at_again',
  'thread.opened',
  'comment.edited',
]);

/** All that happened to a task, as far as its reader may know, the first first. */
export function momentsOf(story: TaskStory): Moment[] {
  const moments: Moment[] = [
    { at: story.created_at, kind: 'made', origin: story.origin },
    ...story.answers.flatMap(({ version, user, revisions }) =>
      revisions.map((revision): Moment => ({
        at: revision.created_at,
        kind: 'answered',
        version,
        user,
        revision,
      })),
    ),
    ...merged(story),
    ...disputed(story.disputes),
    ...story.decisions
      .filter(({ action }) => action !== 'send_back')
      .map((decision): Moment => ({ at: decision.at, kind: 'decided', decision })),
    ...story.returns.map((remark): Moment => ({ at: remark.at, kind: 'returned', remark })),
    ...story.history.flatMap((event) => happened(event, story)),
    ...(story.second_look
      ? [{ at: story.second_look.at, kind: 'second', look: story.second_look } as const]
      : []),
    ...story.exports.map((each): Moment => ({ at: each.at, kind: 'exported', export: each })),
    ...story.held.map(({ at, by }): Moment => ({ at, kind: 'held', by })),
  ];
  if (story.history.length === 0 && story.final)
    moments.push({ at: story.final.at, kind: 'final', final: story.final });
  return inOrder(moments);
}

/** What the answers came to, once there are several. */
function merged({ merge, merged_at, answers }: TaskStory): Moment[] {
  return merge && merged_at && answers.length > 1 ? [{ at: merged_at, kind: 'merged', merge }] : [];
}

/** Conflicts that one merge found stand together. */
function disputed(disputes: TaskStory['disputes']): Moment[] {
  const found: { at: string; kind: 'disputed'; disputes: Wire<'ConflictOnce'>[] }[] = [];
  for (const each of disputes) {
    const last = found.at(-1);
    if (last && isSameMoment(last.at, each.at)) last.disputes.push(each);
    else found.push({ at: each.at, kind: 'disputed', disputes: [each] });
  }
  return found;
}

function happened(event: Happening, story: TaskStory): Moment[] {
  if (TOLD_BETTER.has(event.kind)) return [];
  if (event.kind !== 'task.state') return [{ at: event.at, kind: 'happened', event }];
  if (event.data['to'] !== 'final') return [];
  const newest = story.history.findLast(({ kind, data }) => kind === 'task.state' && data['to']);
  return [{ at: event.at, kind: 'final', final: newest === event ? story.final : null }];
}

/** What is written in one transaction lies a few milliseconds apart. */
function isSameMoment(one: string, other: string): boolean {
  return Math.abs(Date.parse(one) - Date.parse(other)) < 1000;
}

/** Within one second causes come before what they bring about: clocks differ by a little. */
const RANK: Record<Moment['kind'], number> = {
  made: 0,
  answered: 1,
  merged: 2,
  disputed: 3,
  decided: 4,
  returned: 4,
  happened: 4,
  final: 5,
  second: 6,
  exported: 7,
  held: 8,
};

function inOrder(moments: Moment[]): Moment[] {
  const second = ({ at }: Moment) => Math.floor(Date.parse(at) / 1000);
  return moments.sort(
    (a, b) =>
      second(a) - second(b) || RANK[a.kind] - RANK[b.kind] || Date.parse(a.at) - Date.parse(b.at),
  );
}
