/** A keyboard event. */
export interface KeyInput {
  readonly type: string;
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** What the keys of the canvas act on. */
interface KeyTarget {
  readonly state: {
    readonly busy: boolean;
    readonly readOnly: boolean;
    readonly selection: readonly string[];
  };
  readonly view: { panBy(dx: number, dy: number): void };
  setModifiers(modifiers: KeyInput): void;
  cancel(): boolean;
  finish(): void;
  takeBack(): boolean;
  select(ids: readonly string[]): void;
  selectNext(step: 1 | -1): boolean;
  deleteSelection(): void;
  nudge(dx: number, dy: number): void;
  stretch(dx: number, dy: number): void;
}

/** What the canvas listens to itself, while it is focused or pointed at. */
export const CANVAS_KEYS = ['arrows', 'tab', 'wheel', 'pan'] as const;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const FAR = 10;
const PAN_STEP = 64;

/** True when the key meant something to the canvas. Arrows, Delete, Backspace, Escape and Tab do. */
export function handleKey(target: KeyTarget, input: KeyInput): boolean {
  if (input.key === 'Shift' || input.key === 'Alt') {
    target.setModifiers(input);
    return false;
  }
  if (input.type !== 'keydown') return false;
  if (target.state.busy) return handleInGesture(target, input);
  if (input.ctrlKey || input.metaKey) return false;
  const arrow = ARROWS[input.key];
  if (arrow) return handleArrow(target, input, arrow);
  if (input.key === 'Tab') return target.selectNext(input.shiftKey ? -1 : 1);
  if (target.state.selection.length === 0) return false;
  if (input.key === 'Escape') target.select([]);
  else if (isDelete(input.key) && !target.state.readOnly) target.deleteSelection();
  else return false;
  return true;
}

function handleInGesture(target: KeyTarget, { key, ctrlKey, metaKey }: KeyInput): boolean {
  const undoes = (ctrlKey || metaKey) && key.toLowerCase() === 'z';
  if (key === 'Escape' || key === 'Delete') target.cancel();
  else if (key === 'Enter') target.finish();
  else if (key === 'Backspace' || undoes) target.takeBack();
  else return false;
  return true;
}

function handleArrow(
  target: KeyTarget,
  { shiftKey, altKey }: KeyInput,
  [x, y]: readonly [number, number],
): boolean {
  const step = shiftKey ? FAR : 1;
  if (target.state.selection.length === 0 || target.state.readOnly) {
    target.view.panBy(-x * PAN_STEP, -y * PAN_STEP);
  } else if (altKey) target.stretch(x * step, y * step);
  else target.nudge(x * step, y * step);
  return true;
}

function isDelete(key: string): boolean {
  return key === 'Delete' || key === 'Backspace';
}
