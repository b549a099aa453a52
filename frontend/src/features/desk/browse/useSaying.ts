import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { may } from '@/lib/datasets';
import type { Dataset } from '@/lib/datasets';
import { placeOfDigit } from '@/lib/digits';
import { notify } from '@/lib/notify';
import type { Act, On } from '../api/acts';
import type { ListStore } from './listStore';
import { Outbox } from './say';
import type { Batch, Saying } from './say';
import { choose, drop, inHand } from './selection';

type Run = (act: Act, on: On, count: number) => Promise<void>;

/** Whether images can be answered where they stand beside one another. */
export function canSay(dataset: Dataset): boolean {
  const kinds: readonly string[] = ['classification', 'choice'];
  return kinds.includes(dataset.interface) && may(dataset, 'label');
}

/** Says by keys what the selected images are; the tiles show it at once. */
export function useSaying(dataset: Dataset, store: ListStore, run: Run) {
  const { t } = useTranslation('browse');
  const outbox = useMemo(() => outboxOf(store, run), [store, run]);
  useEffect(() => {
    const leave = () => {
      outbox.flush();
    };
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [outbox]);
  const say = (answer: Saying['answer'], option?: { id: number | string; text: string }) => {
    const { selection } = store.getState();
    if (selection.all) {
      void notify(t('say.notAll'));
      return;
    }
    const tasks = inHand(selection);
    if (tasks.length === 0) return;
    // What is selected next is another lot.
    store.setState({ selection: drop(selection) });
    const accept = option && { accept: [option.id] };
    const text = option?.text ?? t(`say.${answer}`);
    outbox.say({ tasks, saying: { act: 'answer', answer, ...accept }, text });
  };
  const options = dataset.options;
  const option = (place: number): boolean => {
    const chosen = options[place];
    if (chosen) say('accept', chosen);
    return chosen !== undefined;
  };
  return {
    option,
    /** What was said last is in hand again, to say something else of it. */
    undo: (): boolean => {
      const back = outbox.undo();
      if (back) store.setState(({ selection }) => ({ selection: choose(selection, back.tasks) }));
      return back !== undefined;
    },
    accept: options.length === 0 ? () => say('accept') : undefined,
    reject: () => say('reject'),
    ignore: () => say('ignore'),
    digit: (event: KeyboardEvent): boolean => {
      const place = placeOfDigit(event);
      return place !== null && option(place);
    },
  };
}

/** The tiles show what is held and what is on its way, until their rows say it. */
function outboxOf(store: ListStore, run: Run): Outbox {
  const sent = new Map<string, string>();
  let held: readonly Batch[] = [];
  const show = () => {
    const waiting = held.flatMap(({ tasks, text }) => tasks.map((task) => [task, text] as const));
    store.setState({ said: new Map([...sent, ...waiting]), held: waiting.length });
  };
  const deliver = ({ tasks, saying, text }: Batch) => {
    for (const task of tasks) sent.set(task, text);
    show();
    void run(saying, { tasks }, tasks.length).then(() => {
      for (const task of tasks) sent.delete(task);
      show();
    });
  };
  return new Outbox(deliver, (batches) => {
    held = batches;
    show();
  });
}
