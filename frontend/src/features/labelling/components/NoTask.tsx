import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import type { Dataset } from '@/lib/datasets';
import type { NoWork } from '../api/tasks';
import type { Work } from '../work/store';
import type { Acts } from '@/lib/bindings';
import { bound, keySign, useBindings } from '@/lib/bindings';
import { useKeys } from '@/lib/useKeys';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';

const LOOK_AGAIN = { importing: 3_000, all_leased: 30_000, done: 60_000, not_allowed: 60_000 };

/** Why there is nothing to do, and what to do instead. It looks again by itself. */
export function NoTask(props: { dataset: Dataset; work: Work; reason: NoWork; beside: Acts }) {
  const { t } = useTranslation('labelling');
  const { dataset, work, reason } = props;
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
  useKeys(bound({ back, ...props.beside }, keys));
  return (
    <div className={frame.notice}>
      <EmptyState icon="check" title={t(`empty.${reason.code}.title`)} text={reason.detail}>
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
    </div>
  );
}

function clock(iso: string): string {
  return new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }).format(new Date(iso));
}
