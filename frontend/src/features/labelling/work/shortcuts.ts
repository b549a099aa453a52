import { CANVAS_KEYS } from '@/canvas';
import type { Editor } from '@/canvas';
import { actionsOf } from '@/lib/bindings';
import type { Acts, Bindings, KeyAction } from '@/lib/bindings';
import type { Dataset } from '@/lib/datasets';
import { canvasShortcuts, chosenShortcuts } from '@/lib/shortcuts';
import type { KeyGroup, Shortcut } from '@/lib/shortcuts';
import type { en } from '@/locales/en';
import type { OptionId, Task } from '../api/tasks';
import { HISTORY_KEYS } from './historyKeys';
import { optionAt } from './response';
import type { Work } from './store';

type Fixed = keyof (typeof en)['labelling']['keys']['fixed'];
export type LabellingShortcut = Shortcut<KeyAction | `fixed.${Fixed}`>;

export interface ShortcutTarget {
  dataset: Dataset;
  work: Work;
  task: Task;
  editor: Editor;
  choose: (option: OptionId) => void;
  help: () => void;
}

const GROUPS: Readonly<Record<KeyAction, KeyGroup>> = {
  accept: 'answer',
  reject: 'answer',
  ignore: 'answer',
  nothing: 'answer',
  back: 'answer',
  skip: 'answer',
  flag: 'answer',
  save: 'answer',
  block: 'answer',
  box: 'edit',
  polygon: 'edit',
  freehand: 'edit',
  next_corner: 'edit',
  previous_corner: 'edit',
  select: 'edit',
  place: 'edit',
  take: 'edit',
  label_search: 'edit',
  delete: 'edit',
  undo: 'edit',
  redo: 'edit',
  copy: 'edit',
  paste: 'edit',
  duplicate: 'edit',
  select_all: 'edit',
  fit: 'view',
  actual_size: 'view',
  zoom_selection: 'view',
  zoom_in: 'view',
  zoom_out: 'view',
  hide: 'view',
  conceal: 'view',
  tags: 'view',
  look: 'view',
  reset_look: 'view',
  attributes: 'edit',
  lock: 'edit',
  to_front: 'edit',
  to_back: 'edit',
  copy_previous: 'edit',
  guideline: 'beside',
  history: 'beside',
  threads: 'beside',
};

/** All that keys do while a task is on the screen: those that people chose, and those of all. */
export function labellingShortcuts(
  target: ShortcutTarget,
  acts: Acts,
  keys: Bindings,
): LabellingShortcut[] {
  const kind = target.dataset.interface;
  return [
    ...(kind === 'image_choice' ? tileShortcuts(target) : []),
    ...chosenShortcuts(acts, keys, GROUPS).map((each) =>
      each.name === 'hide'
        ? { ...each, release: () => target.editor.show({ hidden: false }) }
        : each,
    ),
    { name: 'fixed.enter', group: 'answer', keys: ['enter'], act: acts.accept },
    ...digitShortcuts(target.dataset),
    { name: 'fixed.save', group: 'answer', keys: ['Ctrl+s'], act: acts.save },
    ...editShortcuts(target, acts, keys),
    ...(kind === 'image_choice'
      ? []
      : canvasShortcuts(kind === 'image_manual' ? CANVAS_KEYS : ['wheel', 'pan'])),
    ...besideShortcuts(target),
  ];
}

/** What keys do while there is no task. */
export function idleShortcuts(acts: Acts, keys: Bindings, help: () => void): LabellingShortcut[] {
  return [
    ...chosenShortcuts(acts, keys, GROUPS),
    { name: 'fixed.help', group: 'beside', keys: ['?'], act: help },
  ];
}

/** The two keys beside the digits, by what they write: on many keyboards they lie elsewhere. */
function tileShortcuts({ task, choose }: ShortcutTarget): LabellingShortcut[] {
  const toggle = (place: number) => () => {
    const option = optionAt(task.options, place);
    if (option !== undefined) choose(option);
  };
  const more = { name: 'fixed.more_tiles', group: 'answer' } as const;
  return [
    { name: 'fixed.tiles', group: 'answer', keys: [], words: 'digits' },
    { ...more, keys: ['-'], act: toggle(10) },
    { ...more, name: 'fixed.last_tile', keys: ['='], act: toggle(11) },
    { name: 'fixed.focus', group: 'answer', keys: [], words: 'focus' },
  ];
}

function digitShortcuts({ interface: kind, blocks }: Dataset): LabellingShortcut[] {
  const digits = { group: 'answer', keys: [], words: 'digits' } as const;
  return [
    ...(kind === 'image_manual' ? [{ ...digits, name: 'fixed.labels' } as const] : []),
    ...(kind === 'image_manual'
      ? [{ ...digits, name: 'fixed.only_label', group: 'view', words: 'alt_digits' } as const]
      : []),
    ...(kind === 'choice' ? [{ ...digits, name: 'fixed.options' } as const] : []),
    ...(blocks.length > 0 ? [{ ...digits, name: 'fixed.blocks' } as const] : []),
  ];
}

function editShortcuts(
  { dataset, editor, work }: ShortcutTarget,
  acts: Acts,
  keys: Bindings,
): LabellingShortcut[] {
  const draws = dataset.interface === 'image_manual';
  const other = actionsOf(acts).find((action) => keys[action] === 'backspace');
  const escape: LabellingShortcut = {
    name: draws ? 'fixed.escape' : 'fixed.leave',
    group: draws ? 'edit' : 'answer',
    keys: ['escape'],
    act: () => {
      if (!editor.cancel() && editor.state.selection.length === 0) work.leave();
      else editor.select([]);
    },
  };
  if (!draws) return [escape];
  // Whatever else it is good for, with a selection it deletes.
  const backspace = () => {
    if (editor.state.selection.length === 0)
      if (other) acts[other]?.();
      else if (!editor.state.busy) editor.deleteSelection();
  };
  return [{ name: 'fixed.backspace', group: 'edit', keys: ['backspace'], act: backspace }, escape];
}

function besideShortcuts({ help }: ShortcutTarget): LabellingShortcut[] {
  return [
    { name: 'fixed.help', group: 'beside', keys: ['?'], act: help },
    { name: 'fixed.reason', group: 'beside', keys: [], words: 'digits' },
    ...Object.entries(HISTORY_KEYS).map(([name, key]) => ({
      name: `fixed.${name as keyof typeof HISTORY_KEYS}` as const,
      group: 'beside' as const,
      keys: [key.toLowerCase()],
    })),
    { name: 'fixed.close', group: 'beside', keys: [], words: 'escape' },
  ];
}
