import { lazy, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Editor, drawingTools } from '@/canvas';
import type { LayerInput } from '@/canvas';
import { AnnotationCanvas } from '@/canvas-react';
import { BrokenImage } from '@/components/bench/BrokenImage';
import classes from '@/components/bench/frame.module.css';
import { useBroken } from '@/components/bench/useBroken';
import { LazyPart } from '@/components/LazyPart';
import { ErrorNotice } from '@/components/ErrorNotice';
import type { Acts } from '@/lib/bindings';
import type { Dataset } from '@/lib/datasets';
import { drawingOf } from '@/lib/drawing';
import type { ReviewTask } from '../api/reviews';
import type { Bench, Editing, Panel, Talk } from '../work/bench';
import { glide } from '../work/glide';
import { forgetView, keepView, lookAsKept } from '../work/keptView';
import { layersOf } from '../work/layers';
import { objectOf } from '../work/proposal';
import { reworkedLayers } from '../work/reworked';
import type { ReviewState } from '../work/state';
import type { Reviews } from '../work/store';
import { ChangedNotice } from './ChangedNotice';
import { ConflictCard } from './ConflictCard';
import { ConflictList } from './ConflictList';
import { Escalate } from './Escalate';
import { GiveBack } from './GiveBack';
import { ReviewBar } from './ReviewBar';
import { ReworkedNotes } from './ReworkedNotes';
import { SaidBeside } from './SaidBeside';
import { SendBack } from './SendBack';
import { CitedLine, TalkLine, TaskTalk, usePins, useThreadInView } from './TaskTalk';
import { ReviewKeys } from './ReviewKeys';
import { useReviewKeys } from './useReviewKeys';

const ReviewTiles = lazy(() => import('./ReviewTiles'));

interface Props {
  dataset: Dataset;
  reviews: Reviews;
  state: ReviewState;
  task: ReviewTask;
  /** What can be opened beside the work. */
  beside: Acts;
  talk: Talk;
}

/** The conflict on the screen: all versions over the image, and what can be decided. */
export function ReviewBench({ dataset, reviews, state, task, beside, talk }: Props) {
  const { t } = useTranslation('reviewing');
  const [panel, setPanel] = useState<Panel>(null);
  const [alone, setAlone] = useState<string | null>(null);
  const editor = useReviewEditor(task, dataset);
  const conflict = state.step === 'conflicts' ? task.conflicts[state.place] : undefined;
  const pins = usePins(task.id, talk);
  const editing = useMode(editor, task, state, alone, pins);
  const lookAgain = useThreadInView(editor, talk.shown);
  const [image] = task.images;
  const broken = useBroken(task.id);

  const acts = { panel, setPanel, setAlone, talk };
  const bench = { reviews, state, task, conflict, editor, editing, ...acts };
  const shortcuts = useReviewKeys(bench, beside);
  return (
    <>
      <div className={classes.middle} data-reviews={isOneQuestion(task) ? 'whole' : 'points'}>
        {!isOneQuestion(task) && <ConflictList reviews={reviews} state={state} task={task} />}
        <div
          className={classes.stage}
          onKeyDownCapture={(event) => {
            // The canvas would only drop the selection, which means nothing to the reviewer.
            if (event.key !== 'Escape' || !editing.active || editor.state.busy) return;
            event.stopPropagation();
            editing.stop();
          }}
        >
          {task.interface === 'image_choice' && (
            <LazyPart>
              <ReviewTiles key={task.id} task={task} conflict={conflict} decided={state.decided} />
            </LazyPart>
          )}
          {image && task.interface !== 'image_choice' && (
            <AnnotationCanvas
              key={broken.tries}
              editor={editor}
              image={image}
              label={t('canvas', { name: image.name })}
              onReady={() => {
                broken.shown();
                lookAgain();
              }}
              onError={broken.fail}
            />
          )}
          {broken.error && (
            <BrokenImage name={image?.name ?? ''} error={broken.error} onRetry={broken.retry} />
          )}
          <div className={classes.over}>
            {state.error !== null && <ErrorNotice error={state.error} />}
            {state.notice && <ChangedNotice reviews={reviews} notice={state.notice} />}
          </div>
        </div>
        <aside className={classes.side} aria-label={t('card')}>
          {task.question && task.interface !== 'image_choice' && (
            <h1 className={classes.question}>{task.question}</h1>
          )}
          <Card {...bench} />
          <CitedLine {...bench} />
          <TalkLine task={task.id} talk={talk} />
          {dataset.blocks.length > 0 && (
            <SaidBeside task={task} blocks={dataset.blocks} decided={state.decided} />
          )}
        </aside>
      </div>
      <ReviewBar {...bench} />
      <TaskTalk {...bench} />
      {panel === 'keys' && (
        <ReviewKeys
          shortcuts={shortcuts}
          onClose={() => {
            setPanel(null);
          }}
        />
      )}
    </>
  );
}

