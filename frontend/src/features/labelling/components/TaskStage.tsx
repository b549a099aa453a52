import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import type { Editor } from '@/canvas';
import { AnnotationCanvas } from '@/canvas-react';
import { BrokenImage } from '@/components/bench/BrokenImage';
import { useBroken } from '@/components/bench/useBroken';
import { LazyPart } from '@/components/LazyPart';
import type { Dataset } from '@/lib/datasets';
import { errorText } from '@/lib/errorText';
import type { Task } from '../api/tasks';
import type { WorkState } from '../work/state';
import type { Work } from '../work/store';
import type { Answering } from '../work/useAnswering';
import { ConflictBar } from './ConflictBar';
import { SuggestionNote } from './SuggestionNote';
import { SwipeArea } from './SwipeArea';
import { WhyNote } from './WhyNote';
import type { Swiping } from './SwipeArea';
import controls from '@/components/bench/controls.module.css';
import classes from '@/components/bench/frame.module.css';

const ReturnNotes = lazy(() => import('./ReturnNotes'));
const TileGrid = lazy(() => import('@/components/bench/TileGrid'));

interface Props {
  dataset: Dataset;
  work: Work;
  state: WorkState;
  task: Task;
  editor: Editor;
  answering: Answering;
  skip: (() => void) | undefined;
}

/** The picture, or those to pick from, with what has to be said about it at once. */
export function TaskStage(props: Props) {
  const { dataset, work, state, task, editor, answering, skip } = props;
  const { t } = useTranslation('labelling');
  const picks = dataset.interface === 'image_choice';
  const [image] = task.images;
  const broken = useBroken(task.id);
  return (
    <SwipeArea className={classes.stage} swiping={swipingOf(props)}>
      {dataset.interface === 'classification' && (
        <div className={classes.asked}>
          {task.question && <h1 className={classes.question}>{task.question}</h1>}
          <SuggestionNote task={task} />
          <WhyNote task={task} />
        </div>
      )}
      <div className={classes.picture}>
        {picks && (
          <LazyPart>
            <TileGrid
              key={task.id}
              question={task.question}
              images={task.images}
              picked={answering.accept}
              onToggle={answering.choose}
            />
          </LazyPart>
        )}
        {image && !picks && (
          <AnnotationCanvas
            key={broken.tries}
            editor={editor}
            image={image}
            label={t('canvas', { name: image.name })}
            onReady={broken.shown}
            onError={broken.fail}
          />
        )}
        {broken.error && (
          <BrokenImage name={image?.name ?? ''} error={broken.error} onRetry={broken.retry}>
            {skip && (
              <button type="button" className={controls.action} onClick={skip}>
                {t('skip')}
              </button>
            )}
          </BrokenImage>
        )}
        {state.conflict && <ConflictBar work={work} conflict={state.conflict} />}
        {state.refusal && !state.conflict && (
          <p className={classes.refusal} role="alert">
            {t('refused', { reason: errorText(state.refusal) })}
          </p>
        )}
        {task.returns.length > 0 && (
          <LazyPart>
            <ReturnNotes task={task} editor={editor} />
          </LazyPart>
        )}
      </div>
    </SwipeArea>
  );
}

/** Where a finger has nothing else to do on the picture, it answers. */
function swipingOf({ dataset, editor, answering }: Props): Swiping | null {
  const chooses = dataset.interface === 'choice';
  const picksOne = chooses && dataset.choice_style === 'single';
  if (dataset.interface !== 'classification' && dataset.interface !== 'image' && !picksOne)
    return null;
  return {
    ready: () => editor.state.viewport.fits,
    lacks: (verdict) => chooses && verdict === 'accept' && answering.accept.length === 0,
    answer: answering.submit,
  };
}
