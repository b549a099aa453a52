import { Progress } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import { errorText } from '@/lib/errorText';
import { i18next } from '@/lib/i18n';
import type { LeftOut } from '../../api/acts';
import classes from './ActBar.module.css';
import { canUndo, goesOn, useRuns } from './runs';
import type { Run } from './runs';

/** What came of the acts: how many were done, which were left out and why, and the way back. */
export function ActNotes({ slug, onUndo }: { slug: string; onUndo: () => void }) {
  const runs = useRuns(({ runs: all }) => all);
  const shown = runs.filter((run) => run.slug === slug && !run.hidden).slice(-1);
  return (
    <div className={classes.notes} role="status">
      {shown.map((run) => (
        <Note key={run.key} run={run} onUndo={onUndo} />
      ))}
    </div>
  );
}

function Note({ run, onUndo }: { run: Run; onUndo: () => void }) {
  const { t } = useTranslation('browse');
  const close = useRuns((runs) => runs.close);
  const { outcome, act } = run;
  return (
    <div className={classes.note}>
      <div>
        <Says run={run} />
        {outcome && outcome.left_out.length > 0 && (
          <Left left={outcome.left_out} all={outcome.left_out_count} />
        )}
      </div>
      {act.act === 'export' && outcome && !goesOn(run) && (
        <Link to="/datasets/$slug/export" params={{ slug: run.slug }}>
          {t('acts.toExports')}
        </Link>
      )}
      {canUndo(run) && (
        <button type="button" className={classes.act} onClick={onUndo}>
          <Icon name="undo" size={16} /> {t('acts.undo')} <kbd>Ctrl Z</kbd>
        </button>
      )}
      <button type="button" className={classes.act} onClick={() => close(run.key)}>
        <Icon name="cross" size={16} />
        <span className="unseen">{t('action.close', { ns: 'shell' })}</span>
      </button>
    </div>
  );
}

function Says({ run }: { run: Run }) {
  const { t } = useTranslation('browse');
  const { outcome, act, error, undone } = run;
  if (error !== null) return <span>{errorText(error)}</span>;
  if (undone) return <span>{t('acts.undone')}</span>;
  if (outcome?.state === 'failed') return <span>{t('acts.failed', { count: outcome.done })}</span>;
  if (outcome && !goesOn(run))
    return <span>{t(`acts.done.${act.act}`, { count: outcome.done })}</span>;
  const total = outcome?.total ?? run.count;
  const done = outcome?.done ?? 0;
  return (
    <>
      <span>{t('acts.goesOn', { done, total })}</span>
      <Progress
        mt={6}
        size="sm"
        value={total > 0 ? (100 * done) / total : 0}
        aria-label={t('acts.goesOn', { done, total })}
      />
    </>
  );
}

/** Why some were left out, each reason once. */
function Left({ left, all }: { left: readonly LeftOut[]; all: number }) {
  const { t } = useTranslation('browse');
  const counts = new Map<string, number>();
  for (const { code } of left) counts.set(code, (counts.get(code) ?? 0) + 1);
  return (
    <ul className={classes.left}>
      {[...counts].map(([code, count]) => {
        const key = `acts.left.${code}`;
        const why = i18next.exists(key, { ns: 'browse' })
          ? t(key as 'acts.left.final')
          : code.replaceAll('_', ' ');
        return <li key={code}>{t('acts.leftOut', { count, why })}</li>;
      })}
      {all > left.length && <li>{t('acts.leftMore', { count: all - left.length })}</li>}
    </ul>
  );
}
