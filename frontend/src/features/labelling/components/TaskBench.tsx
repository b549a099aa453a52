import { lazy, useState } from 'react';
import type { Editor } from '@/canvas';
import { LOOK } from '@/canvas';
import type { Sides } from '@/components/bench/useSides';
import { LazyPart } from '@/components/LazyPart';
import type { Acts } from '@/lib/bindings';
import type { Dataset } from '@/lib/datasets';
import type { Task } from '../api/tasks';
import type { WorkState } from '../work/state';
import type { Work } from '../work/store';
import { useAnswering } from '../work/useAnswering';
import { useBlocks } from '../work/useBlocks';
import { useTaskEditor } from '../work/useTaskEditor';
import { ActionBar } from './ActionBar';
import { TaskPopups } from './TaskPopups';
import { TaskSide, hasSide } from './TaskSide';
import { TaskStage } from './TaskStage';
import { ToolRail } from './ToolRail';
import { useLabellingKeys } from './useLabellingKeys';
import type { Panel } from './useLabellingKeys';
import classes from '@/components/bench/frame.module.css';

const LookPanel = lazy(() => import('./LookPanel'));
const TaskThreads = lazy(() => import('./TaskThreads'));

interface Props {
  dataset: Dataset;
  work: Work;
  state: WorkState;
  task: Task;
  /** What can be opened beside the work. */
  sides: Sides;
}

/** The task on the screen: its image in the middle, what can be said of it around. */
export function TaskBench({ dataset, work, state, task, sides }: Props) {
  const editor = useTaskEditor(task, dataset);
  const [panel, setPanel] = useState<Panel>(null);
  const answering = useAnswering({ dataset, work, task, editor }, () => {
    setPanel(null);
  });
  const blocks = useBlocks(dataset, editor);
  const draws = dataset.interface === 'image_manual';

  const [looks, setLooks] = useState(false);
  const look = {
    open: looks,
    toggle: () => {
      setLooks(!looks);
    },
  };
  const [searching, setSearching] = useState(false);
  const labelSearch = { open: searching, set: setSearching };
  const { submit, choose, accept, rules } = answering;
  const { acts, shortcuts } = useLabellingKeys({
    ...{ dataset, work, task, editor, submit, choose, blocks, panel, setPanel },
    searchLabels: () => {
      setSearching(true);
    },
    beside: { ...sides.acts, ...(draws && lookActs(editor, look.toggle)) },
  });
  const toggle = (wanted: Panel) => () => {
    setPanel(panel === wanted ? null : wanted);
  };
  const skip = task.lease ? toggle('skip') : undefined;
  const beneath = { dataset, work, task, editor, rules, submit, skip };
  return (
    <>
      <div className={classes.middle} data-draws={draws} data-alone={!hasSide(dataset)}>
        {draws && <ToolRail editor={editor} look={look} />}
        <TaskStage {...{ dataset, work, state, task, editor, answering, skip }} />
        {draws && looks && (
          <LazyPart>
            <LookPanel editor={editor} onClose={look.toggle} />
          </LazyPart>
        )}
        {hasSide(dataset) && (
          <TaskSide {...{ dataset, task, editor, answering, blocks, labelSearch }} />
        )}
      </div>
      <ActionBar
        {...beneath}
        none={dataset.interface === 'image_choice' && accept.length === 0}
        onMore={toggle('more')}
      />
      {sides.open === 'threads' && (
        <LazyPart>
          <TaskThreads slug={dataset.slug} {...{ task, editor }} onClose={sides.close} />
        </LazyPart>
      )}
      <TaskPopups {...{ dataset, work, task, acts, shortcuts, panel, setPanel }} />
    </>
  );
}

function lookActs(editor: Editor, toggle: () => void): Acts {
  return {
    look: toggle,
    reset_look: () => {
      editor.setLook(LOOK);
    },
  };
}
