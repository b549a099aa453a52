import type { StoreValue } from 'idb';
import type { Database, Kept } from './database';

type Name = 'answers' | 'drafts';

/** By id; null for a row to be deleted. */
type Rows<N extends Name> = Map<string, StoreValue<Kept, N> | null>;

/**
 * The rows of one object store. What is put here can be read at once and is on the disk a moment
 * later; where the disk takes nothing it lasts as long as the page.
 */
export class Shelf<N extends Name> {
  private readonly database: Promise<Database | null>;
  private readonly name: N;
  /** Not on the disk yet. */
  private readonly fresh: Rows<N> = new Map();
  /** What each reader under way must lay over the rows that it gets from the disk. */
  private readonly readers = new Set<Rows<N>>();

  constructor(database: Promise<Database | null>, name: N) {
    this.database = database;
    this.name = name;
  }

  /** Whether something would be lost with this page. */
  get unwritten(): boolean {
    return this.fresh.size > 0;
  }

  put(row: StoreValue<Kept, N>): Promise<void> {
    return this.write(row.id, row);
  }

  delete(id: string): Promise<void> {
    return this.write(id, null);
  }

  /** All rows, by id, with everything that was put or deleted until they are returned. */
  async all(): Promise<StoreValue<Kept, N>[]> {
    const newer: Rows<N> = new Map(this.fresh);
    // A write may end, and leave `fresh`, after the disk was read and before its rows are here.
    this.readers.add(newer);
    const database = await this.database;
    const stored = (await database?.getAll(this.name).catch(() => [])) ?? [];
    this.readers.delete(newer);
    const rows: Rows<N> = new Map(stored.map((row) => [row.id, row]));
    for (const [id, row] of newer) rows.set(id, row);
    return [...rows.values()].filter((row) => row !== null).sort(byId);
  }

  private async write(id: string, row: StoreValue<Kept, N> | null): Promise<void> {
    this.fresh.set(id, row);
    for (const newer of this.readers) newer.set(id, row);
    const database = await this.database;
    if (!database) return;
    try {
      if (row) await database.put(this.name, row);
      else await database.delete(this.name, id);
    } catch {
      return; // The disk is full, or the browser closed its database: it stays in `fresh`.
    }
    if (this.fresh.get(id) === row) this.fresh.delete(id);
  }
}

function byId(one: { id: string }, other: { id: string }): number {
  return one.id < other.id ? -1 : 1;
}
