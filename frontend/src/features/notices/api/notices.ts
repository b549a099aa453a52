import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { api } from '@/lib/api';
import { pagedQuery } from '@/lib/paging';
import type { Wire } from '@/lib/wire';

export type Notice = Wire<'Notification'>;
export type NoticesPage = Wire<'Notifications'>;

/** Newest first. The browser asks with the ETag of what it has, so that nothing new costs little. */
export const noticesQuery = pagedQuery(['notices'], '/api/notifications/', {
  query: { limit: 20 },
});

type Seen = { ids: string[] } | { until: string };

/** Says that I have seen these, or all up to one; the page shows it before the server has heard. */
export async function markSeen(client: QueryClient, seen: Seen): Promise<void> {
  const { queryKey } = noticesQuery;
  await client.cancelQueries({ queryKey });
  client.setQueryData<InfiniteData<NoticesPage>>(
    queryKey,
    (data) => data && shownAsSeen(data, seen),
  );
  await api.post('/api/notifications/seen/', { body: seen });
  await client.invalidateQueries({ queryKey });
}

function shownAsSeen(data: InfiniteData<NoticesPage>, seen: Seen): InfiniteData<NoticesPage> {
  const now = new Date().toISOString();
  const all = 'until' in seen;
  let fewer = 0;
  const pages = data.pages.map((page) => ({
    ...page,
    results: page.results.map((notice) => {
      if (notice.seen_at !== null || !(all || seen.ids.includes(notice.id))) return notice;
      fewer += 1;
      return { ...notice, seen_at: now };
    }),
  }));
  const left = (unseen: number) => (all ? 0 : Math.max(0, unseen - fewer));
  return { ...data, pages: pages.map((page) => ({ ...page, unseen: left(page.unseen) })) };
}
