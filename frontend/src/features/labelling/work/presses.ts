/** Two answers closer together than this are one double press, ms. */
const DOUBLE_PRESS = 200;
/** A pick that comes so soon after one that answered was meant for the same task, ms. */
const SECOND_PICK = 500;

/** Tells a new press from the second half of the last one, which must not reach the next task. */
export class Presses {
  private answered = -Infinity;
  private picked = -Infinity;

  /** Whether an answer at `now`, ms, is one of its own. */
  mayAnswer(now: number): boolean {
    return now - this.answered >= DOUBLE_PRESS && now - this.picked >= DOUBLE_PRESS;
  }

  /** Whether a pick at `now` is one of its own. */
  mayPick(now: number): boolean {
    return now - this.answered >= DOUBLE_PRESS && now - this.picked >= SECOND_PICK;
  }

  /** An answer was given; `byPick` where picking an option was enough. */
  answer(now: number, { byPick }: { byPick: boolean }): void {
    this.answered = now;
    if (byPick) this.picked = now;
  }
}
