import { openDatabase } from './keep/database';
import { Shelf } from './keep/shelf';
import { Outbox } from './outbox';

interface Person {
  readonly user: string;
  readonly outbox: Outbox;
  readonly drafts: Shelf<'drafts'>;
}

let mine: Person | null = null;

/** What the person of this page has in this browser. Asking for it starts sending what is left. */
export function workOf(user: string): Person {
  if (mine?.user === user) return mine;
  const database = openDatabase(user);
  const outbox = new Outbox(user, new Shelf(database, 'answers'));
  mine = { user, outbox, drafts: new Shelf(database, 'drafts') };
  return mine;
}
