import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Editor } from '@/canvas';
import ThreadsPanel from '@/components/threads/ThreadsPanel';
import type { Place } from '@/components/threads/NewThread';
import { openThreadsQuery } from '@/lib/threads';
import type { Thread } from '@/lib/threads';
import type { Task } from '../api/tasks';
import classes from './ReturnNotes.module.css';

const PIN = '#c08bff';

/** What is said about the task on the screen, and which other tasks of mine are spoken of. */
export default function TaskThreads(props: {
  slug: string;
  task: Task;
  editor: Editor;
  onClose: () => void;
}) {
  const { task, editor } = props;
  const picks = task.images[0]?.tile != null;
  const show = ({ id, region }: Thread) => {
    if (!region) return;
    const pin = { ...region, id, type: 'rect', label: '' };
    editor.setLayers([{ id: 'threads', spans: [pin], colour: PIN, dash: [2, 3] }]);
    editor.zoomToShape(id);
  };
  useEffect(() => () => editor.setLayers([]), [editor]);
  const places = (): Place[] => {
    const [chosen] = editor.state.selection;
    const span = editor.getSpans().find(({ id }) => id === chosen);
    if (picks || !span) return [];
    const { x, y, width, height } = span;
    return [{ name: 'object', region: { x, y, width, height } }];
  };
  return (
    <ThreadsPanel
      key={task.id}
      task={task.id}
      shown={null}
      tile={picks ? (task.images[0]?.tile ?? null) : null}
      places={places}
      onShow={show}
      onClose={props.onClose}
    >
      <Elsewhere slug={props.slug} task={task.id} />
    </ThreadsPanel>
  );
}

function Elsewhere({ slug, task }: { slug: string; task: string }) {
  const { t } = useTranslation('threads');
  const { data = [] } = useQuery(openThreadsQuery(slug));
  const others = data.filter((thread) => thread.task !== task);
  if (others.length === 0) return null;
  return (
    <section>
      <h3>{t('elsewhere')}</h3>
      <ul className={classes.list}>
        {others.map(({ id, comments }) => (
          <li key={id}>
            <Link to="/threads/$thread" params={{ thread: id }}>
              {comments.at(-1)?.text ?? t('deleted')}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
