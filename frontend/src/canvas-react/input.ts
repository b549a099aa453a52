import type { RawPointer } from '../canvas/tools/machine';
import type { CanvasStage } from './CanvasStage';
import { Fingers } from './touch';

/** Fields and buttons keep their own Space. */
const KEEPS_SPACE = 'input, textarea, select, button, a, summary, [contenteditable="true"]';

/** Feeds the events of the page to the editor that is shown; the result undoes it. */
export function attachInput(stage: CanvasStage): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const fingers = new Fingers(() => stage.editor);
  attachPointer(stage, signal);
  attachFingers(stage, fingers, signal);
  attachWheel(stage, signal);
  attachKeys(stage, signal);
  attachSpace(stage, signal);
  return () => {
    listening.abort();
  };
}

function attachPointer(stage: CanvasStage, signal: AbortSignal): void {
  const { element } = stage;
  let held = false;
  let second = false;
  const press = (event: PointerEvent) => {
    if (!isPointed(event)) return;
    element.focus({ preventScroll: true });
    element.setPointerCapture(event.pointerId);
    held = true;
    second = false;
    stage.editor?.pointerDown(pointerOf(element, event));
    // The middle button would start the browser's own scrolling.
    if (event.button === 1) event.preventDefault();
  };
  const move = (event: PointerEvent) => {
    if (!isPointed(event)) return;
    const pointer = pointerOf(element, event);
    stage.track(pointer);
    // A second button of the same mouse is reported as a move.
    if (event.button < 0) stage.editor?.pointerMove(pointer);
    else if (isDown(event)) stage.editor?.pointerDown(pointer);
    else {
      second = true;
      stage.editor?.pointerUp(pointer);
    }
  };
  const release = (event: PointerEvent) => {
    if (!isPointed(event)) return;
    held = false;
    stage.editor?.pointerUp(pointerOf(element, event));
  };
  // Comes after a release too; what is drawn by several clicks goes on then.
  const lose = (event: PointerEvent) => {
    if (!isPointed(event)) return;
    // Chromium takes the capture away also when only the second of two buttons is let go.
    if (held && second) {
      second = false;
      element.setPointerCapture(event.pointerId);
      return;
    }
    if (held) stage.editor?.cancel();
    held = false;
  };
  const leave = (event: PointerEvent) => {
    if (!isPointed(event)) return;
    stage.track(null);
    stage.editor?.pointerLeave();
  };
  element.addEventListener('pointerdown', press, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', release, { signal });
  element.addEventListener('lostpointercapture', lose, { signal });
  element.addEventListener('pointerleave', leave, { signal });
}

/** By a mouse or a pen; fingers are told by themselves. */
function isPointed({ isPrimary, pointerType }: PointerEvent): boolean {
  return isPrimary && pointerType !== 'touch';
}

function attachFingers({ element }: CanvasStage, fingers: Fingers, signal: AbortSignal): void {
  const listen = (name: FingerEvent, hear: (event: PointerEvent) => void, pen?: () => void) => {
    const tell = (event: PointerEvent) => {
      if (event.pointerType === 'touch') hear(event);
      else if (event.pointerType === 'pen') pen?.();
    };
    element.addEventListener(name, tell, { signal });
  };
  const touch = (event: PointerEvent) => ({ ...pointerOf(element, event), coarse: true });
  const comes = () => {
    fingers.penComes();
  };
  const press = (event: PointerEvent) => {
    element.focus({ preventScroll: true });
    element.setPointerCapture(event.pointerId);
    fingers.press(event.pointerId, touch(event));
  };
  listen('pointerdown', press, comes);
  listen('pointermove', (event) => fingers.move(event.pointerId, touch(event)), comes);
  listen('pointerup', (event) => fingers.lift(event.pointerId, touch(event)));
  listen('pointercancel', (event) => fingers.lose(event.pointerId));
  listen(
    'pointerleave',
    (event) => fingers.lose(event.pointerId),
    () => fingers.penGoes(),
  );
  const menu = (event: Event) => {
    if (fingers.some) event.preventDefault();
  };
  element.addEventListener('contextmenu', menu, { signal });
}

type FingerEvent = 'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel' | 'pointerleave';

/** Whether the button that the event is about went down; `buttons` counts 1, 4, 2 for 0, 1, 2. */
function isDown({ button, buttons }: PointerEvent): boolean {
  const bit = [1, 4, 2][button] ?? 0;
  return (buttons & bit) !== 0;
}

function pointerOf(element: HTMLElement, event: PointerEvent): RawPointer {
  const { left, top } = element.getBoundingClientRect();
  const { button, shiftKey, altKey, ctrlKey, metaKey } = event;
  const held = { shiftKey, altKey, ctrlKey, metaKey };
  return { x: event.clientX - left, y: event.clientY - top, button, ...held };
}

function attachWheel(stage: CanvasStage, signal: AbortSignal): void {
  const turn = (event: WheelEvent) => {
    event.preventDefault();
    const { left, top } = stage.element.getBoundingClientRect();
    const { deltaX, deltaY, deltaMode, shiftKey, ctrlKey } = event;
    const at = { x: event.clientX - left, y: event.clientY - top };
    stage.editor?.view.wheel({ ...at, deltaX, deltaY, deltaMode, shiftKey, ctrlKey });
  };
  stage.element.addEventListener('wheel', turn, { signal, passive: false });
}

/** Keys of the focused canvas come first; what it does not take goes on to the page. */
function attachKeys(stage: CanvasStage, signal: AbortSignal): void {
  const press = (event: KeyboardEvent) => {
    if (!stage.editor?.handleKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  stage.element.addEventListener('keydown', press, { signal });
  stage.element.addEventListener('keyup', press, { signal });
}

/**
 * Space held pans wherever the focus is. Tapped it belongs to the page, which should act on its
 * keyup: that one is swallowed here when the image was panned meanwhile.
 */
function attachSpace(stage: CanvasStage, signal: AbortSignal): void {
  const press = (event: KeyboardEvent) => {
    if (event.key !== ' ' || keepsSpace(event.target)) return;
    event.preventDefault();
    if (!event.repeat) stage.editor?.setPanHeld(true);
  };
  const release = (event: KeyboardEvent) => {
    if (event.key === ' ' && stage.editor?.setPanHeld(false)) event.stopImmediatePropagation();
  };
  window.addEventListener('keydown', press, { signal, capture: true });
  window.addEventListener('keyup', release, { signal, capture: true });
  window.addEventListener('blur', () => stage.editor?.setPanHeld(false), { signal });
}

function keepsSpace(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(KEEPS_SPACE) !== null;
}
