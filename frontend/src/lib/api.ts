import type { paths } from '@/api/schema';
import { address, send } from './http';
import type { SendOptions } from './http';

type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The addresses that know a verb. */
export type PathOf<V extends Verb> = {
  [P in keyof paths]: paths[P][V] extends object ? P : never;
}[keyof paths];

type Operation<P extends keyof paths, V extends Verb> = NonNullable<paths[P][V]>;

/** What the server answers when all is well; null where it has nothing to say. */
export type Reply<P extends PathOf<V>, V extends Verb = 'get'> =
  Operation<P, V> extends { responses: infer R }
    ? { [S in keyof R & Success]: R[S] extends Content<infer Body> ? Body : null }[keyof R &
        Success]
    : never;

type Success = 200 | 201 | 202 | 204;
interface Content<Body> {
  content: { 'application/json': Body };
}

/** What goes with a request: the holes in its path, its query, its body, and what makes it safe. */
export type Request<P extends PathOf<V>, V extends Verb = 'get'> = RequestOf<Operation<P, V>>;

type RequestOf<Op> = Pick<SendOptions, 'keepalive' | 'signal' | 'user'> &
  (Op extends { parameters: { path: infer Path } } ? { path: Path } : unknown) &
  (Op extends { parameters: { query?: infer Query } } ? { query?: Query } : unknown) &
  (Op extends { parameters: { header: infer Header } } ? Headers<Header> : unknown) &
  (Op extends { requestBody?: infer Body } ? BodyPart<NonNullable<Body>> : unknown);

type Headers<Header> = (Header extends { 'If-Match': string } ? { ifMatch: number } : unknown) &
  (Header extends { 'Idempotency-Key': string } ? { idempotencyKey: string } : unknown);

type BodyPart<Body> = [Body] extends [never]
  ? unknown
  : { body: Json<Body> | (Body extends { content: Multipart } ? FormData : never) };

interface Multipart {
  'multipart/form-data': unknown;
}

type Json<Body> = Body extends Content<infer Value> ? Sent<Value> : never;

/** We send what we may not change, too. */
export type Sent<Value> = Value extends readonly (infer Item)[]
  ? readonly Sent<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Sent<Value[Key]> }
    : Value;

type Arguments<R> = Record<never, never> extends R ? [request?: R] : [request: R];

function caller<V extends Verb>(verb: V) {
  return <P extends PathOf<V>>(path: P, ...[request]: Arguments<Request<P, V>>) => {
    const { path: holes, ...rest } = (request ?? {}) as SendOptions & Holes;
    return send<Reply<P, V>>(METHODS[verb], filled(path, holes), rest);
  };
}

const METHODS = {
  get: 'GET',
  post: 'POST',
  put: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
} as const;

/**
 * The server's API, by the types that are generated from its own description: `api.post(path,
 * request)` takes what that address takes and promises what it answers. @throws ApiError
 */
export const api = {
  get: caller('get'),
  post: caller('post'),
  put: caller('put'),
  patch: caller('patch'),
  delete: caller('delete'),
};

interface Holes {
  path?: Record<string, string>;
}

/** Where a read is addressed to, its query included. */
export function addressOf<P extends PathOf<'get'>>(path: P, request: Request<P>): string {
  const { path: holes, query } = request as SendOptions & Holes;
  return address(filled(path, holes), query);
}

function filled(path: string, holes: Record<string, string> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(holes[name] ?? ''));
}
