import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '@/components/Icon';
import { notifyError } from '@/lib/notify';
import { type Notice, markSeen } from '../api/notices';
import type { Line } from '../groups';
import { useNoticeText } from '../useNoticeText';
import classes from './NoticeList.module.css';

const ICONS: Record<Notice['kind'], IconName> = {
  invited: 'people',
  sent_back: 'undo',
  mentioned: 'talk',
  resolved: 'check',
  import_done: 'upload',
  import_stopped: 'alert',
  export_done: 'download',
  webhook_stopped: 'alert',
  mail_failed: 'alert',
};

/** One thing that happened, and the way to where it is dealt with: whoever goes there has seen it. */
export function NoticeRow({ line, onLeave }: { line: Line; onLeave: () => void }) {
  const { t, i18n } = useTranslation('notices');
  const text = useNoticeText();
  const router = useRouter();
  const client = useQueryClient();
  const [{ kind, at, link }] = line.notices;

  function go(event: MouseEvent) {
    const ids = line.notices.filter(({ seen_at }) => seen_at === null).map(({ id }) => id);
    if (ids.length > 0) markSeen(client, { ids }).catch(notifyError);
    // A new tab or window is the browser's business.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onLeave();
    router.history.push(link);
  }

  return (
    <a
      href={link}
      className={classes.row}
      data-unseen={line.unseen}
      data-stopped={kind === 'import_stopped' || kind === 'mail_failed'}
      onClick={go}
    >
      <Icon name={ICONS[kind]} />
      <span>
        {text(line)}
        <time dateTime={at}>{timeOf(at, i18n.language)}</time>
      </span>
      {line.unseen && (
        <span className={classes.dot}>
          <span className="unseen">{t('new')}</span>
        </span>
      )}
    </a>
  );
}

function timeOf(at: string, language: string): string {
  return new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(new Date(at));
}
