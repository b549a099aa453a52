import { useNetwork } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import { savingOf } from '../work/state';
import type { WorkState } from '../work/state';
import type { Work } from '../work/store';
import classes from '@/components/bench/frame.module.css';

const UnsentPanel = lazy(() => import('./UnsentPanel'));

const ICONS = {
  saved: 'check',
  saving: 'upload',
  waiting: 'alert',
  loggedOut: 'alert',
  offline: 'alert',
  decide: 'alert',
} as const;

/** Whether everything is saved, in a word; pressed, what is not. */
export function SavedState({ work, state }: { work: Work; state: WorkState }) {
  const { t } = useTranslation('labelling');
  const { online } = useNetwork();
  const [open, setOpen] = useState(false);
  const { saving, count } = savingOf(state, online);
  const text = t(`saved.${saving}`, { count });
  // That something is being saved is no news; that it could not be, and that it is at last, is.
  const [news, setNews] = useState(text);
  if (saving !== 'saving' && news !== text) setNews(text);
  return (
    <>
      <button
        type="button"
        className={classes.saved}
        data-saving={saving}
        title={t('unsent.open')}
        onClick={() => {
          setOpen(true);
        }}
      >
        <Icon name={ICONS[saving]} size={14} />
        {text}
      </button>
      <span role="status" className="unseen">
        {news}
      </span>
      <Suspense>
        {open && (
          <UnsentPanel
            work={work}
            state={state}
            onClose={() => {
              setOpen(false);
            }}
          />
        )}
      </Suspense>
    </>
  );
}
