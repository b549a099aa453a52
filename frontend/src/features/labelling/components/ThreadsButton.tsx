import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import controls from '@/components/bench/controls.module.css';
import { Icon } from '@/components/Icon';
import { openThreadsQuery } from '@/lib/threads';

const LOOK_AGAIN = 60_000;

/** Opens what is said about the task; marked while a thread of mine on it is open. */
export function ThreadsButton(props: {
  slug: string;
  task: string | undefined;
  title: string;
  pressed: boolean;
  onClick: () => void;
}) {
  const { t } = useTranslation('labelling');
  const { task, title } = props;
  const { data } = useQuery({ ...openThreadsQuery(props.slug), refetchInterval: LOOK_AGAIN });
  const open = data?.filter((thread) => thread.task === task).length ?? 0;
  const name = open > 0 ? `${title}: ${t('openThreads', { count: open })}` : title;
  return (
    <button
      type="button"
      className={controls.tool}
      data-news={open > 0}
      title={name}
      aria-label={name}
      aria-pressed={props.pressed}
      onMouseDown={(event) => {
        event.preventDefault();
      }}
      onClick={props.onClick}
    >
      <Icon name="talk" />
    </button>
  );
}
