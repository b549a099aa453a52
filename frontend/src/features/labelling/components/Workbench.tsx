import { lazy } from 'react';
import { LazyPart } from '@/components/LazyPart';
import type { Dataset } from '@/lib/datasets';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import type { WorkState } from '../work/state';
import type { Work } from '../work/store';
import { useWork } from '../work/useWork';
import { NoTask } from './NoTask';
import { TaskBench } from './TaskBench';
import { TopBar } from './TopBar';
import { useSides } from '@/components/bench/useSides';
import type { Sides } from '@/components/bench/useSides';
import classes from '@/components/bench/frame.module.css';

const ToldNote = lazy(() => import('./ToldNote'));
const GoneNote = lazy(() => import('./GoneNote'));
const GuidelinePanel = lazy(() => import('@/components/guideline/GuidelinePanel'));
const HistoryPanel = lazy(() => import('./history/HistoryPanel'));

/** The whole labelling page of one dataset. */
export function Workbench({ dataset }: { dataset: Dataset }) {
  const [work, state] = useWork(dataset.slug);
  const [task] = state.tasks;
  const sides = useSides('guideline', 'history', 'threads');
  return (
    <main
      className={classes.bench}
      data-dark
      data-beside={sides.open !== null && (sides.open !== 'threads' || task !== undefined)}
    >
      <TopBar dataset={dataset} work={work} state={state} sides={sides} />
      <Middle dataset={dataset} work={work} state={state} sides={sides} />
      {state.told && (
        <LazyPart>
          <ToldNote
            told={state.told}
            draws={dataset.interface === 'image_manual'}
            onClose={work.forgetTold}
          />
        </LazyPart>
      )}
      {state.gone !== null && (
        <LazyPart>
          <GoneNote name={state.gone} onClose={work.forgetTold} />
        </LazyPart>
      )}
      {sides.open && sides.open !== 'threads' && (
        <LazyPart>
          {sides.open === 'guideline' ? (
            <GuidelinePanel dataset={dataset} onClose={sides.close} />
          ) : (
            <HistoryPanel slug={dataset.slug} {...{ work, state }} onClose={sides.close} />
          )}
        </LazyPart>
      )}
    </main>
  );
}

interface Parts {
  dataset: Dataset;
  work: Work;
  state: WorkState;
  sides: Sides;
}

function Middle({ dataset, work, state, sides }: Parts) {
  const [task] = state.tasks;
  if (task) {
    return <TaskBench key={dataset.id} {...{ dataset, work, state, task, sides }} />;
  }
  if (state.error) {
    return (
      <div className={classes.notice}>
        <ErrorNotice error={state.error} onRetry={() => void work.refill()} />
      </div>
    );
  }
  if (state.reason)
    return <NoTask {...{ dataset, work, state }} reason={state.reason} beside={sides.acts} />;
  return (
    <div className={classes.notice}>
      <Loading count={1} height={320} />
    </div>
  );
}
