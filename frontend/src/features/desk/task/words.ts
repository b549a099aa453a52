import type { TFunction } from 'i18next';
import { hasLabels } from '@/lib/datasets';
import type { Change, Named, TaskStory } from './moments';

type T = TFunction<'story'>;
type Chosen = readonly (number | string)[];

/** What to call who did something: a name, a letter, or what else is known. */
export function nameOf(person: Named | null, t: T): string {
  return person?.name ?? t('somebody');
}

/** Differences in words; what happened several times is said once, with the number. */
export function changesInWords(changes: readonly Change[], story: TaskStory, t: T): string[] {
  const counts = new Map<string, number>();
  for (const change of changes) {
    const words = changeInWords(change, story, t);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([change, count]) =>
    count === 1 ? change : t('change.times', { change, count }),
  );
}

function changeInWords({ kind, before, after }: Change, story: TaskStory, t: T): string {
  if (kind === 'answer') {
    const [was, is] = [before, after].map((verdict) => t(`verdict.${verdict as 'accept'}`));
    return t('change.answer', { before: was, after: is });
  }
  if (kind === 'chosen') {
    const [was, is] = [before, after].map((ids) => optionTexts(ids as Chosen, story, t));
    return t('change.chosen', { before: was, after: is });
  }
  if (kind === 'relabelled')
    return t('change.relabelled', { before: labelOf(before), after: labelOf(after) });
  return t(`change.${kind}`, { label: labelOf(before ?? after) });
}

function labelOf(span: unknown): string {
  return (span as { label?: string | null } | null)?.label ?? '?';
}

/** The texts of chosen options; of images to pick among, their numbers. */
export function optionTexts(chosen: Chosen, story: TaskStory, t: T): string {
  const texts = chosen.map((id) => {
    const place = story.images.findIndex(({ tile }) => tile !== null && tile === id);
    const option = story.options?.find((each) => each.id === id);
    return place >= 0 ? `${t('untitled')} ${place + 1}` : (option?.text ?? String(id));
  });
  return texts.join(', ') || t('nothing');
}

interface Body {
  answer: 'accept' | 'reject' | 'ignore' | null;
  accept: Chosen | null;
  spans: readonly unknown[];
}

/** An answer in a few words: accept, 3 shapes. */
export function answerInWords({ answer, accept, spans }: Body, story: TaskStory, t: T): string {
  const said = answer === null ? t('nothing') : t(`verdict.${answer}`);
  if (answer !== 'accept') return said;
  if (story.options && story.options.length > 0)
    return t('options', { options: optionTexts(accept ?? [], story, t) });
  return hasLabels(story.dataset.interface)
    ? `${said}, ${t('shapes', { count: spans.length })}`
    : said;
}
