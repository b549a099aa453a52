import { Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import type { IconName } from '@/components/Icon';
import { formatCount } from '@/lib/format';
import type { Dataset } from '@/lib/datasets';
import { may } from '@/lib/datasets';
import { countQuery } from '../../api/browse';
import type { Act, On } from '../../api/acts';
import type { TaskFilter } from '../filter';
import type { Selection } from '../selection';
import { ActForm } from './ActForm';
import classes from './ActBar.module.css';

const ACTS = [
  ['tag', 'list'],
  ['priority', 'history'],
  ['requeue', 'undo'],
  ['assign', 'people'],
  ['export', 'download'],
  ['delete', 'trash'],
] as const satisfies readonly (readonly [Act['act'], IconName])[];

export type ActName = (typeof ACTS)[number][0];

interface Props {
  dataset: Dataset;
  filter: TaskFilter;
  selection: Selection;
  onAll: () => void;
  onDrop: () => void;
  onAct: (act: Act, on: On, count: number) => void;
}

/** How many are selected, and what whoever manages can do to all of them. */
export function ActBar(props: Props) {
  const { t, i18n } = useTranslation('browse');
  const { dataset, filter, selection, onAct } = props;
  const total = useQuery(countQuery(dataset.slug, filter)).data;
  const [open, setOpen] = useState<ActName | null>(null);
  const manages = may(dataset, 'manage');
  const count = selection.all ? (total?.count ?? 0) : selection.chosen.size;
  const more = total !== undefined && total.count > selection.chosen.size && !selection.all;
  const on: On = selection.all
    ? { filter, ...(total?.exact && { expected: total.count }) }
    : { tasks: [...selection.chosen] };
  return (
    <section className={classes.bar} aria-label={t('acts.title')}>
      <span className={classes.count} role="status">
        {t(selection.all && total && !total.exact ? 'acts.allOver' : 'acts.selected', { count })}
      </span>
      {more && (
        <button type="button" className={classes.all} onClick={props.onAll}>
          {t(total.exact ? 'acts.all' : 'acts.allMany', {
            count: total.count,
            n: formatCount(total.count, i18n.language),
          })}
        </button>
      )}
      {manages && (
        <div className={classes.acts}>
          {ACTS.map(([name, icon]) => (
            <Popover
              key={name}
              opened={open === name}
              onChange={(opened) => setOpen(opened ? name : null)}
              position="top"
              trapFocus
              returnFocus
              width={300}
            >
              <Popover.Target>
                <button
                  type="button"
                  className={classes.act}
                  data-destroys={name === 'delete'}
                  aria-expanded={open === name}
                  onClick={() => setOpen(open === name ? null : name)}
                >
                  <Icon name={icon} size={16} />
                  <span>{t(`acts.name.${name}`)}</span>
                </button>
              </Popover.Target>
              <Popover.Dropdown aria-label={t(`acts.name.${name}`)}>
                <ActForm
                  {...{ dataset, name, count }}
                  onAct={(act) => {
                    setOpen(null);
                    onAct(act, on, count);
                  }}
                />
              </Popover.Dropdown>
            </Popover>
          ))}
        </div>
      )}
      <button type="button" className={classes.act} onClick={props.onDrop}>
        <Icon name="cross" size={16} />
        <span className="unseen">{t('acts.drop')}</span>
      </button>
    </section>
  );
}
