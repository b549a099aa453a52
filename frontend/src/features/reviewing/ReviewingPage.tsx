import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';
import { useSides } from '@/components/bench/useSides';
import { EmptyState } from '@/components/EmptyState';
import { ErrorNotice } from '@/components/ErrorNotice';
import { LazyPart } from '@/components/LazyPart';
import { Loading } from '@/components/Loading';
import { bound, useBindings } from '@/lib/bindings';
import type { Acts } from '@/lib/bindings';
import { datasetQuery } from '@/lib/datasets';
import type { Dataset } from '@/lib/datasets';
import { useKeys } from '@/lib/useKeys';
import type { NoReview } from './api/reviews';
import { ReviewBench } from './components/ReviewBench';
import { ReviewTop } from './components/ReviewTop';
import CiteList from './components/CiteList';
import { useTalk } from './components/useTalk';
import { Reviews } from './work/store';

const GuidelinePanel = lazy(() => import('@/components/guideline/GuidelinePanel'));

const LOOK_AGAIN = 15_000;

/** Settles one conflict after another. */
export default function ReviewingPage({ slug, thread }: { slug: string; thread?: string }) {
  const dataset = useQuery(datasetQuery(slug));
  if (dataset.data) return <Review dataset={dataset.data} wanted={thread} />;
  return (
    <main className={frame.notice}>
      {dataset.error ? (
        <ErrorNotice error={dataset.error} onRetry={() => void dataset.refetch()} />
      ) : (
        <Loading />
      )}
    </main>
  );
}

function Review({ dataset, wanted }: { dataset: Dataset; wanted: string | undefined }) {
  const [reviews] = useState(() => new Reviews(dataset.slug));
  const state = useStore(reviews.store);
  useEffect(() => reviews.start(), [reviews]);
  const sides = useSides('guideline', 'threads');
  const [task] = state.tasks;
  const talk = useTalk({ dataset, reviews, sides, task: task?.id, wanted });
  return (
    <main
      className={frame.bench}
      data-dark
      data-beside={sides.open === 'guideline' || (sides.open !== null && task !== undefined)}
    >
      <ReviewTop {...{ dataset, state, sides }} onOrder={(order) => void reviews.reorder(order)} />
      {task ? (
        <ReviewBench {...{ dataset, reviews, state, task, talk }} beside={sides.acts} />
      ) : (
        <div className={frame.notice}>
          {state.error ? (
            <ErrorNotice error={state.error} onRetry={() => void reviews.reload()} />
          ) : state.reason ? (
            <Nothing {...{ dataset, reviews }} reason={state.reason} beside={sides.acts} />
          ) : (
            <Loading count={1} height={320} />
          )}
        </div>
      )}
      {sides.open === 'guideline' && (
        <LazyPart>
          <GuidelinePanel dataset={dataset} onClose={sides.close}>
            {task && <CiteList slug={dataset.slug} reviews={reviews} state={state} />}
          </GuidelinePanel>
        </LazyPart>
      )}
    </main>
  );
}

function Nothing(props: { dataset: Dataset; reviews: Reviews; reason: NoReview; beside: Acts }) {
  const { t } = useTranslation('reviewing');
  const { dataset, reviews, reason } = props;
  useEffect(() => {
    const timer = setInterval(() => void reviews.refill(), LOOK_AGAIN);
    return () => {
      clearInterval(timer);
    };
  }, [reviews]);
  // What was closed last can be taken back from here, too.
  useKeys({
    ...bound(props.beside, useBindings()),
    'Ctrl+z': () => {
      reviews.undo();
    },
  });
  return (
    <EmptyState icon="check" title={t(`empty.${reason.code}`)} text={reason.detail}>
      <div className={frame.ways}>
        <Link to="/datasets/$slug" params={{ slug: dataset.slug }} className={controls.action}>
          {t('toDataset')}
        </Link>
        {reviews.canUndo && (
          <button
            type="button"
            className={controls.action}
            onClick={() => {
              reviews.undo();
            }}
          >
            {t('undo')} <kbd>Ctrl Z</kbd>
          </button>
        )}
      </div>
    </EmptyState>
  );
}
