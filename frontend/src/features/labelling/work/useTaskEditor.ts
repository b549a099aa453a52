import { useEffect, useMemo, useState } from 'react';
import { Editor } from '@/canvas';
import type { Clipboard } from '@/canvas';
import type { Dataset } from '@/lib/datasets';
import { drawingOf } from '@/lib/drawing';
import type { Task } from '../api/tasks';
import { startOf } from './response';

/** What outlives a task: copied shapes and the label in use. */
interface Habits {
  readonly clipboard: Clipboard;
  label: string | undefined;
}

/** The editor of the task on the screen; a new one for each task. */
export function useTaskEditor(task: Task, dataset: Dataset): Editor {
  const [habits] = useState<Habits>(() => ({ clipboard: { shapes: [] }, label: undefined }));
  const draws = dataset.interface === 'image_manual';
  const judges = dataset.interface === 'image';
  const editor = useMemo(() => {
    const [image] = task.images;
    return new Editor({
      image: image ?? { width: 1, height: 1 },
      labels: dataset.labels.filter((label) => !label.retired),
      // A box to judge is part of the question, not of what somebody began.
      spans: judges ? task.spans : startOf(task).spans,
      values: startOf(task).attributes,
      label: habits.label,
      tool: draws ? 'box' : 'select',
      readOnly: !draws,
      spotlight: judges,
      drawing: drawingOf(dataset),
      showTags: dataset.drawing.show_labels,
      clipboard: habits.clipboard,
    });
    // A task never changes while it is on the screen.
  }, [task, dataset, draws, judges, habits]);

  useEffect(
    () =>
      editor.subscribe(({ label }) => {
        habits.label = label;
      }),
    [editor, habits],
  );
  return editor;
}
