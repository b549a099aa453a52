import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ago } from '@/lib/format';
import { taskStoryQuery } from '../api/tasks';
import type { Wire } from '@/lib/wire';
import classes from './SecondLook.module.css';

type Change = Wire<'AnswerChange'>;

/** What a second reviewer came to, who did not see the first one's decisions. */
export function SecondLook({ task }: { task: string }) {
  const { t, i18n } = useTranslation('desk');
  const story = useQuery(taskStoryQuery(task));
  const look = story.data?.second_look;
  if (!look) return null;
  const who = { name: look.by.name, when: ago(look.at, i18n.language) };
  return (
    <section className={classes.second}>
      <p>
        {t(look.same ? 'second.same' : look.sent_back ? 'second.sentBack' : 'second.differs', who)}
      </p>
      {look.changes.length > 0 && (
        <ul>
          {look.changes.map((change, n) => (
            <li key={n}>{t(`second.${change.kind}`, wordsOf(change))}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function wordsOf({ before, after }: Change) {
  const label = (value: unknown) => (value as { label?: string | null } | null)?.label ?? '?';
  return {
    label: before === null ? label(after) : label(before),
    before: typeof before === 'string' ? before : label(before),
    after: typeof after === 'string' ? after : label(after),
  };
}
