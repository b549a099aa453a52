import { useTranslation } from 'react-i18next';
import controls from '@/components/bench/controls.module.css';
import type { Differences } from '../api/reviews';
import type { Notice } from '../work/state';
import type { Reviews } from '../work/store';
import classes from './ChangedNotice.module.css';

/** What happened to a task meanwhile, in words. It stays until the next decision, or is closed. */
export function ChangedNotice({ reviews, notice }: { reviews: Reviews; notice: Notice }) {
  const { t } = useTranslation('reviewing');
  const happened = useHappened();
  const lines = notice.differences ? happened(notice.differences) : [];
  return (
    <section className={classes.notice} role="status">
      <div>
        <p>
          <b>
            {notice.kind === 'gone' ? t('notice.gone', { name: notice.name }) : t('notice.changed')}
          </b>
        </p>
        {lines.length > 0 && (
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        {notice.kind === 'changed' && (
          <p>
            {t('notice.kept', { count: notice.kept })} {t('notice.lost', { count: notice.lost })}
          </p>
        )}
      </div>
      <button
        type="button"
        className={controls.remove}
        onClick={() => {
          reviews.dismiss();
        }}
      >
        <span className="unseen">{t('notice.close')}</span>
        <span aria-hidden>×</span>
      </button>
    </section>
  );
}

function useHappened() {
  const { t } = useTranslation('reviewing');
  return ({ answers, conflicts, decided, taken_over: takenOver }: Differences): string[] => {
    const by = new Map<string, number>();
    for (const each of decided) by.set(each.by, (by.get(each.by) ?? 0) + 1);
    return [
      ...(takenOver ? [t('notice.takenOver')] : []),
      ...answers.map(({ version, change }) => t(`notice.${change}`, { version })),
      ...conflicts.gone.map((text) => t('notice.gone_conflict', { text })),
      ...conflicts.come.map((text) => t('notice.come_conflict', { text })),
      ...[...by].map(([name, count]) => t('notice.decided', { by: name, count })),
    ];
  };
}
