import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import frame from '@/components/bench/frame.module.css';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { datasetQuery, may } from '@/lib/datasets';
import { threadQuery } from '@/lib/threads';
import { ThreadBench } from './ThreadBench';
import { subjectQuery } from './subject';

/** Where the link of a thread leads: to the review for who decides the task, else to a look at it. */
export default function ThreadPage({ id, looks }: { id: string; looks: boolean }) {
  const thread = useQuery(threadQuery(id));
  const slug = thread.data?.dataset;
  const dataset = useQuery({ ...datasetQuery(slug ?? ''), enabled: slug !== undefined });
  const reviews = dataset.data !== undefined && may(dataset.data, 'review');
  const task = thread.data?.task;
  const subject = useQuery({
    ...subjectQuery(task ?? '', !reviews),
    enabled: task !== undefined && dataset.isSuccess && (looks || !reviews),
  });
  if (reviews && !looks && slug !== undefined)
    return <Navigate to="/review/$slug" params={{ slug }} search={{ thread: id }} replace />;
  if (thread.data && dataset.data && subject.data) {
    return (
      <ThreadBench {...{ thread: thread.data, dataset: dataset.data, subject: subject.data }} />
    );
  }
  const failed = [thread, dataset, subject].find(({ error }) => error !== null);
  return (
    <main className={frame.notice}>
      {failed ? (
        <ErrorNotice error={failed.error} onRetry={() => void failed.refetch()} />
      ) : (
        <Loading count={1} height={320} />
      )}
    </main>
  );
}
