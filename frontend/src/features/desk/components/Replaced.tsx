import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ago } from '@/lib/format';
import { taskStoryQuery } from '../api/tasks';

/** In the place of what the image of a task came, if it did; facts of a list. */
export function Replaced({ task }: { task: string }) {
  const { t, i18n } = useTranslation('desk');
  const story = useQuery(taskStoryQuery(task));
  const told = story.data?.history.findLast(({ kind }) => kind === 'task.asked_anew');
  if (!told) return null;
  const when = ago(told.at, i18n.language);
  return (
    <>
      <dt>{t('replaced.term')}</dt>
      <dd>
        {told.actor
          ? t('replaced.by', { when, name: told.actor.name })
          : t('replaced.when', { when })}
        {'. '}
        <KeptAnswers task={String(told.data.instead_of)} />
      </dd>
    </>
  );
}

/** A task on which nobody had worked is not there any more. */
function KeptAnswers({ task }: { task: string }) {
  const { t } = useTranslation('desk');
  const before = useQuery(taskStoryQuery(task));
  if (!before.data) return null;
  return t('replaced.kept', { count: before.data.answers.length });
}
