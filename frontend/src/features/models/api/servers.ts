import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';

export type Server = Wire<'Server'>;
export type Run = Wire<'Run'>;
export type NewServer = Wire<'ServerRequest'>;
export type NewRun = Wire<'RunRequest'>;

function keyOf(slug: string) {
  return ['dataset', slug, 'model-servers'];
}

/** The servers that may be asked for predictions, each with its last run. */
export function serversQuery(slug: string) {
  return queryOptions({
    queryKey: keyOf(slug),
    queryFn: async () =>
      (
        await api.get('/api/datasets/{dataset}/model-servers/', {
          path: { dataset: slug },
          query: { limit: 500 },
        })
      ).results,
  });
}

/** What is done to servers; afterwards they are read anew. */
export function useServerActs(slug: string) {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: keyOf(slug) });
  const add = useMutation({
    mutationFn: (body: NewServer) =>
      api.post('/api/datasets/{dataset}/model-servers/', { path: { dataset: slug }, body }),
    onSettled,
  });
  const change = useMutation({
    mutationFn: ({ server, body }: { server: string; body: NewServer }) =>
      api.patch('/api/model-servers/{server}/', { path: { server }, body }),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: (server: string) =>
      api.delete('/api/model-servers/{server}/', { path: { server } }),
    onSettled,
  });
  const ask = useMutation({
    mutationFn: ({ server, body }: { server: string; body: NewRun }) =>
      api.post('/api/model-servers/{server}/runs/', { path: { server }, body }),
    onSettled,
  });
  const stop = useMutation({
    mutationFn: (run: string) => api.post('/api/model-runs/{run}/cancel/', { path: { run } }),
    onSettled,
  });
  return { add, change, remove, ask, stop };
}

/** Asks a server what it is. */
export function useTrial() {
  return useMutation({
    mutationFn: (server: string) =>
      api.post('/api/model-servers/{server}/test/', { path: { server } }),
  });
}
