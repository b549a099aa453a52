import { ApiError } from '@/lib/http';
import { sendAnswer } from '../api/answers';
import type { Answer } from '../api/answers';

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;

interface Listener {
  /** How many answers the server has not confirmed yet. */
  onCount: (unsent: number) => void;
  /** The server will never take this answer as it is. */
  onRefused: (answer: Answer, error: ApiError) => void;
}

/**
 * Answers on their way to the server, one at a time and in order. What fails because nobody answers,
 * because the session is over or because the server is busy is sent again until it succeeds.
 */
export class Outbox {
  private readonly waiting: Answer[] = [];
  private readonly listener: Listener;
  private running = false;
  private wake: (() => void) | null = null;

  constructor(listener: Listener) {
    this.listener = listener;
  }

  get unsent(): number {
    return this.waiting.length;
  }

  get taskIds(): string[] {
    return this.waiting.map((answer) => answer.taskId);
  }

  add(answer: Answer): void {
    this.waiting.push(answer);
    this.listener.onCount(this.unsent);
    void this.run();
  }

  /** Try now: the person is logged in again, or the network is back. */
  hurry(): void {
    this.wake?.();
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    let pause = FIRST_PAUSE;
    for (let answer = this.waiting[0]; answer; answer = this.waiting[0]) {
      const error = await trySending(answer);
      if (error && isTemporary(error)) {
        await this.rest(error.retryAfter ? error.retryAfter * 1000 : pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE);
        continue;
      }
      pause = FIRST_PAUSE;
      this.waiting.shift();
      if (error) this.listener.onRefused(answer, error);
      this.listener.onCount(this.unsent);
    }
    this.running = false;
  }

  private rest(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

async function trySending(answer: Answer): Promise<ApiError | null> {
  try {
    await sendAnswer(answer);
    return null;
  } catch (error) {
    return error instanceof ApiError ? error : new ApiError(0, { detail: String(error) });
  }
}

function isTemporary({ status, code }: ApiError): boolean {
  const inFlight = code === 'idempotency_in_flight';
  return status === 0 || status === 401 || status === 429 || status >= 500 || inFlight;
}
