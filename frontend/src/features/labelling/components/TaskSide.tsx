import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import type { Editor } from '@/canvas';
import { LazyPart } from '@/components/LazyPart';
import type { Dataset } from '@/lib/datasets';
import type { Task } from '../api/tasks';
import { offersOf } from '../work/offers';
import type { Answering } from '../work/useAnswering';
import type { Blocks } from '../work/useBlocks';
import { Announcer } from './Announcer';
import { BlockPanel } from './BlockPanel';
import { BoxPanel } from './BoxPanel';
import { LabelPanel } from './LabelPanel';
import type { Search } from './LabelPanel';
import { OptionList } from './OptionList';
import { SelectedAttributes } from './SelectedAttributes';
import { SelectedBox } from './SelectedBox';
import { ShapeList } from './ShapeList';
import { SuggestionNote } from './SuggestionNote';
import { WhyNote } from './WhyNote';
import classes from '@/components/bench/frame.module.css';

const SuggestionPanel = lazy(() => import('./SuggestionPanel'));

interface Props {
  dataset: Dataset;
  task: Task;
  editor: Editor;
  answering: Answering;
  blocks: Blocks;
  labelSearch: Search;
}

/** Whether anything stands beside the picture. */
export function hasSide(dataset: Dataset): boolean {
  if (dataset.blocks.length > 0) return true;
  return dataset.interface !== 'image_choice' && dataset.interface !== 'classification';
}

/** What can be said of the picture, beside it. */
export function TaskSide({ dataset, task, editor, answering, blocks, labelSearch }: Props) {
  const { t } = useTranslation('labelling');
  const onTop = dataset.interface === 'classification';
  const draws = dataset.interface === 'image_manual';
  return (
    <aside className={classes.side} aria-label={t('panel')}>
      {!onTop && task.question && <h1 className={classes.question}>{task.question}</h1>}
      {dataset.interface === 'image' && <BoxPanel editor={editor} />}
      {!onTop && <SuggestionNote task={task} />}
      {!onTop && <WhyNote task={task} />}
      {draws && <LabelPanel dataset={dataset} editor={editor} search={labelSearch} />}
      {draws && offersOf(task).length > 0 && (
        <LazyPart>
          <SuggestionPanel task={task} editor={editor} />
        </LazyPart>
      )}
      {draws && <ShapeList editor={editor} />}
      {draws && <SelectedAttributes editor={editor} />}
      {draws && <SelectedBox editor={editor} />}
      {draws && <Announcer editor={editor} />}
      {dataset.interface === 'choice' && (
        <OptionList
          name={t('options')}
          options={task.options ?? []}
          digits={blocks.marked === null}
          style={dataset.choice_style}
          chosen={answering.accept}
          onChoose={answering.choose}
        />
      )}
      {dataset.blocks.length > 0 && (
        <BlockPanel key={task.id} blocks={blocks} asked={dataset.blocks} />
      )}
    </aside>
  );
}
