import { Link } from '@tanstack/react-router';
import { lazy, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { LazyPart } from '@/components/LazyPart';
import type { Dataset } from '@/lib/datasets';
import type { NoWork } from '../api/tasks';
import { idleShortcuts } from '../work/shortcuts';
import type { WorkState } from '../work/state';
import type { Work } from '../work/store';
import type { Acts } from '@/lib/bindings';
import { keySign, useBindings } from '@/lib/bindings';
import { keyMapOf } from '@/lib/shortcuts';
import { useKeys } from '@/lib/useKeys';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';

const KeysHelp = lazy(() => import('./KeysHelp'));

const LOOK_AGAIN = { importing: 3_000, all_leased: 30_000, done: 60_000, not_allowed: 60_000 };

/** Why there is nothing to do, and what to do instead. It looks again by itself. */
export function NoTask(props: {
  dataset: Dataset;
  work: Work;
  state: WorkState;
  reason: NoWork;
  beside: Acts;
}) {
  const { t } = useTranslation('labelling');
  const { dataset, work, state, reason } = props;
  // Whoever has not begun has not done it all.
  const none = reason.code === 'done' && state.done === 0;
  useEffect(() => {
    const timer = setInterval(() => void work.refill(), LOOK_AGAIN[reason.code]);
    return () => {
      clearInterval(timer);
    };
  }, [work, reason.code]);
  const keys = useBindings();
  const back = () => {
    work.back();
  };
  const [helps, setHelps] = useState(false);
  const shortcuts = idleShortcuts({ back, ...props.beside }, keys, () => {
    setHelps(true);
  });
  const closeHelp = () => {
    setHelps(false);
  };
  useKeys(helps ? { escape: closeHelp, '?': closeHelp } : keyMapOf(shortcuts));
  return (
    <div className={frame.notice}>
      <EmptyState
        icon={none ? 'image' : 'check'}
        title={t(`empty.${none ? 'none' : reason.code}.title`)}
        text={none ? t('empty.none.text') : reason.detail}
      >
        {reason.until && <p>{t('until', { time: clock(reason.until) })}</p>}
        <div className={frame.ways}>
          {work.canGoBack && (
            <button type="button" className={controls.action} onClick={back}>
              {t('back')} <kbd>{keySign(keys.back)}</kbd>
            </button>
          )}
          <Link to="/datasets/$slug" params={{ slug: dataset.slug }} className={controls.action}>
            {t('toDataset')}
          </Link>
        </div>
      </EmptyState>
      {helps && (
        <LazyPart>
          <KeysHelp shortcuts={shortcuts} onClose={closeHelp} />
        </LazyPart>
      )}
    </div>
  );
}

function clock(iso: string): string {
  return new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }).format(new Date(iso));
}
