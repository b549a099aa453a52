import { useQuery } from '@tanstack/react-query';
import { lazy, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Editor, LayerInput, Rect, Size } from '@/canvas';
import controls from '@/components/bench/controls.module.css';
import { Icon } from '@/components/Icon';
import { LazyPart } from '@/components/LazyPart';
import type { Place } from '@/components/threads/NewThread';
import { taskThreadsQuery } from '@/lib/threads';
import type { Thread } from '@/lib/threads';
import type { Bench, Talk } from '../work/bench';
import { drawnPlace } from '../work/bench';
import { glide } from '../work/glide';
import { pinsOf } from '../work/pins';
import { objectOf } from '../work/proposal';

const ThreadsPanel = lazy(() => import('@/components/threads/ThreadsPanel'));

/** How many threads there are, and the way to them. */
export function TalkLine({ task, talk }: { task: string; talk: Talk }) {
  const { t } = useTranslation('reviewing');
  const { data } = useQuery(taskThreadsQuery(task));
  const count = data ? { open: data.open, resolved: data.resolved } : { open: 0, resolved: 0 };
  const said = count.resolved > 0 ? 'all' : count.open > 0 ? 'open' : 'none';
  return (
    <button
      type="button"
      className={controls.option}
      title={t('threads.title')}
      aria-pressed={talk.open}
      onMouseDown={(event) => {
        event.preventDefault();
      }}
      onClick={talk.toggle}
    >
      <Icon name="talk" />
      <span className={controls.grow}>
        {said === 'none'
          ? t('threads.none')
          : `${t('threads.none')}: ${t(`threads.${said}`, count)}`}
      </span>
      <kbd>M</kbd>
    </button>
  );
}

/** What the next decision will cite. */
export function CitedLine({ state, task, conflict }: Bench) {
  const { t } = useTranslation('reviewing');
  const { cited } = state;
  if (cited?.about !== (conflict?.id ?? task.id)) return null;
  return <p role="status">{t('cite.cited', { paragraph: cited.paragraph })}</p>;
}

/** The threads of the task beside it; a link to one looks at its place. */
export function TaskTalk(bench: Bench) {
  const { editor, task, state, talk } = bench;
  const { shown } = talk;
  if (!talk.open) return null;
  return (
    <LazyPart>
      <ThreadsPanel
        key={task.id}
        task={task.id}
        shown={shown?.id ?? null}
        names={state.names}
        tile={task.interface === 'image_choice' ? (task.images[0]?.tile ?? null) : null}
        places={() => placesIn(bench)}
        onShow={(thread) => lookAt(editor, thread)}
        onClose={talk.toggle}
      />
    </LazyPart>
  );
}

/** Looks at the place of the thread that a link led to; after what else moves the view. */
export function useThreadInView(editor: Editor, shown: Thread | null): () => void {
  useEffect(() => {
    if (shown) lookAt(editor, shown);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each that is led to
  }, [editor, shown?.id]);
  // A canvas that was not measured yet could not be moved.
  return () => {
    if (shown) lookAt(editor, shown);
  };
}

function lookAt(editor: Editor, { id, region }: Thread): void {
  if (region) glide(editor, () => editor.zoomToShape(id));
}

/** What a thread can be about: the object in question or the shape selected, or what is looked at. */
function placesIn(bench: Bench): Place[] {
  const { task, conflict, editor } = bench;
  if (task.interface === 'image_choice') return [];
  const object = objectOf(task, conflict)?.span ?? drawnPlace(bench);
  const { viewport } = editor.state;
  const view: Place = { name: 'view', region: within(viewport.visible(), viewport.image) };
  if (!object) return viewport.fits ? [] : [view];
  const { x, y, width, height } = object;
  return [{ name: 'object', region: { x, y, width, height } }, view];
}

function within(seen: Rect, image: Size): Rect {
  const [x, y] = [Math.max(seen.x, 0), Math.max(seen.y, 0)];
  const right = Math.min(seen.x + seen.width, image.width);
  const bottom = Math.min(seen.y + seen.height, image.height);
  return { x, y, width: right - x, height: bottom - y };
}

/** The places of what is said, as a layer over the image. */
export function usePins(task: string, { shown }: Talk): LayerInput {
  const { data } = useQuery(taskThreadsQuery(task));
  const threads = data?.threads;
  return useMemo(() => pinsOf(threads ?? [], shown), [threads, shown]);
}
