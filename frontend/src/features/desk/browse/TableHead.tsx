import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import classes from './Row.module.css';

const COLUMNS = [
  { name: 'name', order: 'order_key' },
  { name: 'state' },
  { name: 'labels' },
  { name: 'answers', side: 'number' },
  { name: 'confidence', order: 'confidence', side: 'number' },
  { name: 'score', order: 'score', side: 'number', wide: true },
  { name: 'tags', wide: true },
  { name: 'size', side: 'number', wide: true },
  { name: 'updated', order: 'updated_at', middle: true },
] as const;

/** The head of the table: what can be sorted by is pressed, once more for the other way round. */
export function TableHead({ order, onOrder }: { order: string; onOrder: (order: string) => void }) {
  const { t } = useTranslation('browse');
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" className={classes.headLine}>
        {COLUMNS.map((column) => {
          const by = 'order' in column ? column.order : null;
          const falls = by !== null && order === `-${by}`;
          const rises = by !== null && order === by;
          const name = t(`column.${column.name}`);
          return (
            <div
              key={column.name}
              role="columnheader"
              aria-sort={rises ? 'ascending' : falls ? 'descending' : undefined}
              data-column={column.name}
              data-number={'side' in column || undefined}
              data-wide={'wide' in column || undefined}
              data-middle={'middle' in column || undefined}
            >
              {by === null ? (
                name
              ) : (
                <button type="button" onClick={() => onOrder(falls ? by : `-${by}`)}>
                  {name}
                  {(rises || falls) && (
                    <span className={classes.way} data-rises={rises}>
                      <Icon name="down" size={12} />
                    </span>
                  )}
                </button>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
