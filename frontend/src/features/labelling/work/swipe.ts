import type { Verdict } from '../api/tasks';

/** One finger, CSS px from the top left of the page. */
export interface Finger {
  readonly id: number;
  readonly x: number;
  readonly y: number;
}

/** Where a finger has come to since it went down. */
export interface Drag {
  readonly dx: number;
  readonly dy: number;
  /** What the direction stands for; null where it stands for nothing. */
  readonly verdict: Verdict | null;
  /** How much of the way is done; from 1 on letting go answers. */
  readonly progress: number;
}

/** How far a finger must go, CSS px. */
export const FAR_ENOUGH = 80;
/** How much it may stray from its direction, as a part of the way. */
const STRAY = 0.6;

/**
 * A swipe over the picture: right accepts, left rejects, up says unsure. With a second finger it is
 * none any more, until all are up again.
 */
export class Swipe {
  private readonly fingers = new Set<number>();
  private start: Finger | null = null;
  private drag: Drag | null = null;

  /** @returns where the swipe is now; null where there is none */
  down(finger: Finger): Drag | null {
    this.fingers.add(finger.id);
    this.start = this.fingers.size === 1 ? finger : null;
    this.drag = null;
    return null;
  }

  move({ id, x, y }: Finger): Drag | null {
    if (this.start?.id === id) this.drag = dragOf(x - this.start.x, y - this.start.y);
    return this.drag;
  }

  /** @returns the answer that this was; null where it was too short or none */
  up(finger: Finger): Verdict | null {
    const drag = this.move(finger);
    this.cancel(finger);
    return drag && drag.progress >= 1 ? drag.verdict : null;
  }

  /** The browser took the finger away, or the page did. */
  cancel({ id }: Pick<Finger, 'id'>): void {
    this.fingers.delete(id);
    this.start = null;
    this.drag = null;
  }
}

function dragOf(dx: number, dy: number): Drag {
  const [across, along] = [Math.abs(dx), Math.abs(dy)];
  const sideways = across >= along;
  const far = Math.max(across, along);
  const straight = Math.min(across, along) <= STRAY * far;
  const verdict = sideways ? (dx > 0 ? 'accept' : 'reject') : dy < 0 ? 'ignore' : null;
  return { dx, dy, verdict: far > 0 && straight ? verdict : null, progress: far / FAR_ENOUGH };
}
