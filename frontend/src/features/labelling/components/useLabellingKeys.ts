import type { Editor } from '@/canvas';
import type { Dataset } from '@/lib/datasets';
import type { OptionId, Task, Verdict } from '../api/tasks';
import { placeOfDigit } from '@/lib/digits';
import { optionAt } from '../work/response';
import type { Work } from '../work/store';
import { useKeys } from '@/lib/useKeys';
import type { KeyMap } from '@/lib/useKeys';

export type Panel = 'skip' | 'flag' | 'keys' | null;

interface Bench {
  dataset: Dataset;
  work: Work;
  task: Task;
  editor: Editor;
  submit: (answer: Verdict) => void;
  choose: (option: OptionId) => void;
  panel: Panel;
  setPanel: (panel: Panel) => void;
}

const ZOOM = 1.25;

/** The labelling column of the key table. */
export function useLabellingKeys(bench: Bench): void {
  const open = bench.panel !== null;
  useKeys(open ? panelKeys(bench) : taskKeys(bench), open ? undefined : digits(bench));
}

function panelKeys({ setPanel }: Bench): KeyMap {
  const close = () => {
    setPanel(null);
  };
  return { escape: close, '?': close };
}

function taskKeys(bench: Bench): KeyMap {
  const { editor, submit, work, setPanel } = bench;
  // A key that would take the task away while a shape is being drawn does nothing.
  const idle = (act: () => void) => () => {
    if (!editor.state.busy) act();
  };
  const answer = (verdict: Verdict) =>
    idle(() => {
      submit(verdict);
    });
  return {
    enter: answer('accept'),
    a: answer('accept'),
    x: answer('reject'),
    ' ': answer('ignore'),
    s: work.flushDraft,
    'Ctrl+s': work.flushDraft,
    'Shift+s': idle(() => {
      if (bench.task.lease) setPanel('skip');
    }),
    m: idle(() => {
      setPanel('flag');
    }),
    '?': () => {
      setPanel('keys');
    },
    escape: () => {
      if (!editor.cancel() && editor.state.selection.length === 0) work.leave();
      else editor.select([]);
    },
    backspace: idle(() => {
      if (editor.state.selection.length > 0) editor.deleteSelection();
      else work.back();
    }),
    ...viewKeys(editor),
    ...(bench.dataset.interface === 'image_manual' && drawingKeys(bench)),
  };
}

function viewKeys(editor: Editor): KeyMap {
  return {
    f: () => {
      editor.view.fit();
    },
    'Shift+f': () => {
      editor.view.actualSize();
    },
    z: () => {
      editor.zoomToSelection();
    },
    '+': () => {
      editor.view.zoomBy(ZOOM);
    },
    '-': () => {
      editor.view.zoomBy(1 / ZOOM);
    },
  };
}

function drawingKeys({ editor, submit }: Bench): KeyMap {
  const hide = (hidden: boolean) => () => {
    editor.show({ hidden });
  };
  return {
    n: () => {
      if (!editor.state.busy && editor.state.shapes.length === 0) submit('accept');
    },
    b: () => {
      editor.setTool('box');
    },
    v: () => {
      editor.setTool('select');
    },
    h: hide(true),
    'up h': hide(false),
    delete: () => {
      editor.deleteSelection();
    },
    'Ctrl+z': () => {
      editor.undo();
    },
    'Ctrl+Shift+z': () => {
      editor.redo();
    },
    'Ctrl+c': () => {
      editor.copy();
    },
    'Ctrl+v': () => {
      editor.paste();
    },
    'Ctrl+d': () => {
      editor.duplicate();
    },
    'Ctrl+a': () => {
      editor.selectAll();
    },
  };
}

function digits({ dataset, task, editor, choose }: Bench) {
  return (event: KeyboardEvent): boolean => {
    const place = placeOfDigit(event);
    if (place === null) return false;
    const option = optionAt(task.options, place);
    const label = dataset.labels.filter(({ retired }) => !retired)[place];
    if (dataset.interface === 'choice' && option !== undefined) choose(option);
    else if (dataset.interface === 'image_manual' && label) editor.setLabel(label.name);
    else return false;
    return true;
  };
}
