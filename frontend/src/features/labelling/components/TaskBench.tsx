import { lazy, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AnnotationCanvas } from '@/canvas-react';
import { LazyPart } from '@/components/LazyPart';
import type { Acts } from '@/lib/bindings';
import type { Dataset } from '@/lib/datasets';
import { errorText } from '@/lib/errorText';
import type { OptionId, Task, Verdict } from '../api/tasks';
import { startOf, styleOf, toggled } from '../work/response';
import type { WorkState } from '../work/state';
import type { Work } from '../work/store';
import { useRules } from '../work/useRules';
import { useTaskEditor } from '../work/useTaskEditor';
import { ActionBar } from './ActionBar';
import { BoxPanel } from './BoxPanel';
import { BrokenImage } from './BrokenImage';
import { ConflictBar } from './ConflictBar';
import { FlagMenu } from './FlagMenu';
import { LabelPanel } from './LabelPanel';
import { OptionList } from './OptionList';
import { ShapeList } from './ShapeList';
import { SkipMenu } from './SkipMenu';
import { SuggestionNote } from './SuggestionNote';
import { ToolRail } from './ToolRail';
import { useLabellingKeys } from './useLabellingKeys';
import type { Panel } from './useLabellingKeys';
import classes from '@/components/bench/frame.module.css';

const KeysHelp = lazy(() => import('./KeysHelp'));
const TileGrid = lazy(() => import('@/components/bench/TileGrid'));

interface Props {
  dataset: Dataset;
  work: Work;
  state: WorkState;
  task: Task;
  /** What can be opened beside the work. */
  beside: Acts;
}

/** Two answers closer together than this are one double press, ms. */
const DOUBLE_PRESS = 200;

/** The task on the screen: its image in the middle, what can be said of it around. */
export function TaskBench({ dataset, work, state, task, beside }: Props) {
  const { t } = useTranslation('labelling');
  const editor = useTaskEditor(task, dataset);
  const [accept, setAccept] = useAccept(task);
  const rules = useRules(dataset, editor, accept);
  const [panel, setPanel] = useState<Panel>(null);
  const [broken, setBroken] = useState<string | null>(null);
  const lastSubmit = useRef(0);
  const draws = dataset.interface === 'image_manual';
  const picks = dataset.interface === 'image_choice';
  const [image] = task.images;

  useEffect(() => {
    let saved = 0;
    return editor.subscribe(({ revision }) => {
      if (revision === saved) return;
      saved = revision;
      work.keepDraft({ spans: editor.getSpans(), accept: [] });
    });
  }, [editor, work]);

  const submit = (answer: Verdict, chosen: readonly OptionId[] = accept) => {
    const now = performance.now();
    if (now - lastSubmit.current < DOUBLE_PRESS || rules.stop(answer, chosen)) return;
    lastSubmit.current = now;
    setPanel(null);
    work.submit(answer, { spans: draws ? editor.getSpans() : [], accept: chosen });
  };

  const choose = (option: OptionId) => {
    const next = toggled(accept, option, styleOf(dataset));
    setAccept(next);
    work.keepDraft({ spans: [], accept: next });
    if (dataset.auto_accept && next.length === 1) submit('accept', next);
  };

  const actions = useLabellingKeys({
    dataset,
    work,
    task,
    editor,
    submit,
    choose,
    beside,
    panel,
    setPanel,
  });
  const skip = task.lease
    ? () => {
        setPanel(panel === 'skip' ? null : 'skip');
      }
    : undefined;

  return (
    <>
      <div className={classes.middle} data-draws={draws} data-picks={picks}>
        {draws && <ToolRail editor={editor} />}
        <div className={classes.stage}>
          {picks && (
            <LazyPart>
              <TileGrid
                key={task.id}
                question={task.question}
                images={task.images}
                picked={accept}
                onToggle={choose}
              />
            </LazyPart>
          )}
          {image && !picks && (
            <AnnotationCanvas
              editor={editor}
              image={image}
              label={t('canvas', { name: image.name })}
              onReady={() => {
                setBroken(null);
              }}
              onError={() => {
                setBroken(task.id);
              }}
            />
          )}
          {broken === task.id && <BrokenImage task={task} onSkip={skip} />}
          {state.conflict && <ConflictBar work={work} conflict={state.conflict} />}
          {state.refusal && !state.conflict && (
            <p className={classes.refusal} role="alert">
              {t('refused', { reason: errorText(state.refusal) })}
            </p>
          )}
          {task.draft?.sent_back && (
            <p className={classes.refusal}>{t('sentBack', { reason: task.draft.sent_back })}</p>
          )}
        </div>
        {!picks && (
          <aside className={classes.side} aria-label={t('panel')}>
            {task.question && <h1 className={classes.question}>{task.question}</h1>}
            {dataset.interface === 'image' && <BoxPanel editor={editor} />}
            <SuggestionNote task={task} />
            {draws && <LabelPanel dataset={dataset} editor={editor} />}
            {draws && <ShapeList editor={editor} />}
            {dataset.interface === 'choice' && (
              <OptionList
                task={task}
                style={dataset.choice_style}
                chosen={accept}
                onChoose={choose}
              />
            )}
          </aside>
        )}
      </div>
      <ActionBar
        {...{ dataset, work, task, editor, rules, submit, skip }}
        none={picks && accept.length === 0}
        onKeys={() => {
          setPanel(panel === 'keys' ? null : 'keys');
        }}
      />
      {panel === 'skip' && (
        <SkipMenu
          policy={dataset.skip_policy}
          onSkip={(reason) => {
            setPanel(null);
            void work.skip(reason);
          }}
          onClose={() => {
            setPanel(null);
          }}
        />
      )}
      {panel === 'flag' && (
        <FlagMenu
          taskId={task.id}
          onClose={() => {
            setPanel(null);
          }}
        />
      )}
      {panel === 'keys' && (
        <LazyPart>
          <KeysHelp
            actions={actions}
            interface={dataset.interface}
            onClose={() => {
              setPanel(null);
            }}
          />
        </LazyPart>
      )}
    </>
  );
}

/** The chosen options of the task on the screen. */
function useAccept(task: Task) {
  const [chosen, setChosen] = useState({ task, accept: startOf(task).accept });
  const accept = chosen.task === task ? chosen.accept : startOf(task).accept;
  const set = (next: readonly OptionId[]) => {
    setChosen({ task, accept: next });
  };
  return [accept, set] as const;
}
