import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openThread } from '@/lib/threads';
import type { PersonToCall, Region, Thread } from '@/lib/threads';
import { CommentForm } from './CommentForm';
import classes from './threads.module.css';

/** A place in the image that a thread can be about. */
export interface Place {
  readonly name: 'object' | 'view';
  readonly region: Region;
}

/** The first word of a new thread, and which place it is about. */
export function NewThread(props: {
  task: string;
  people: readonly PersonToCall[];
  places: () => readonly Place[];
  tile: string | null;
  focused: boolean;
  onOpened: (thread: Promise<Thread>) => void;
}) {
  const { t } = useTranslation('threads');
  const { task, people, places, tile, focused } = props;
  const choices = places();
  const [chosen, setChosen] = useState<Place['name'] | 'task'>(choices[0]?.name ?? 'task');
  const called = people.filter(({ side }) => side === 'annotator').map(({ word }) => `@${word}`);
  return (
    <CommentForm
      {...{ people, focused, label: t('new'), send: t('begin') }}
      onSend={(said, key) => {
        // Where one looks is where one looks now.
        const region = places().find(({ name }) => name === chosen)?.region ?? null;
        return openThread(task, { ...said, region, tile }, key);
      }}
      onSent={(thread) => props.onOpened(Promise.resolve(thread))}
    >
      <p className={classes.seen}>
        {called.length > 0 ? t('seenByReviewers', { who: called.join(', ') }) : t('seenHere')}
      </p>
      {choices.length > 0 && (
        <label className={classes.place}>
          {t('about')}{' '}
          <select
            value={chosen}
            onChange={(event) => setChosen(event.target.value as Place['name'] | 'task')}
          >
            {[...choices.map(({ name }) => name), 'task' as const].map((name) => (
              <option key={name} value={name}>
                {t(`place.${name}`)}
              </option>
            ))}
          </select>
        </label>
      )}
    </CommentForm>
  );
}
