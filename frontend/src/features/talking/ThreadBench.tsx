import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Editor } from '@/canvas';
import { AnnotationCanvas } from '@/canvas-react';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';
import { Up } from '@/components/bench/Up';
import ThreadsPanel from '@/components/threads/ThreadsPanel';
import { may } from '@/lib/datasets';
import type { Dataset } from '@/lib/datasets';
import { notify, notifyError } from '@/lib/notify';
import { nextThread, openThreadsQuery } from '@/lib/threads';
import type { Thread } from '@/lib/threads';
import { useKeys } from '@/lib/useKeys';
import type { Subject } from './subject';

const PIN = '#c08bff';

/** A look at what a thread is about, zoomed to its place, with the thread beside it. */
export function ThreadBench(props: { thread: Thread; dataset: Dataset; subject: Subject }) {
  const { t } = useTranslation('threads');
  const { thread, dataset, subject } = props;
  const { slug } = dataset;
  const image = subject.images.find(({ tile }) => tile === thread.tile) ?? subject.images[0];
  const editor = useLook(thread, dataset, subject, image);
  const navigate = useNavigate();
  useKeys({ 'Shift+m': useNext(slug, thread.id), f: () => editor.view.fit() });
  const reviews = may(dataset, 'review');
  return (
    <main className={frame.bench} data-dark data-beside>
      <header className={frame.top}>
        <Up dataset={dataset} />
        <span className={frame.counts}>
          {[image?.name, subject.drawn && t(subject.drawn)].filter(Boolean).join(' · ')}
        </span>
      </header>
      <div className={frame.middle} data-alone="true">
        <div className={frame.stage}>
          {image && (
            <AnnotationCanvas
              editor={editor}
              image={image}
              label={t('image', { name: image.name })}
              onReady={() => editor.zoomToShape(thread.id)}
            />
          )}
        </div>
      </div>
      <footer className={controls.bar}>
        <Link
          to={reviews ? '/review/$slug' : '/label/$slug'}
          params={{ slug }}
          className={controls.action}
        >
          {t(reviews ? 'backToReview' : 'backToLabelling')}
        </Link>
      </footer>
      <ThreadsPanel
        task={thread.task}
        shown={thread.id}
        tile={thread.tile}
        places={() => []}
        onShow={({ id }) => {
          if (id === thread.id) editor.zoomToShape(id);
          else void navigate({ to: '/threads/$thread', params: { thread: id } });
        }}
        onClose={() => void navigate({ to: '/' })}
      />
    </main>
  );
}

function useLook(
  thread: Thread,
  dataset: Dataset,
  subject: Subject,
  image: Subject['images'][number] | undefined,
): Editor {
  const editor = useMemo(
    () =>
      new Editor({
        image: image ?? { width: 1, height: 1 },
        labels: dataset.labels,
        tool: 'select',
        readOnly: true,
      }),
    [image, dataset.labels],
  );
  useEffect(() => {
    const { id, region } = thread;
    const pin = region ? [{ ...region, id, type: 'rect', label: '' }] : [];
    editor.setLayers([
      { id: 'drawn', spans: subject.spans },
      { id: 'threads', spans: pin, colour: PIN, dash: [2, 3] },
    ]);
  }, [editor, thread, subject]);
  return editor;
}

/** Leads to the next open thread that I see. */
function useNext(slug: string, shown: string): () => void {
  const { t } = useTranslation('threads');
  const client = useQueryClient();
  const navigate = useNavigate();
  const go = async () => {
    const next = nextThread(await client.fetchQuery(openThreadsQuery(slug)), shown, undefined);
    if (next && next.id !== shown)
      await navigate({ to: '/threads/$thread', params: { thread: next.id } });
    else await notify(t('none'));
  };
  return () => void go().catch(notifyError);
}
