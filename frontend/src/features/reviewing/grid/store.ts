import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { uuid7 } from '@/lib/uuid7';
import { pointsIn, sayOf, takeBackAll } from '../api/bulk';
import type { Filter, LeftOut, Point, Saying } from '../api/bulk';
import { Sender } from '../work/sender';
import { NOTHING, extend, goTo, nextOpen, selectAll, toggle } from './selection';
import type { Selected } from './selection';
import { START, inHand, takesInHand, tilesOf } from './state';
import type { GridState, Note } from './state';

/** One thing that was said of some conflicts, and by which id it is taken back. */
interface Act {
  readonly points: readonly Point[];
  readonly saying: Saying;
  bulk: string | null;
}

/** A reviewer's way through many conflicts at once. What is said is sent as it is said. */
export class Grid {
  readonly store: StoreApi<GridState> = createStore(() => START);
  private readonly sender = new Sender((offline) => this.set({ offline }));
  /** The newest known versions of tasks: what was taken back makes them older ones no more. */
  private readonly versions = new Map<string, number>();
  private past: Act[] = [];
  private future: Act[] = [];
  private readonly slug: string;
  private readonly filter: Filter;

  constructor(slug: string, filter: Filter) {
    this.slug = slug;
    this.filter = filter;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** Fetches a page once all that was said has arrived; @param after the conflict before it */
  async load(after: string | null = null): Promise<void> {
    this.set({ loading: true, error: null });
    try {
      await this.sender.add(() => Promise.resolve());
      const reply = await pointsIn(this.slug, this.filter, after);
      for (const { task, version } of reply.results) this.versions.set(task, version);
      this.set({
        points: reply.results,
        sets: new Map(reply.sets.map(({ key, takes }) => [key, takes])),
        said: new Map(),
        left: new Map(),
        selection: NOTHING,
        kinds: reply.kinds,
        missed: reply.missed,
        more: reply.more,
      });
    } catch (error) {
      this.set({ error });
    }
    this.set({ loading: false });
  }

  /** The conflicts after these; at the end from the start again. */
  async next(): Promise<void> {
    await this.load(this.state.more ? (this.state.points.at(-1)?.id ?? null) : null);
  }

  go(place: number): void {
    const { selection } = this.state;
    this.set({ selection: goTo(this.tiles, selection, place), note: null });
  }

  toggle(place: number = this.state.selection.focus): void {
    this.select(toggle(this.tiles, this.state.selection, place));
  }

  extend(place: number): void {
    this.select(extend(this.tiles, this.state.selection, place));
  }

  all(): void {
    this.select(selectAll(this.tiles, this.state.selection));
  }

  drop(): void {
    const { selection } = this.state;
    this.set({ selection: { ...selection, chosen: new Set() }, note: null });
  }

  /** Accepts what is proposed for all in hand; a tie proposes nothing, so it stays. */
  accept(): void {
    const some = inHand(this.state);
    const proposed = some.filter(({ proposal }) => proposal !== null);
    const tied = some.length - proposed.length;
    this.say(proposed, { action: 'accept', take: null });
    if (tied > 0) this.set({ note: { kind: 'tied', count: tied } });
  }

  /** Takes what a digit stands for. */
  take(place: number): void {
    const take = takesInHand(this.state)[place];
    if (take) this.say(inHand(this.state), { action: 'take', take: take.key });
  }

  /** Deletes the objects in hand; where there are none there is nothing to delete. */
  delete(): void {
    const objects = inHand(this.state).filter(({ span }) => span !== null);
    if (objects.length > 0) this.say(objects, { action: 'delete', take: null });
    else this.set({ note: { kind: 'nothing' } });
  }

  /** Takes back the last thing that was said, of however many conflicts, as one. */
  undo(): void {
    const act = this.past.pop();
    if (!act) return;
    this.future.push(act);
    this.mark(act.points, null);
    this.look(act);
    this.send(async () => {
      const told = act.bulk === null ? null : await takeBackAll(this.slug, act.bulk);
      for (const { task, version } of told?.reopened ?? []) this.versions.set(task, version);
      return told;
    })
      .then(async (told) => {
        if (!told) return;
        this.leave(act, told.left_out, 'undone');
        this.set({ missed: told.missed });
        if (!this.shows(act)) await this.load();
      })
      .catch((error: unknown) => {
        this.set({ error });
      });
  }

  /** Says again what was taken back last. */
  redo(): void {
    const act = this.future.pop();
    if (!act) return;
    this.look(act);
    this.carryOut({ ...act, bulk: null });
  }

  dismiss(): void {
    this.set({ note: null });
  }

  private say(points: readonly Point[], saying: Saying): void {
    if (points.length === 0) return;
    this.future = [];
    this.carryOut({ points, saying, bulk: null });
  }

  private carryOut(act: Act): void {
    const { points, saying } = act;
    this.past.push(act);
    this.mark(points, saying);
    this.goOn(points);
    const key = uuid7();
    let conflicts: { conflict: string; version: number }[] | null = null;
    this.send(async () => {
      // The same each time that it is sent, or the key would not know it again.
      conflicts ??= points.map(({ id, task, version }) => ({
        conflict: id,
        version: this.versions.get(task) ?? version,
      }));
      const told = await sayOf(this.slug, saying, conflicts, key);
      // Here and not after it: what takes it back may be the next in the queue.
      act.bulk = told.id;
      for (const { task, version } of told.decided) this.versions.set(task, version);
      return told;
    })
      .then((told) => {
        this.leave(act, told.left_out, 'left');
        this.set({ missed: told.missed });
        this.turn();
      })
      .catch((error: unknown) => {
        this.past = this.past.filter((each) => each !== act);
        this.mark(points, null);
        this.set({ error });
      });
  }

  /** One after the other: what is taken back must not overtake what was said. */
  private async send<Reply>(act: () => Promise<Reply>): Promise<Reply> {
    this.set({ sending: this.state.sending + 1, error: null });
    try {
      return await this.sender.add(act);
    } finally {
      this.set({ sending: this.state.sending - 1 });
    }
  }

  /** The page is done: the next one comes. */
  private turn(): void {
    const { sending, points, said } = this.state;
    const done = points.length > 0 && points.every(({ id }) => said.has(id));
    if (sending === 0 && done && !this.state.loading) void this.next();
  }

  private mark(points: readonly Point[], saying: Saying | null): void {
    const [said, left] = [new Map(this.state.said), new Map(this.state.left)];
    for (const { id } of points) {
      left.delete(id);
      if (saying) said.set(id, saying);
      else said.delete(id);
    }
    this.set({ said, left, note: null });
  }

  /** From the last of what was decided to the next that is open. */
  private goOn(points: readonly Point[]): void {
    const { points: all, selection } = this.state;
    const last = all.findLastIndex((point) => points.includes(point));
    const focus = nextOpen(this.tiles, last) ?? selection.focus;
    this.set({ selection: { focus, anchor: focus, chosen: new Set() } });
  }

  /** What was to be decided or taken back and could not be goes back, with the reason. */
  private leave(act: Act, told: readonly LeftOut[], kind: 'left' | 'undone'): void {
    if (told.length > 0) {
      const [said, left] = [new Map(this.state.said), new Map(this.state.left)];
      for (const each of told) {
        if (kind === 'undone') said.set(each.conflict, act.saying);
        else said.delete(each.conflict);
        if (kind === 'left') left.set(each.conflict, each);
      }
      this.set({ said, left });
    }
    const count = act.points.length - told.length;
    const note: Note = { kind, count, left: told };
    if (told.length > 0 || kind === 'undone') this.set({ note });
  }

  private look({ points }: Act): void {
    const [first] = points;
    const place = this.state.points.findIndex(({ id }) => id === first?.id);
    if (place >= 0) this.set({ selection: { focus: place, anchor: place, chosen: new Set() } });
  }

  private shows({ points }: Act): boolean {
    return points.every(({ id }) => this.state.points.some((point) => point.id === id));
  }

  private select({ selection, refused }: Selected): void {
    this.set({ selection, note: refused ? { kind: 'refused', why: refused } : null });
  }

  private get tiles() {
    return tilesOf(this.state);
  }

  private get state(): GridState {
    return this.store.getState();
  }

  private set(change: Partial<GridState>): void {
    this.store.setState(change);
  }
}
