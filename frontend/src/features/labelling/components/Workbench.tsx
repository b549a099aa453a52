import type { Dataset } from '@/lib/datasets';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import type { WorkState } from '../work/state';
import type { Work } from '../work/store';
import { useWork } from '../work/useWork';
import { NoTask } from './NoTask';
import { TaskBench } from './TaskBench';
import { TopBar } from './TopBar';
import classes from '@/components/bench/frame.module.css';

/** The whole labelling page of one dataset. */
export function Workbench({ dataset }: { dataset: Dataset }) {
  const [work, state] = useWork(dataset.slug);
  return (
    <main className={classes.bench} data-dark>
      <TopBar dataset={dataset} work={work} state={state} />
      <Middle dataset={dataset} work={work} state={state} />
    </main>
  );
}

function Middle({ dataset, work, state }: { dataset: Dataset; work: Work; state: WorkState }) {
  const [task] = state.tasks;
  if (task) return <TaskBench key={dataset.id} {...{ dataset, work, state, task }} />;
  if (state.error) {
    return (
      <div className={classes.notice}>
        <ErrorNotice error={state.error} onRetry={() => void work.refill()} />
      </div>
    );
  }
  if (state.reason) return <NoTask dataset={dataset} work={work} reason={state.reason} />;
  return (
    <div className={classes.notice}>
      <Loading count={1} height={320} />
    </div>
  );
}
