import { uuid7 } from '@/lib/uuid7';

/** Tells this page from all others, also from itself before a reload. */
export const PAGE = uuid7();

const LOCK = 'concord-page-';

/** Browsers have no locks where the address is neither https nor this machine. */
const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks;

// Held until the page is gone, however it goes.
void locks?.request(LOCK + PAGE, () => new Promise(() => undefined));

/** Whether a page is open in this browser. Without locks every other one counts as gone. */
export async function openPages(): Promise<(page: string) => boolean> {
  const { held = [] } = (await locks?.query()) ?? {};
  const names = new Set(held.map(({ name }) => name));
  return (page) => page === PAGE || names.has(LOCK + page);
}

/** Says that this page does something, until the function that it returns is called. */
export function declare(name: string): () => void {
  let end = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  void locks?.request(name, { mode: 'shared' }, () => done);
  return end;
}

/** How many pages of this browser have declared that. */
export async function countDeclared(name: string): Promise<number> {
  const { held = [] } = (await locks?.query()) ?? {};
  return held.filter((lock) => lock.name === name).length;
}

/** Runs `act` while no other page of this browser runs one of that name. */
export function alone<Result>(name: string, act: () => Promise<Result>): Promise<Result> {
  return locks ? (locks.request(name, act) as Promise<Result>) : act();
}
