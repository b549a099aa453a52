/** Who does nothing for so long has stopped working, ms. */
const IDLE = 60_000;
const MOST_SECONDS = 86_400;
const INPUT = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** How long somebody has really worked on the task on the screen: the page seen, the hand moving. */
export class ActiveTime {
  private worked = 0;
  /** Up to when it is counted. */
  private counted = 0;
  private input = 0;
  private away = true;

  start(): void {
    for (const input of INPUT) window.addEventListener(input, this.touched, { passive: true });
    document.addEventListener('visibilitychange', this.turned);
    this.turned();
  }

  stop(): void {
    this.count();
    this.away = true;
    for (const input of INPUT) window.removeEventListener(input, this.touched);
    document.removeEventListener('visibilitychange', this.turned);
  }

  /** Another task is on the screen, on which so many seconds were spent before. */
  begin(seconds: number): void {
    this.count();
    this.worked = seconds * 1000;
  }

  get seconds(): number {
    this.count();
    return Math.min(this.worked / 1000, MOST_SECONDS);
  }

  /** Since when nothing was done here, ms. */
  get idle(): number {
    return performance.now() - this.input;
  }

  private readonly touched = (): void => {
    this.count();
    this.input = performance.now();
  };

  private readonly turned = (): void => {
    this.count();
    this.away = document.hidden;
    this.input = performance.now();
  };

  private count(): void {
    const now = performance.now();
    const end = this.away ? this.counted : Math.min(now, this.input + IDLE);
    this.worked += Math.max(end - this.counted, 0);
    this.counted = now;
  }
}
