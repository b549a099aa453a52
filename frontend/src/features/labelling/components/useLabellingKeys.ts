import { drawingTools } from '@/canvas';
import type { Editor } from '@/canvas';
import { focusCanvas } from '@/canvas-react';
import type { Dataset } from '@/lib/datasets';
import type { OptionId, Task, Verdict } from '../api/tasks';
import { useBindings } from '@/lib/bindings';
import type { Acts } from '@/lib/bindings';
import { placeOfDigit } from '@/lib/digits';
import { keyMapOf } from '@/lib/shortcuts';
import { focusAttributes } from '../work/attributes';
import { labelOfDigit, usableLabels } from '../work/labels';
import { optionAt } from '../work/response';
import { labellingShortcuts } from '../work/shortcuts';
import type { Work } from '../work/store';
import type { Answering } from '../work/useAnswering';
import type { Blocks } from '../work/useBlocks';
import { useKeys } from '@/lib/useKeys';
import type { KeyMap } from '@/lib/useKeys';

export type Panel = 'skip' | 'flag' | 'more' | 'keys' | null;

interface Bench {
  dataset: Dataset;
  work: Work;
  task: Task;
  editor: Editor;
  submit: Answering['submit'];
  choose: (option: OptionId) => void;
  blocks: Blocks;
  beside: Acts;
  searchLabels: () => void;
  panel: Panel;
  setPanel: (panel: Panel) => void;
}

const ZOOM = 1.25;

/** The labelling column of the key table: what can be done here, and by which keys. */
export function useLabellingKeys(bench: Bench) {
  const keys = useBindings();
  const acts = labellingActs(bench);
  const help = () => {
    bench.setPanel('keys');
  };
  const shortcuts = labellingShortcuts({ ...bench, help }, acts, keys);
  const open = bench.panel !== null;
  useKeys(open ? panelKeys(bench) : keyMapOf(shortcuts), open ? undefined : digits(bench));
  return { acts, shortcuts };
}

function panelKeys({ setPanel }: Bench): KeyMap {
  const close = () => {
    setPanel(null);
  };
  return { escape: close, '?': close };
}

function labellingActs(bench: Bench): Acts {
  return {
    ...answerActs(bench),
    ...bench.beside,
    ...(bench.dataset.interface !== 'image_choice' && viewActs(bench)),
    ...(bench.dataset.interface === 'image_manual' && drawingActs(bench)),
    ...(bench.dataset.blocks.length > 0 && { ...historyActs(bench), block: bench.blocks.next }),
  };
}

function answerActs({ editor, submit, work, task, setPanel }: Bench): Acts {
  // A key that would take the task away while a shape is being drawn does nothing.
  const idle = (act: () => void) => () => {
    if (!editor.state.busy) act();
  };
  const answer = (verdict: Verdict) =>
    idle(() => {
      submit(verdict);
    });
  return {
    accept: answer('accept'),
    reject: answer('reject'),
    ignore: answer('ignore'),
    back: idle(() => {
      work.back();
    }),
    skip: idle(() => {
      if (task.lease) setPanel('skip');
    }),
    flag: idle(() => {
      setPanel('flag');
    }),
    save: work.flushDraft,
  };
}

function viewActs({ editor, dataset }: Bench): Acts {
  return {
    fit: () => {
      editor.view.fit();
    },
    actual_size: () => {
      editor.view.actualSize();
    },
    zoom_selection: () => {
      if (dataset.interface === 'image') editor.zoomToAll();
      else editor.zoomToSelection();
    },
    zoom_in: () => {
      editor.view.zoomBy(ZOOM);
    },
    zoom_out: () => {
      editor.view.zoomBy(1 / ZOOM);
    },
  };
}

function drawingActs({ editor, submit, searchLabels }: Bench): Acts {
  return {
    label_search: () => {
      if (editor.isAtRest()) searchLabels();
    },
    nothing: () => {
      if (!editor.state.busy && editor.state.settled.length === 0) submit('accept', true);
    },
    ...toolActs(editor),
    attributes: focusAttributes,
    hide: () => {
      editor.show({ hidden: true });
    },
    conceal: () => {
      editor.conceal();
    },
    tags: () => {
      editor.show({ showTags: !editor.state.showTags });
    },
    lock: () => {
      editor.lock();
    },
    to_front: () => {
      editor.stack('front');
    },
    to_back: () => {
      editor.stack('back');
    },
    place: () => {
      editor.place();
      focusCanvas();
    },
    take: () => {
      editor.acceptSuggestions();
    },
    delete: () => {
      editor.deleteSelection();
    },
    ...historyActs({ editor }),
    copy: () => {
      editor.copy();
    },
    paste: () => {
      editor.paste();
    },
    duplicate: () => {
      editor.duplicate();
    },
    copy_previous: () => {
      editor.copyPrevious();
    },
    select_all: () => {
      editor.selectAll();
    },
  };
}

/** The tools that draw what may be drawn here, and the one that does not draw. */
function toolActs(editor: Editor): Acts {
  const tools = ['select', ...drawingTools(editor.state.drawing)] as const;
  const pick = (tool: (typeof tools)[number]) => () => {
    editor.setTool(tool);
  };
  return {
    ...Object.fromEntries(tools.map((tool) => [tool, pick(tool)])),
    next_corner: () => {
      editor.selectVertex(1);
    },
    previous_corner: () => {
      editor.selectVertex(-1);
    },
  };
}

function historyActs({ editor }: Pick<Bench, 'editor'>): Acts {
  return {
    undo: () => {
      editor.undo();
    },
    redo: () => {
      editor.redo();
    },
  };
}

function digits({ dataset, task, editor, choose, blocks }: Bench) {
  return (event: KeyboardEvent): boolean => {
    const place = placeOfDigit(event);
    if (place === null) return false;
    const label = labelOfDigit(usableLabels(dataset), place);
    if (event.altKey && !event.shiftKey) return showOnly(editor, label?.name);
    if (blocks.marked) return blocks.pickAt(place);
    const option = optionAt(task.options, place);
    const picks = dataset.interface === 'choice' || dataset.interface === 'image_choice';
    if (picks && option !== undefined) choose(option);
    else if (dataset.interface === 'image_manual' && label) editor.setLabel(label.name);
    else return false;
    return true;
  };
}

/** Shapes of one label alone, until Alt is let go. */
function showOnly(editor: Editor, label: string | undefined): boolean {
  if (label === undefined) return false;
  editor.show({ onlyLabel: label });
  const released = new AbortController();
  const release = (event: Event) => {
    if (event instanceof KeyboardEvent && event.key !== 'Alt') return;
    editor.show({ onlyLabel: null });
    released.abort();
  };
  window.addEventListener('keyup', release, { signal: released.signal, capture: true });
  window.addEventListener('blur', release, { signal: released.signal });
  return true;
}
