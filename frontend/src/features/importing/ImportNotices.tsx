import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { forgetImport, useBegunImports } from '@/lib/begunImports';
import { notify } from '@/lib/notify';
import { importQuery, isOver } from './api/imports';

/** Says on whatever page when an import that was begun here is over. */
export function ImportNotices() {
  const ids = useBegunImports((begun) => begun.ids);
  return ids.map((id) => <Watch key={id} id={id} />);
}

function Watch({ id }: { id: string }) {
  const { t } = useTranslation('importing');
  const { data: found, isError } = useQuery(importQuery(id));
  useEffect(() => {
    if (isError) forgetImport(id); // The dataset is not theirs any more, or gone.
    if (!found || !isOver(found.state)) return;
    forgetImport(id);
    if (isOnItsPage(id)) return;
    const { done, failed } = found.counts;
    const outcome = found.state !== 'done' ? 'ended' : failed > 0 ? 'partly' : 'done';
    void notify(t(`notice.${outcome}`, { name: found.name, done, failed }));
  }, [found, id, isError, t]);
  return null;
}

function isOnItsPage(id: string): boolean {
  return new URLSearchParams(window.location.search).get('run') === id;
}
