import type { Dataset, Option } from '@/lib/datasets';
import type { OptionId, Response, Suggestion, Task } from '../api/tasks';

/** What the page starts from: my draft if there is one, else what was suggested. */
export function startOf(task: Task): Response {
  return task.draft ?? { spans: task.spans, accept: suggestionFor(task)?.accept ?? [] };
}

/** What a model or a list said of the task last. */
export function suggestionFor(task: Task): Suggestion | undefined {
  return task.suggestions.at(-1);
}

/** Whether a second pick replaces the first; images are each picked for themselves. */
export function styleOf(dataset: Pick<Dataset, 'interface' | 'choice_style'>) {
  return dataset.interface === 'image_choice' ? 'multiple' : dataset.choice_style;
}

/** Picks or drops an option (1 and "1" are two); a single choice replaces the one before. */
export function toggled(
  chosen: readonly OptionId[],
  option: OptionId,
  style: 'single' | 'multiple',
): OptionId[] {
  if (chosen.includes(option)) {
    return chosen.filter((each) => each !== option);
  }
  return style === 'single' ? [option] : [...chosen, option];
}

export function optionAt(options: readonly Option[] | null, place: number): OptionId | undefined {
  return options?.[place]?.id;
}
