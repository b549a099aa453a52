import type { LayerInput, Span } from '@/canvas';
import { strokeOf } from '@/lib/strokes';
import type { Change, Saved, TaskStory } from './moments';

/** What of a task is drawn over its image. */
export type Shown =
  | { readonly kind: 'asked' | 'final' | 'merged' | 'all' }
  | { readonly kind: 'saved'; readonly version: string; readonly revision: number };

/** What can be looked at, the most settled first. */
export function choicesOf(story: TaskStory): Shown[] {
  const versions = story.answers.map(({ version, head, revisions }): Shown => {
    const newest = head ?? revisions.at(-1)?.revision ?? 1;
    return { kind: 'saved', version, revision: newest };
  });
  return [
    ...(story.final ? [{ kind: 'final' } as const] : []),
    ...(story.merge && story.answers.length > 1 ? [{ kind: 'merged' } as const] : []),
    ...(versions.length > 1 ? [{ kind: 'all' } as const] : []),
    ...versions,
    ...(story.spans.length > 0 || versions.length + Number(story.final !== null) === 0
      ? [{ kind: 'asked' } as const]
      : []),
  ];
}

export function isSame(one: Shown, other: Shown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The answer that was saved so, if it is still there. */
export function savedOf(story: TaskStory, shown: Shown): Saved | undefined {
  if (shown.kind !== 'saved') return undefined;
  const answer = story.answers.find(({ version }) => version === shown.version);
  const revision = answer?.revisions.find((each) => each.revision === shown.revision);
  return answer && revision && { version: answer.version, user: answer.user, revision };
}

/** Verdict and chosen options of what is shown; null where there are none. */
export function saidIn(story: TaskStory, shown: Shown) {
  if (shown.kind === 'final') return story.final;
  if (shown.kind === 'merged') return story.merge;
  return savedOf(story, shown)?.revision ?? null;
}

/** What lies over the image. Of a corrected answer also, dashed and faded, how it was before. */
export function layersOf(story: TaskStory, shown: Shown): LayerInput[] {
  if (shown.kind === 'asked') return [{ id: 'asked', spans: story.spans }];
  if (shown.kind === 'final') return [{ id: 'final', spans: story.final?.spans ?? [] }];
  if (shown.kind === 'merged') return [{ id: 'merged', spans: mergedSpans(story) }];
  if (shown.kind === 'all') return allHeads(story);
  const saved = savedOf(story, shown);
  if (!saved) return [];
  const before = beforeOf(saved.revision.changed ?? []);
  return [
    ...(before.length > 0
      ? [{ id: 'before', spans: before, colour: '#ffffff', dash: [3, 4], faded: true }]
      : []),
    { id: saved.version, spans: saved.revision.spans },
  ];
}

function mergedSpans({ merge }: TaskStory): Span[] {
  return (merge?.objects ?? []).map(({ span, label }) => ({ ...span, label: label ?? '?' }));
}

function allHeads({ answers }: TaskStory): LayerInput[] {
  return answers.map(({ version, head, revisions }) => ({
    id: version,
    name: version,
    spans: revisions.find(({ revision }) => revision === head)?.spans ?? [],
    ...strokeOf(version),
  }));
}

/** The shapes that a change moved or took away. */
function beforeOf(changes: readonly Change[]): Span[] {
  return changes
    .filter(({ kind }) => kind === 'moved' || kind === 'removed')
    .map(({ before }) => before as Span);
}
