import { ApiError } from '@/lib/http';

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;

/** Sends one thing after the other; what does not get through is sent again until it does. */
export class Sender {
  private queue: Promise<unknown> = Promise.resolve();
  private readonly waits: (waiting: boolean) => void;

  /** @param waits is told when the server cannot be reached, and when it can again. */
  constructor(waits: (waiting: boolean) => void) {
    this.waits = waits;
  }

  /** @param act is told whether it was tried before and may have got through unheard. */
  add<Reply>(act: (again: boolean) => Promise<Reply>): Promise<Reply> {
    const sent = this.queue.then(() => this.persist(act));
    this.queue = sent.catch(() => undefined);
    return sent;
  }

  private async persist<Reply>(act: (again: boolean) => Promise<Reply>): Promise<Reply> {
    for (let tries = 0; ; tries++) {
      try {
        const reply = await act(tries > 0);
        if (tries > 0) this.waits(false);
        return reply;
      } catch (error) {
        if (!isPassing(error)) {
          if (tries > 0) this.waits(false);
          throw error;
        }
        this.waits(true);
        await pause(Math.min(FIRST_WAIT * 2 ** tries, LONGEST_WAIT));
      }
    }
  }
}

function isPassing(error: unknown): boolean {
  return (
    error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500)
  );
}

/** Until the time is up, or the network is back. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener('online', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    window.addEventListener('online', end);
  });
}
