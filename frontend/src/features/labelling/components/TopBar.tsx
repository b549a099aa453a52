import { useTranslation } from 'react-i18next';
import { PanelButton } from '@/components/bench/PanelButton';
import type { Sides } from '@/components/bench/useSides';
import { GuidelineButton } from '@/components/guideline/GuidelineButton';
import { Icon } from '@/components/Icon';
import { useBindings, withKey } from '@/lib/bindings';
import type { Dataset } from '@/lib/datasets';
import { LEFT_COUNTED } from '../work/state';
import type { WorkState } from '../work/state';
import type { Work } from '../work/store';
import { SavedState } from './SavedState';
import { ThreadsButton } from './ThreadsButton';
import classes from '@/components/bench/frame.module.css';
import { Up } from '@/components/bench/Up';

/** Where I am, how much is left, and whether everything is saved. */
export function TopBar(props: { dataset: Dataset; work: Work; state: WorkState; sides: Sides }) {
  const { t } = useTranslation('labelling');
  const { dataset, work, state, sides } = props;
  const keys = useBindings();
  return (
    <header className={classes.top}>
      <Up dataset={dataset} />
      <span className={classes.counts}>
        {t(state.left < LEFT_COUNTED ? 'left' : 'leftAtLeast', { count: state.left })} ·{' '}
        {t('done', { count: state.done })}
      </span>
      <SavedState work={work} state={state} />
      <div className={classes.panels}>
        <PanelButton
          title={withKey(t('history.title'), keys.history)}
          pressed={sides.open === 'history'}
          onClick={() => sides.toggle('history')}
        >
          <Icon name="history" />
        </PanelButton>
        <ThreadsButton
          slug={dataset.slug}
          task={state.tasks[0]?.id}
          title={withKey(t('keys.threads'), keys.threads)}
          pressed={sides.open === 'threads'}
          onClick={() => sides.toggle('threads')}
        />
        <GuidelineButton
          slug={dataset.slug}
          title={withKey(t('keys.guideline'), keys.guideline)}
          pressed={sides.open === 'guideline'}
          onClick={() => sides.toggle('guideline')}
        />
      </div>
    </header>
  );
}
