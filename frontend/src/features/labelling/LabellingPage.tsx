import { useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { datasetQuery } from '@/lib/datasets';
import { Workbench } from './components/Workbench';
import classes from '@/components/bench/frame.module.css';

/** Answers one task after another. */
export default function LabellingPage({ slug }: { slug: string }) {
  const dataset = useQuery(datasetQuery(slug));
  if (dataset.data) return <Workbench dataset={dataset.data} />;
  return (
    <main className={classes.bench}>
      {dataset.error ? (
        <ErrorNotice error={dataset.error} onRetry={() => void dataset.refetch()} />
      ) : (
        <Loading />
      )}
    </main>
  );
}
