import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { forgetImport, useBegunImports } from '@/lib/begunImports';
import { ApiError } from '@/lib/http';
import { notify } from '@/lib/notify';
import { importQuery, isOver } from './api/imports';

/** Nobody waits before the page for it, ms. */
const EVERY = 5_000;

/** Says on whatever page when an import that was begun here is over. */
export function ImportNotices() {
  const ids = useBegunImports((begun) => begun.ids);
  return ids.map((id) => <Watch key={id} id={id} />);
}

function Watch({ id }: { id: string }) {
  const { t } = useTranslation('importing');
  const client = useQueryClient();
  const { data: found, error } = useQuery(importQuery(id, EVERY));
  const gone = error instanceof ApiError && error.status === 404;
  useEffect(() => {
    if (gone) forgetImport(id);
    if (!found || !isOver(found.state)) return;
    forgetImport(id);
    if (isOnItsPage(id)) return;
    // What the page shows of datasets was true before.
    void client.invalidateQueries({ queryKey: ['dataset'] });
    void client.invalidateQueries({ queryKey: ['home'] });
    const { done, failed } = found.counts;
    const outcome = found.state !== 'done' ? 'ended' : failed > 0 ? 'partly' : 'done';
    void notify(t(`notice.${outcome}`, { name: found.name, done, failed }));
  }, [client, found, id, gone, t]);
  return null;
}

function isOnItsPage(id: string): boolean {
  return new URLSearchParams(window.location.search).get('run') === id;
}
