import type { Notice } from './api/notices';

/** What is told in one line: notices of one day that say the same, newest first. */
export interface Line {
  notices: [Notice, ...Notice[]];
  unseen: boolean;
}

export interface Day {
  /** Midnight where the reader is. */
  day: number;
  lines: Line[];
}

/** Notices by the reader's days; of those that say the same, one line with their number. */
export function byDay(notices: readonly Notice[]): Day[] {
  const days: Day[] = [];
  for (const notice of notices) {
    const day = new Date(notice.at).setHours(0, 0, 0, 0);
    if (days.at(-1)?.day !== day) days.push({ day, lines: [] });
    add(days.at(-1)?.lines ?? [], notice);
  }
  return days;
}

function add(lines: Line[], notice: Notice) {
  const same = lines.find(({ notices: [first] }) => saying(first) === saying(notice));
  if (same && notice.kind !== 'import_done' && notice.kind !== 'import_stopped') {
    same.notices.push(notice);
    same.unseen ||= notice.seen_at === null;
  } else {
    lines.push({ notices: [notice], unseen: notice.seen_at === null });
  }
}

/** A link leads to one place: what leads there alike is told together. */
function saying({ kind, link, data }: Notice): string {
  return [kind, link, data['what'], data['role'], data['format']].join(' ');
}
