import type { Editor } from '@/canvas';
import { placeOfDigit } from '@/lib/digits';
import { useKeys } from '@/lib/useKeys';
import type { KeyMap } from '@/lib/useKeys';
import type { Conflict, ReviewTask } from '../api/reviews';
import { decisionOf, hasProposal } from '../work/proposal';
import type { ReviewState, Reviews } from '../work/store';
import type { Editing, Panel } from './ReviewBench';

export interface Bench {
  reviews: Reviews;
  state: ReviewState;
  task: ReviewTask;
  conflict: Conflict | undefined;
  editor: Editor;
  editing: Editing;
  panel: Panel;
  setPanel: (panel: Panel) => void;
  setAlone: (version: string | null) => void;
}

const ZOOM = 1.25;

/** Accepts the proposal, or completes the look at the whole image. */
export function acceptProposal({ reviews, task, conflict, editor }: Bench): void {
  if (!conflict) reviews.complete(editor.getSpans());
  else if (hasProposal(task, conflict)) {
    reviews.decide({ conflict: conflict.id, action: 'accept' });
  }
}

/** Deletes the object in question; where there is none, the final answer is reject. */
export function deleteOrReject({ reviews, conflict }: Bench): void {
  if (conflict?.object != null) reviews.decide({ conflict: conflict.id, action: 'delete' });
  else reviews.reject();
}

/** The review column of the key table. */
export function useReviewKeys(bench: Bench): void {
  const { panel, editing } = bench;
  const keys = panel ? {} : editing.active ? editingKeys(bench) : decidingKeys(bench);
  useKeys({ ...(panel ? {} : viewKeys(bench)), ...keys }, panel ? undefined : digits(bench));
}

function viewKeys({ editor, conflict, task, setAlone, setPanel }: Bench): KeyMap {
  const hide = (hidden: boolean) => () => {
    editor.show({ hidden });
  };
  return {
    f: () => {
      editor.view.fit();
    },
    'Shift+f': () => {
      editor.view.actualSize();
    },
    z: () => {
      const object = conflict?.object == null ? undefined : task.merge.objects[conflict.object];
      if (object) editor.zoomToShape(object.span.id);
    },
    '+': () => {
      editor.view.zoomBy(ZOOM);
    },
    '-': () => {
      editor.view.zoomBy(1 / ZOOM);
    },
    h: hide(true),
    'up h': hide(false),
    'up alt': () => {
      setAlone(null);
    },
    '?': () => {
      setPanel('keys');
    },
  };
}

function editingKeys({ reviews, conflict, editor, editing }: Bench): KeyMap {
  return {
    enter: () => {
      const [span] = editor.getSpans();
      if (!conflict) return;
      editing.stop();
      if (span) reviews.decide({ conflict: conflict.id, action: 'edit', span });
      else reviews.decide({ conflict: conflict.id, action: 'delete' });
    },
    escape: () => {
      if (!editor.cancel()) editing.stop();
    },
    'Ctrl+z': () => {
      editor.undo();
    },
    'Ctrl+Shift+z': () => {
      editor.redo();
    },
  };
}

function decidingKeys(bench: Bench): KeyMap {
  const { reviews, state, conflict, editor, editing, setPanel } = bench;
  const covers = !conflict;
  const accept = () => {
    if (!editor.state.busy) acceptProposal(bench);
  };
  const remove = () => {
    if (editor.state.selection.length > 0) editor.deleteSelection();
    else deleteOrReject(bench);
  };
  return {
    enter: accept,
    a: accept,
    x: () => {
      deleteOrReject(bench);
    },
    delete: remove,
    ' ': () => {
      reviews.go(state.place + 1);
    },
    backspace: () => {
      if (editor.state.selection.length > 0) editor.deleteSelection();
      else reviews.go(covers ? state.place : state.place - 1);
    },
    n: () => {
      reviews.look();
    },
    e: () => {
      editing.start();
    },
    s: () => {
      setPanel('send_back');
    },
    l: () => {
      setPanel('escalate');
    },
    'Ctrl+z': () => {
      if (covers && editor.state.canUndo) editor.undo();
      else reviews.undo();
    },
    escape: () => {
      if (!editor.cancel() && covers) reviews.go(state.place);
    },
  };
}

function digits(bench: Bench) {
  return (event: KeyboardEvent): boolean => {
    const place = placeOfDigit({ ...plain(event), altKey: false });
    if (place === null) return false;
    const { conflict, editing, editor, task, state } = bench;
    if (event.altKey) bench.setAlone(task.versions[place]?.key ?? null);
    else if (editing.active || state.step === 'coverage') {
      const label = [...editor.state.labels.keys()][place];
      if (label !== undefined) editor.setLabel(label);
    } else if (conflict) {
      const decision = decisionOf(conflict, place + 1);
      if (decision) bench.reviews.decide(decision);
    }
    return true;
  };
}

function plain({ code, shiftKey }: KeyboardEvent) {
  return { code, shiftKey };
}
