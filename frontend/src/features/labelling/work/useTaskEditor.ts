import { useEffect, useMemo, useState } from 'react';
import { Editor } from '@/canvas';
import type { Clipboard, EditorState, Look } from '@/canvas';
import type { Dataset } from '@/lib/datasets';
import { drawingOf } from '@/lib/drawing';
import type { Task } from '../api/tasks';
import { openOffers } from './offers';
import { keepLook, keptLook } from './look';
import { startOf } from './response';

/** What outlives a task: copied shapes, the label in use, and how sure models have to be. */
interface Habits {
  readonly clipboard: Clipboard;
  label: string | undefined;
  /** What new shapes say, by label. */
  usual: EditorState['usual'] | undefined;
  threshold: number | undefined;
  look: Look;
}

/** The editor of the task on the screen; a new one for each task. */
export function useTaskEditor(task: Task, dataset: Dataset): Editor {
  const [habits] = useState<Habits>(() => ({
    clipboard: { shapes: [], previous: [] },
    label: undefined,
    usual: undefined,
    threshold: undefined,
    look: keptLook(),
  }));
  const draws = dataset.interface === 'image_manual';
  const judges = dataset.interface === 'image';
  const editor = useMemo(() => {
    const [image] = task.images;
    return new Editor({
      image: image ?? { width: 1, height: 1 },
      labels: dataset.labels.filter((label) => !label.retired),
      // A box to judge is part of the question, not of what somebody began.
      spans: judges ? task.spans : startOf(task).spans,
      suggestions: draws ? openOffers(task) : [],
      threshold: habits.threshold,
      values: startOf(task).attributes,
      label: habits.label,
      usual: habits.usual,
      tool: draws ? undefined : 'select',
      readOnly: !draws,
      spotlight: judges,
      drawing: drawingOf(dataset),
      look: habits.look,
      showTags: dataset.drawing.show_labels,
      clipboard: habits.clipboard,
    });
    // A task never changes while it is on the screen.
  }, [task, dataset, draws, judges, habits]);

  useEffect(() => {
    const unsubscribe = editor.subscribe(({ label, usual, threshold, look }) => {
      habits.label = label;
      habits.usual = usual;
      habits.threshold = threshold;
      if (look !== habits.look) keepLook(look);
      habits.look = look;
    });
    return () => {
      unsubscribe();
      habits.clipboard.previous = editor.state.settled;
    };
  }, [editor, habits]);
  return editor;
}
