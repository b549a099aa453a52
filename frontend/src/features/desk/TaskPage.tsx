import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Editor } from '@/canvas';
import { ErrorNotice } from '@/components/ErrorNotice';
import { LazyPart } from '@/components/LazyPart';
import { Loading } from '@/components/Loading';
import { useDataset } from '@/lib/datasets';
import type { Dataset } from '@/lib/datasets';
import { keyMapOf } from '@/lib/shortcuts';
import { useKeys } from '@/lib/useKeys';
import { taskStoryQuery } from './api/tasks';
import { listStore } from './browse/listStore';
import { goTo } from './browse/selection';
import { wantedOf } from './browse/wanted';
import { TaskActs } from './task/TaskActs';
import { TaskFacts } from './task/TaskFacts';
import { TaskHead } from './task/TaskHead';
import { TaskKeys } from './task/TaskKeys';
import { Timeline } from './task/Timeline';
import { ShownSwitch } from './task/ShownSwitch';
import type { TaskStory } from './task/moments';
import { choicesOf, isSame } from './task/shown';
import type { Shown } from './task/shown';
import { taskShortcuts } from './task/shortcuts';
import { useNeighbours } from './task/useNeighbours';
import classes from './TaskPage.module.css';

const TaskStage = lazy(() => import('./task/TaskStage'));

/** One task whole: its image with every version, what came of it, and how it went. */
export function TaskPage() {
  const { task = '' } = useParams({ strict: false });
  const dataset = useDataset();
  const story = useQuery(taskStoryQuery(task));
  return (
    <div className={classes.page}>
      {story.error && !story.data && (
        <ErrorNotice error={story.error} onRetry={() => void story.refetch()} />
      )}
      {story.isPending && <Loading count={1} height={480} />}
      {story.data && <Story key={task} story={story.data} dataset={dataset} />}
    </div>
  );
}

function Story({ story, dataset }: { story: TaskStory; dataset: Dataset }) {
  const { t } = useTranslation('story');
  const go = useWays(dataset.slug, story.id);
  const choices = choicesOf(story);
  const [picked, setShown] = useState<Shown | null>(null);
  const shown: Shown = picked ?? choices[0] ?? { kind: 'asked' };
  const [editor, setEditor] = useState<Editor | null>(null);
  const [asked, setAsked] = useState(false);
  const shortcuts = taskShortcuts({
    ...go,
    show: () => {
      const place = choices.findIndex((choice) => isSame(choice, shown));
      setShown(choices[(place + 1) % choices.length] ?? null);
    },
    fit: () => editor?.view.fit(),
    help: () => setAsked(true),
  });
  useKeys(asked ? {} : keyMapOf(shortcuts));
  return (
    <>
      <TaskHead story={story} go={go} onKeys={() => setAsked(true)} />
      <div className={classes.middle}>
        <div className={classes.left}>
          <div className={classes.stage} data-dark>
            <LazyPart>
              <TaskStage {...{ story, shown }} labels={dataset.labels} onEditor={setEditor} />
            </LazyPart>
          </div>
          <ShownSwitch {...{ story, choices, shown }} onShow={setShown} />
          <TaskFacts {...{ story, dataset, shown }} />
        </div>
        <div className={classes.right}>
          {story.history.length + story.answers.length > 0 || dataset.role !== 'annotator' ? (
            <Timeline {...{ story, shown }} onShow={setShown} />
          ) : (
            <p className={classes.hidden}>{t('timelineHidden')}</p>
          )}
          <TaskActs story={story} dataset={dataset} onGone={go.back} />
        </div>
      </div>
      {asked && <TaskKeys shortcuts={shortcuts} onClose={() => setAsked(false)} />}
    </>
  );
}

/** The ways to the tasks beside this one, and back to their list. */
function useWays(slug: string, task: string) {
  const navigate = useNavigate();
  const search = useSearch({ from: '/member/shell/datasets/$slug/tasks/$task' });
  const wanted = wantedOf(search);
  const { previous, next } = useNeighbours(slug, wanted, task);
  const open = (id: string | undefined) => {
    if (id === undefined) return undefined;
    const to = '/datasets/$slug/tasks/$task' as const;
    // Back leads to the list, not through all that was looked at.
    return () => {
      const list = listStore(slug, wanted);
      list.setState(({ selection }) => ({ selection: goTo(selection, id) }));
      void navigate({ to, params: { slug, task: id }, search, replace: true });
    };
  };
  const back = useCallback(
    () =>
      void navigate({ to: '/datasets/$slug/data', params: { slug }, search, resetScroll: false }),
    [navigate, slug, search],
  );
  return { previous: open(previous?.id), next: open(next?.id), back };
}
