import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import frame from '@/components/bench/frame.module.css';
import { Up } from '@/components/bench/Up';
import type { Sides } from '@/components/bench/useSides';
import { GuidelineButton } from '@/components/guideline/GuidelineButton';
import { useBindings, withKey } from '@/lib/bindings';
import type { Dataset } from '@/lib/datasets';
import { hasLabels } from '@/lib/datasets';
import type { Filter, Kind } from '../../api/bulk';
import { keepOrder } from '../../work/order';
import type { GridState } from '../state';
import own from './GridTop.module.css';

/** Which conflicts these are, how many there are, and what is still to be asked of images. */
export function GridTop(props: {
  dataset: Dataset;
  state: GridState;
  filter: Filter;
  sides: Sides<'guideline'>;
}) {
  const { dataset, state, filter, sides } = props;
  const { t } = useTranslation('reviewing');
  const keys = useBindings();
  const { slug } = dataset;
  return (
    <header className={frame.top}>
      <Up dataset={dataset} />
      <Filters {...{ dataset, state, filter }} />
      {state.missed > 0 && (
        <Link
          to="/review/$slug"
          params={{ slug }}
          className={own.missed}
          onClick={() => {
            keepOrder('missed');
          }}
        >
          {t('grid.missed', { count: state.missed })}
        </Link>
      )}
      <span className={frame.saved} role="status">
        {t(state.offline ? 'offline' : state.sending > 0 ? 'saving' : 'saved')}
      </span>
      <Link to="/review/$slug" params={{ slug }} className={own.way}>
        {t('grid.oneByOne')}
      </Link>
      <div className={frame.panels}>
        <GuidelineButton
          slug={slug}
          title={withKey(t('guideline.title', { ns: 'shell' }), keys.guideline)}
          pressed={sides.open === 'guideline'}
          onClick={() => sides.toggle('guideline')}
        />
      </div>
    </header>
  );
}

/** The address holds the filter. */
function Filters({
  dataset,
  state,
  filter,
}: {
  dataset: Dataset;
  state: GridState;
  filter: Filter;
}) {
  const { t } = useTranslation('reviewing');
  const navigate = useNavigate();
  const show = (search: Filter) =>
    void navigate({ to: '/review/$slug/grid', params: { slug: dataset.slug }, search });
  const total = state.kinds.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className={own.filters}>
      <select
        className={own.select}
        aria-label={t('grid.kind')}
        value={filter.kind ?? ''}
        onChange={({ target }) => {
          const { kind: _, ...rest } = filter;
          show(target.value === '' ? rest : { ...rest, kind: target.value as Kind });
        }}
      >
        <option value="">{t('grid.anyKind', { count: total })}</option>
        {kindsOf(state, filter).map(({ kind, count }) => (
          <option key={kind} value={kind}>
            {t('grid.ofKind', { kind: t(`kind.${kind}`), count })}
          </option>
        ))}
      </select>
      {hasLabels(dataset.interface) && (
        <select
          className={own.select}
          aria-label={t('grid.label')}
          value={filter.label ?? ''}
          onChange={({ target }) => {
            const { label: _, ...rest } = filter;
            show(target.value === '' ? rest : { ...rest, label: target.value });
          }}
        >
          <option value="">{t('grid.anyLabel')}</option>
          {dataset.labels.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      )}
    </div>
  );
}

/** Also the one that is filtered by, when there is none of it any more. */
function kindsOf({ kinds }: GridState, { kind }: Filter) {
  if (!kind || kinds.some((each) => each.kind === kind)) return kinds;
  return [...kinds, { kind, count: 0 }];
}
