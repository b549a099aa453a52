import { useTranslation } from 'react-i18next';
import classes from '@/components/bench/frame.module.css';
import { Up } from '@/components/bench/Up';
import type { Sides } from '@/components/bench/useSides';
import { GuidelineButton } from '@/components/guideline/GuidelineButton';
import { useBindings, withKey } from '@/lib/bindings';
import type { Dataset } from '@/lib/datasets';
import type { Order } from '../api/reviews';
import { ORDERS } from '../work/order';
import { LEFT_COUNTED } from '../work/state';
import type { ReviewState } from '../work/state';
import own from './ReviewTop.module.css';

/** Where I am: which conflict of this image, how much agrees, how many images wait. */
export function ReviewTop(props: {
  dataset: Dataset;
  state: ReviewState;
  onOrder: (order: Order) => void;
  sides: Sides<'guideline' | 'threads'>;
}) {
  const { dataset, state, sides } = props;
  const keys = useBindings();
  const { t } = useTranslation('reviewing');
  const [task] = state.tasks;
  const disputed = new Set(task?.conflicts.map(({ object }) => object));
  const agreed = task?.merge.objects.filter(({ index }) => !disputed.has(index)).length ?? 0;
  return (
    <header className={classes.top}>
      <Up dataset={dataset} />
      {task && (
        <span className={classes.counts}>
          {task.conflicts.length > 0 &&
            t('position', { n: state.place + 1, of: task.conflicts.length })}
          {task.interface === 'image_manual' && ` · ${t('agreed', { count: agreed })}`}
        </span>
      )}
      {task && <span className={classes.counts}>{task.why.text}</span>}
      <span className={classes.saved} role="status">
        {t(state.left < LEFT_COUNTED ? 'left' : 'leftAtLeast', { count: state.left })} ·{' '}
        {t(state.offline ? 'offline' : state.sending > 0 ? 'saving' : 'saved')}
      </span>
      <select
        className={own.order}
        aria-label={t('order.title')}
        title={t('order.title')}
        value={state.order}
        onChange={(event) => {
          props.onOrder(event.target.value as Order);
          event.target.blur(); // the keys are for deciding
        }}
      >
        {ORDERS.map((order) => (
          <option key={order} value={order}>
            {t(`order.${order}`)}
          </option>
        ))}
      </select>
      <div className={classes.panels}>
        <GuidelineButton
          slug={dataset.slug}
          title={withKey(t('guideline.title', { ns: 'shell' }), keys.guideline)}
          pressed={sides.open === 'guideline'}
          onClick={() => sides.toggle('guideline')}
        />
      </div>
    </header>
  );
}
