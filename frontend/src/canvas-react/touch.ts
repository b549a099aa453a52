import type { Editor } from '../canvas';
import type { RawPointer } from '../canvas/tools/machine';

/** A finger trembles: less than this between press and release is a tap, CSS px. */
const TREMBLE = 6;
/** For so long after a pen was here, one finger is taken for the palm of its hand, ms. */
const PEN_RESTS = 3_000;

/**
 * What fingers on the canvas mean. One does what a mouse does, but its press counts only once it has
 * moved or is lifted: when a second finger comes they pan and zoom, and nothing was drawn. While a
 * pen is near, fingers are its hand.
 */
export class Fingers {
  private readonly editorNow: () => Editor | null;
  private readonly now: () => number;
  private readonly down = new Map<number, RawPointer>();
  private phase: 'waiting' | 'acting' | 'pinching' | 'spent' = 'spent';
  private first: RawPointer = { x: 0, y: 0 };
  /** Whether this finger began the gesture, and so may end it. */
  private began = false;
  private penIsNear = false;
  private penLeft = -Infinity;

  constructor(editorNow: () => Editor | null, now: () => number = () => performance.now()) {
    this.editorNow = editorNow;
    this.now = now;
  }

  get some(): boolean {
    return this.down.size > 0;
  }

  press(id: number, at: RawPointer): void {
    if (this.penIsNear) return;
    this.down.set(id, at);
    if (this.down.size === 1) {
      this.first = at;
      this.phase = this.now() - this.penLeft < PEN_RESTS ? 'spent' : 'waiting';
    } else if (this.down.size === 2) {
      this.stop();
      this.phase = 'pinching';
    }
  }

  move(id: number, at: RawPointer): void {
    if (!this.down.has(id)) return;
    const before = this.spread();
    this.down.set(id, at);
    const editor = this.editorNow();
    if (this.phase === 'pinching') editor?.view.pinch(before, this.spread());
    const moves = Math.hypot(at.x - this.first.x, at.y - this.first.y) >= TREMBLE;
    if (this.phase === 'waiting' && moves) this.act();
    if (this.phase === 'acting') editor?.pointerMove(at);
  }

  lift(id: number, at: RawPointer): void {
    if (!this.down.delete(id)) return;
    if (this.phase === 'waiting') this.act();
    // A tap is where it began, however the finger rolled.
    const moved = Math.hypot(at.x - this.first.x, at.y - this.first.y) >= TREMBLE;
    if (this.phase === 'acting') this.editorNow()?.pointerUp(moved ? at : this.first);
    this.rest();
  }

  /** The browser took the finger away. */
  lose(id: number): void {
    if (!this.down.delete(id)) return;
    this.stop();
    this.rest();
  }

  /** A pen is over the canvas: what lies there already is its hand. */
  penComes(): void {
    if (this.some) this.stop();
    this.down.clear();
    this.penIsNear = true;
  }

  penGoes(): void {
    this.penIsNear = false;
    this.penLeft = this.now();
  }

  private act(): void {
    const editor = this.editorNow();
    this.began = !editor?.state.busy;
    this.phase = 'acting';
    editor?.pointerDown(this.first);
  }

  /** Takes back what this press did. A shape of several presses waits for the next one. */
  private stop(): void {
    if (this.phase !== 'acting') return;
    if (this.began) this.editorNow()?.cancel();
    else this.editorNow()?.losePress();
  }

  private rest(): void {
    if (this.phase === 'pinching') this.editorNow()?.view.settle();
    this.phase = 'spent';
    if (!this.some) this.editorNow()?.pointerLeave();
  }

  /** The middle of the first two fingers, and how far they are apart. */
  private spread() {
    const [a = this.first, b = a] = this.down.values();
    const apart = Math.hypot(a.x - b.x, a.y - b.y);
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, apart };
  }
}