/** Whether all there is to decide is one thing about the image as a whole: it needs no list. */
function isOneQuestion({ interface: kind, conflicts }: ReviewTask): boolean {
  return kind !== 'image_manual' && conflicts.length === 1;
}

/** What is in hand: the decision, or to whom it is left and why. */
function Card(bench: Bench) {
  if (bench.panel === 'send_back') return <SendBack {...bench} />;
  if (bench.panel === 'give_back') return <GiveBack {...bench} />;
  if (bench.panel === 'escalate') return <Escalate {...bench} />;
  return (
    <>
      <ConflictCard {...bench} />
      <ReworkedNotes {...bench} />
    </>
  );
}

function useReviewEditor(task: ReviewTask, dataset: Dataset): Editor {
  return useMemo(() => {
    const [image] = task.images;
    return new Editor({
      image: image ?? { width: 1, height: 1 },
      labels: dataset.labels,
      tool: 'select',
      readOnly: true,
      spotlight: task.spans.length > 0,
      drawing: drawingOf(dataset),
    });
  }, [task, dataset]);
}

/** Shows the step on the canvas and says whether the object in question is being edited in place. */
function useMode(
  editor: Editor,
  task: ReviewTask,
  state: ReviewState,
  alone: string | null,
  pins: LayerInput,
): Editing {
  const { t } = useTranslation('reviewing');
  const conflict = state.step === 'conflicts' ? task.conflicts[state.place] : undefined;
  const [edited, setEdited] = useState<string | null>(null);
  const object = objectOf(task, conflict);
  const active = conflict !== undefined && edited === conflict.id;

  const [draws = 'select'] = drawingTools(editor.state.drawing);

  useEffect(() => {
    const covers = state.step === 'coverage' && task.interface === 'image_manual';
    const inPlace = active && object ? [{ ...object.span, label: object.label ?? '' }] : [];
    const drawn = covers ? state.missed : inPlace;
    editor.load(task.interface === 'image' ? task.spans : drawn);
    editor.setTool(covers ? draws : 'select');
    editor.setReadOnly(!active && !covers);
    if (active && object) editor.select([object.span.id]);
  }, [editor, task, state.step, state.missed, conflict, object, active, draws]);

  useEffect(() => {
    const names = {
      before: (version: string) => t('reworked.before', { version }),
      now: (version: string) => t('reworked.now', { version }),
    };
    const layers = layersOf(task, conflict, state.decided, alone);
    const beside = [...reworkedLayers(task, conflict, names), pins];
    editor.setLayers(alone ? layers : [...layers, ...beside]);
  }, [editor, task, conflict, state.decided, alone, pins, t]);

  useEffect(() => {
    const about = `${task.id} ${conflict?.id ?? state.step}`;
    const move = () => {
      if (lookAsKept(editor, about)) return;
      if (object) editor.zoomToShape(object.span.id);
      else editor.view.fit();
    };
    // Only a step to another conflict, or to the whole image, moves the view.
    glide(editor, move);
    const end = keepView(editor, about);
    return () => {
      end();
      forgetView();
    };
  }, [editor, task.id, conflict?.id, state.step, object]);

  return {
    active,
    start: () => {
      if (object && conflict) setEdited(conflict.id);
    },
    stop: () => {
      setEdited(null);
    },
  };
}
