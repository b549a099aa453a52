import { NativeSelect, SegmentedControl, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Dataset } from '@/lib/datasets';
import { hasLabels } from '@/lib/datasets';
import classes from '../DataPage.module.css';
import { FilterChips } from './FilterChips';
import type { Part } from './sentence';
import { TrueCount } from './TrueCount';
import type { Browse } from './useBrowse';
import { canSay } from './useSaying';
import { ViewsMenu } from './views/ViewsMenu';

const ORDERS = [
  'order_key',
  '-order_key',
  '-updated_at',
  'updated_at',
  '-created_at',
  'created_at',
  '-score',
  'score',
  '-confidence',
  'confidence',
  '-shapes',
  'shapes',
] as const;

/** What is looked for, how many there are, and in which order and form they stand. */
export function Toolbar(props: {
  dataset: Dataset;
  browse: Browse;
  parts: readonly Part[];
  adding: boolean;
  onAdding: (adding: boolean) => void;
  says: boolean;
  onSays: (says: boolean) => void;
}) {
  const { t } = useTranslation('browse');
  const { dataset, browse, parts } = props;
  const orders = ORDERS.filter(
    (order) => !order.includes('shapes') || hasLabels(dataset.interface),
  );
  return (
    <div className={classes.toolbar}>
      <FilterChips
        {...{ dataset, parts }}
        filter={browse.wanted.filter}
        adding={props.adding}
        onAdding={props.onAdding}
        onFilter={browse.setFilter}
      />
      <div className={classes.second}>
        <TrueCount
          key={JSON.stringify(browse.wanted.filter)}
          slug={dataset.slug}
          filter={browse.wanted.filter}
        />
        <div className={classes.right}>
          {canSay(dataset) && (
            <Switch
              size="xs"
              label={t('say.mode')}
              checked={props.says}
              onChange={({ currentTarget }) => props.onSays(currentTarget.checked)}
            />
          )}
          <NativeSelect
            size="xs"
            className={classes.sort}
            aria-label={t('sort')}
            value={browse.order}
            data={orders.map((value) => ({ value, label: t(`order.${value}`) }))}
            onChange={({ currentTarget }) => browse.setOrder(currentTarget.value)}
          />
          <ViewsMenu slug={dataset.slug} browse={browse} />
          <SegmentedControl
            size="xs"
            aria-label={t('view')}
            value={browse.table ? 'table' : 'grid'}
            onChange={(value) => browse.setTable(value === 'table')}
            data={[
              { value: 'grid', label: t('grid') },
              { value: 'table', label: t('table') },
            ]}
          />
        </div>
      </div>
    </div>
  );
}
