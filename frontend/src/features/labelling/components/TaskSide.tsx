import { useTranslation } from 'react-i18next';
import type { Editor } from '@/canvas';
import type { Dataset } from '@/lib/datasets';
import type { Task } from '../api/tasks';
import type { Answering } from '../work/useAnswering';
import { BoxPanel } from './BoxPanel';
import { LabelPanel } from './LabelPanel';
import { OptionList } from './OptionList';
import { ShapeList } from './ShapeList';
import { SuggestionNote } from './SuggestionNote';
import classes from '@/components/bench/frame.module.css';

interface Props {
  dataset: Dataset;
  task: Task;
  editor: Editor;
  answering: Answering;
}

/** Whether anything stands beside the picture. */
export function hasSide(dataset: Dataset): boolean {
  return dataset.interface !== 'image_choice' && dataset.interface !== 'classification';
}

/** What can be said of the picture, beside it. */
export function TaskSide({ dataset, task, editor, answering }: Props) {
  const { t } = useTranslation('labelling');
  const draws = dataset.interface === 'image_manual';
  return (
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
          chosen={answering.accept}
          onChoose={answering.choose}
        />
      )}
    </aside>
  );
}
