import { CANVAS_KEYS, drawingTools } from '@/canvas';
import { bound } from '@/lib/bindings';
import type { Acts, Bindings } from '@/lib/bindings';
import { canvasShortcuts } from '@/lib/shortcuts';
import type { Shortcut } from '@/lib/shortcuts';
import type { pages } from '@/locales/en/pages';
import { acceptProposal, deleteOrReject, takeEdit } from './bench';
import type { Bench } from './bench';
import { glide, wholeImageOrBack } from './glide';

const ZOOM = 1.25;

type Name = Exclude<keyof (typeof pages)['reviewing']['keys'], 'title' | 'fixed'>;
type Fixed = `fixed.${keyof (typeof pages)['reviewing']['keys']['fixed']}`;
export type ReviewShortcut = Shortcut<Name | Fixed>;

/** What keys do at any time, while a conflict is decided, and while an object is edited in place. */
export interface ReviewShortcuts {
  readonly always: readonly ReviewShortcut[];
  readonly deciding: readonly ReviewShortcut[];
  readonly editing: readonly ReviewShortcut[];
}

export function reviewShortcuts(bench: Bench, beside: Acts, keys: Bindings): ReviewShortcuts {
  const kind = bench.task.interface;
  const draws = kind === 'image_manual';
  return {
    always: [
      ...besideShortcuts(bench, beside, keys),
      ...(kind === 'image_choice' ? [] : viewShortcuts(bench)),
      ...(kind === 'image_choice'
        ? []
        : canvasShortcuts(draws ? CANVAS_KEYS : (['wheel', 'pan'] as const))),
    ],
    deciding: [
      ...(draws && !bench.conflict ? toolShortcuts(bench, keys) : []),
      ...decidingShortcuts(bench),
      ...wayShortcuts(bench),
      // A digit gives a label to what is drawn or edited.
      ...(draws ? [{ name: 'label', group: 'edit', keys: [], words: 'digits' } as const] : []),
    ],
    editing: draws ? editingShortcuts(bench) : [],
  };
}

/** Keys that people chose for labelling hold here too, where nothing else has them. */
function besideShortcuts(
  { reviews, setPanel, talk }: Bench,
  beside: Acts,
  keys: Bindings,
): ReviewShortcut[] {
  const { guideline: toggle } = beside;
  const guideline = toggle ? Object.keys(bound({ guideline: toggle }, keys)) : [];
  return [
    { name: 'guideline', group: 'beside', keys: guideline, act: toggle },
    { name: 'threads', group: 'beside', keys: ['m'], act: talk.toggle },
    { name: 'next_thread', group: 'beside', keys: ['Shift+m'], act: talk.next },
    { name: 'names', group: 'beside', keys: ['i'], act: () => void reviews.showNames() },
    { name: 'help', group: 'beside', keys: ['?'], act: () => setPanel('keys') },
    { name: 'reason', group: 'beside', keys: [], words: 'digits' },
    { name: 'close', group: 'beside', keys: [], words: 'escape' },
  ];
}

function viewShortcuts({ editor, conflict, task, setAlone }: Bench): ReviewShortcut[] {
  const hide = (hidden: boolean) => () => {
    editor.show({ hidden });
  };
  const toObject = () => {
    const object = conflict?.object == null ? undefined : task.merge.objects[conflict.object];
    if (object) glide(editor, () => editor.zoomToShape(object.span.id));
  };
  return [
    { name: 'fit', group: 'view', keys: ['f'], act: () => wholeImageOrBack(editor) },
    { name: 'actual_size', group: 'view', keys: ['Shift+f'], act: () => editor.view.actualSize() },
    { name: 'to_object', group: 'view', keys: ['z'], act: toObject },
    { name: 'zoom_in', group: 'view', keys: ['+'], act: () => editor.view.zoomBy(ZOOM) },
    { name: 'zoom_out', group: 'view', keys: ['-'], act: () => editor.view.zoomBy(1 / ZOOM) },
    { name: 'hide', group: 'view', keys: ['h'], act: hide(true), release: hide(false) },
    {
      name: 'alone',
      group: 'view',
      keys: ['alt'],
      words: 'alt_digits',
      release: () => setAlone(null),
    },
  ];
}

function decidingShortcuts(bench: Bench): ReviewShortcut[] {
  const { conflict, editor, editing, setPanel } = bench;
  const accept = () => {
    if (!editor.state.busy) acceptProposal(bench);
  };
  const remove = () => {
    if (editor.state.selection.length > 0) editor.deleteSelection();
    else deleteOrReject(bench);
  };
  return [
    { name: 'accept', group: 'answer', keys: ['enter', 'a'], act: accept },
    { name: 'take', group: 'answer', keys: [], words: 'digits' },
    { name: 'reject', group: 'answer', keys: ['x'], act: () => deleteOrReject(bench) },
    { name: 'delete', group: 'answer', keys: ['delete'], act: remove },
    { name: 'edit', group: 'answer', keys: ['e'], act: () => editing.start() },
    { name: 'send_back', group: 'answer', keys: ['s'], act: () => setPanel('send_back') },
    { name: 'give_back', group: 'answer', keys: ['Shift+s'], act: () => setPanel('give_back') },
    { name: 'escalate', group: 'answer', keys: ['l'], act: () => setPanel('escalate') },
    {
      name: 'undo',
      group: 'answer',
      keys: ['Ctrl+z'],
      act: () => {
        if (!conflict && editor.state.canUndo) editor.undo();
        else bench.reviews.undo();
      },
    },
    {
      name: 'redo',
      group: 'answer',
      keys: ['Ctrl+Shift+z'],
      act: () => {
        if (!conflict && editor.state.canRedo) editor.redo();
        else bench.reviews.redo();
      },
    },
  ];
}

/** What was missed is drawn by the tools of labelling, under the keys that people chose there. */
function toolShortcuts({ editor }: Bench, keys: Bindings): ReviewShortcut[] {
  return (['select', ...drawingTools(editor.state.drawing)] as const).map((tool) => ({
    name: `tool_${tool}` as const,
    group: 'edit',
    keys: keys[tool] === '' ? [] : [keys[tool]],
    act: () => {
      editor.setTool(tool);
    },
  }));
}

/** From conflict to conflict. */
function wayShortcuts({ reviews, state, conflict, editor }: Bench): ReviewShortcut[] {
  const back = () => {
    if (editor.state.selection.length > 0) editor.deleteSelection();
    else reviews.go(conflict ? state.place - 1 : state.place);
  };
  const leave = () => {
    if (!editor.cancel() && !conflict) reviews.go(state.place);
  };
  return [
    { name: 'next', group: 'answer', keys: [' '], act: () => reviews.go(state.place + 1) },
    { name: 'back', group: 'answer', keys: ['backspace'], act: back },
    { name: 'coverage', group: 'answer', keys: ['n'], act: () => reviews.look() },
    { name: 'leave', group: 'answer', keys: ['escape'], act: leave },
  ];
}

function editingShortcuts(bench: Bench): ReviewShortcut[] {
  const { editor, editing } = bench;
  const leave = () => {
    if (!editor.cancel()) editing.stop();
  };
  return [
    { name: 'take_edit', group: 'edit', keys: ['enter'], act: () => takeEdit(bench) },
    { name: 'leave_edit', group: 'edit', keys: ['escape'], act: leave },
    { name: 'undo_edit', group: 'edit', keys: ['Ctrl+z'], act: () => editor.undo() },
    { name: 'redo_edit', group: 'edit', keys: ['Ctrl+Shift+z'], act: () => editor.redo() },
  ];
}
