import { bound, useBindings } from '@/lib/bindings';
import type { Acts } from '@/lib/bindings';
import { placeOfDigit } from '@/lib/digits';
import { useKeys } from '@/lib/useKeys';
import type { KeyMap } from '@/lib/useKeys';
import { acceptProposal, deleteOrReject, takeEdit } from '../work/bench';
import type { Bench } from '../work/bench';
import { decisionOf } from '../work/proposal';

const ZOOM = 1.25;

/** The review column of the key table. */
export function useReviewKeys(bench: Bench, beside: Acts): void {
  const { panel, editing } = bench;
  const bindings = useBindings();
  const keys = editing.active ? editingKeys(bench) : decidingKeys(bench);
  // Keys that people chose do not take the place of those that mean the same for everybody.
  const all = { ...bound(beside, bindings), ...viewKeys(bench), ...keys };
  useKeys(panel ? {} : all, panel ? undefined : digits(bench));
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

function editingKeys(bench: Bench): KeyMap {
  const { editor, editing } = bench;
  return {
    enter: () => {
      takeEdit(bench);
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
