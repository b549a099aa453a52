import { distance } from '../geometry/points';
import { CLICK_SLOP } from './tool';
import type { PointerInput, ToolHost } from './tool';

/**
 * Selects what a click means: the likeliest shape, with Alt or on a repeated click the one below
 * the selected one, with Shift or Ctrl one more or one less. Beside all shapes it drops the selection.
 */
export function clickAt(host: ToolHost, input: PointerInput): void {
  const stack = host.shapesAt(input.screen).map((shape) => shape.id);
  const { selection } = host.document.state;
  const repeated = host.lastClick !== null && distance(host.lastClick, input.screen) <= CLICK_SLOP;
  host.lastClick = input.screen;
  if (input.shift || input.ctrl) {
    host.document.select(toggled(selection, stack[0]));
  } else {
    const chosen = input.alt || repeated ? below(stack, selection) : stack[0];
    host.document.select(chosen === undefined ? [] : [chosen]);
  }
  host.clicked(input.screen);
}

function toggled(selection: readonly string[], id: string | undefined): readonly string[] {
  if (id === undefined) return selection;
  return selection.includes(id) ? selection.filter((other) => other !== id) : [...selection, id];
}

function below(stack: readonly string[], selection: readonly string[]): string | undefined {
  const position = selection.length === 1 ? stack.indexOf(selection[0] ?? '') : -1;
  return stack[(position + 1) % stack.length];
}
