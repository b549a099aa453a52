/** Where to go after log-in: a path of this site, whatever the address bar was made to say. */
export function nextPath(wanted: string | undefined): string {
  if (wanted === undefined) return '/';
  const url = new URL(wanted, location.origin);
  const ours = url.origin === location.origin && /^\/(?![/\\])/.test(wanted);
  return ours ? url.pathname + url.search + url.hash : '/';
}
