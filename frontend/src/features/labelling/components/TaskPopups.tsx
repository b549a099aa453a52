import { lazy } from 'react';
import { LazyPart } from '@/components/LazyPart';
import type { Acts } from '@/lib/bindings';
import type { Dataset } from '@/lib/datasets';
import type { Task } from '../api/tasks';
import type { LabellingShortcut } from '../work/shortcuts';
import type { Work } from '../work/store';
import { FlagMenu } from './FlagMenu';
import { MoreMenu } from './MoreMenu';
import { SkipMenu } from './SkipMenu';
import type { Panel } from './useLabellingKeys';

const KeysHelp = lazy(() => import('./KeysHelp'));

/** The dialog that is open over the task. */
export function TaskPopups(props: {
  dataset: Dataset;
  work: Work;
  task: Task;
  acts: Acts;
  shortcuts: readonly LabellingShortcut[];
  panel: Panel;
  setPanel: (panel: Panel) => void;
}) {
  const { dataset, work, task, acts, shortcuts, panel, setPanel } = props;
  const close = () => {
    setPanel(null);
  };
  if (panel === 'skip') {
    const skip = (reason: Parameters<Work['skip']>[0]) => {
      close();
      void work.skip(reason);
    };
    return <SkipMenu policy={dataset.skip_policy} onSkip={skip} onClose={close} />;
  }
  if (panel === 'flag') return <FlagMenu taskId={task.id} onClose={close} />;
  if (panel === 'more') {
    return <MoreMenu skips={task.lease !== null} acts={acts} setPanel={setPanel} onClose={close} />;
  }
  if (panel === null) return null;
  return (
    <LazyPart>
      <KeysHelp shortcuts={shortcuts} onClose={close} />
    </LazyPart>
  );
}
