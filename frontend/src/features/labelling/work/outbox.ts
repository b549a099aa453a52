import { createStore } from 'zustand/vanilla';
import type { ApiError } from '@/lib/http';
import type { Wire } from '@/lib/wire';
import { sendAnswer } from '../api/answers';
import { asApiError, isTemporary } from './failures';
import type { KeptAnswer } from './keep/database';
import { alone } from './keep/page';
import type { Shelf } from './keep/shelf';

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;

export interface OutboxState {
  /** What the server has not confirmed, oldest first, from all pages and datasets. */
  readonly answers: readonly KeptAnswer[];
  /** Why the last try has to be repeated. */
  readonly error: ApiError | null;
}

type Heard = (answer: KeptAnswer, reply: Wire<'AnswerReply'> | null) => void;

/**
 * One person's answers on their way to the server, one at a time and in order, whichever page they
 * came from. What fails because nobody answers, because the session is over or because the server
 * is busy is sent again until it succeeds; what the server will never take stays here with the
 * reason until somebody has looked at it.
 */
export class Outbox {
  readonly store = createStore<OutboxState>(() => ({ answers: [], error: null }));
  private readonly user: string;
  private readonly shelf: Shelf<'answers'>;
  private readonly channel: BroadcastChannel;
  private readonly heard = new Set<Heard>();
  /** On their way to the disk; what is read from there meanwhile does not have them. */
  private readonly writing = new Map<string, KeptAnswer>();
  private running = false;
  private wake: (() => void) | null = null;

  constructor(user: string, shelf: Shelf<'answers'>) {
    this.user = user;
    this.shelf = shelf;
    this.channel = new BroadcastChannel(`concord-${user}`);
    this.channel.onmessage = ({ data }: MessageEvent<Parameters<Heard> | null>) => {
      void this.read().then(() => {
        if (data) this.tell(...data);
        return this.run(); // its page may be gone
      });
    };
    window.addEventListener('online', this.hurry);
    void this.read().then(this.hurry);
  }

  get unwritten(): boolean {
    return this.shelf.unwritten;
  }

  /** Tells of every answer, of this page or another, that got a reply; null for a refused one. */
  listen(heard: Heard): () => void {
    this.heard.add(heard);
    return () => this.heard.delete(heard);
  }

  add(answer: KeptAnswer): void {
    // The one before is not confirmed yet, so this one stands on the same ground until it is.
    const before = this.waiting.findLast(
      ({ task, page }) => task.id === answer.task.id && page === answer.page,
    );
    const body = before
      ? { ...answer.body, lease: before.body.lease ?? null, base: before.body.base ?? null }
      : answer.body;
    const kept = { ...answer, body };
    this.store.setState(({ answers }) => ({ answers: [...answers, kept] }));
    this.writing.set(kept.id, kept);
    void this.shelf.put(kept).then(() => {
      this.writing.delete(kept.id);
      this.announce(null);
      this.hurry();
    });
  }

  /** Takes an answer out that was refused. */
  take(id: string): KeptAnswer | undefined {
    const answer = this.store.getState().answers.find((each) => each.id === id);
    void this.forget(id);
    this.announce(null);
    return answer;
  }

  /** Try now: the person is logged in again, or the network is back. */
  readonly hurry = (): void => {
    this.wake?.();
    void this.run();
  };

  private get waiting(): KeptAnswer[] {
    return this.store.getState().answers.filter(({ problem }) => !problem);
  }

  private async read(): Promise<void> {
    const kept = (await this.shelf.all()).filter(({ id }) => !this.writing.has(id));
    this.store.setState({ answers: [...kept, ...this.writing.values()] });
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    let pause = FIRST_PAUSE;
    while (this.waiting.length > 0) {
      const error = await alone(`concord-send-${this.user}`, () => this.sendAll());
      this.store.setState({ error });
      if (!error) continue;
      await this.rest(error.retryAfter ? error.retryAfter * 1000 : pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
    this.running = false;
  }

  /** Sends until nothing is left or something has to wait; says why. */
  private async sendAll(): Promise<ApiError | null> {
    await this.read(); // another page may have sent some since
    for (let answer = this.waiting[0]; answer; answer = this.waiting[0]) {
      try {
        const reply = await sendAnswer(this.user, answer.task.id, answer.id, answer.body);
        await this.sent(answer, reply);
      } catch (failure) {
        const error = asApiError(failure);
        if (isTemporary(error)) return error;
        await this.refused(answer, error);
      }
    }
    return null;
  }

  private async sent(answer: KeptAnswer, reply: Wire<'AnswerReply'>): Promise<void> {
    const ground = { lease: null, base: reply.revision };
    for (const each of this.laterThan(answer))
      await this.replace({ ...each, body: { ...each.body, ...ground } });
    const forgotten = this.forget(answer.id);
    // At once: whoever sees it gone and changes it must know on which revision.
    this.tell(answer, reply);
    await forgotten;
    this.announce([answer, reply]);
  }

  private async refused(answer: KeptAnswer, error: ApiError): Promise<void> {
    if (this.laterThan(answer).length > 0) {
      await this.forget(answer.id);
      this.announce(null);
      return;
    }
    const kept = { ...answer, problem: { status: error.status, body: error.body } };
    await this.replace(kept);
    this.announce([kept, null]);
    this.tell(kept, null);
  }

  /** What the same page has said of the same task since. */
  private laterThan({ id, task, page }: KeptAnswer): KeptAnswer[] {
    return this.waiting.filter(
      (other) => other.task.id === task.id && other.page === page && other.id > id,
    );
  }

  private async replace(answer: KeptAnswer): Promise<void> {
    this.store.setState(({ answers }) => ({
      answers: answers.map((each) => (each.id === answer.id ? answer : each)),
    }));
    await this.shelf.put(answer);
  }

  private forget(id: string): Promise<void> {
    this.store.setState(({ answers }) => ({ answers: answers.filter((each) => each.id !== id) }));
    return this.shelf.delete(id);
  }

  private announce(news: Parameters<Heard> | null): void {
    this.channel.postMessage(news);
  }

  private tell(...news: Parameters<Heard>): void {
    for (const heard of this.heard) heard(...news);
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
