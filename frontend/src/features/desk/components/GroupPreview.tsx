import { useQuery } from '@tanstack/react-query';
import TileGrid from '@/components/bench/TileGrid';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { taskStoryQuery } from '../api/tasks';
import classes from './TaskPreview.module.css';

/** The images that people pick among, and what was picked so far. */
export default function GroupPreview({ task }: { task: string }) {
  const story = useQuery(taskStoryQuery(task));
  if (story.error) return <ErrorNotice error={story.error} onRetry={() => void story.refetch()} />;
  if (!story.data) return <Loading count={1} height={320} />;
  const { question, images, final, merge } = story.data;
  return (
    <div className={classes.group}>
      <TileGrid question={question} images={images} picked={final?.accept ?? merge?.accept ?? []} />
    </div>
  );
}
