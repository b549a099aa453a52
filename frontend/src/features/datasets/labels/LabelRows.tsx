import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import type { Dataset, Label } from '@/lib/datasets';
import type { Usage } from '../api/labels';
import { LabelRow } from './LabelRow';
import classes from './Labels.module.css';
import { moved, placeAfter } from './order';
import { useOrder } from './useLabelChange';

/** Beyond so many, only the rows in sight are there. */
const MOST_AT_ONCE = 60;
const ROW_PX = 44;

/** Labels in their order, which a handle changes by hand or by arrow keys. */
export function LabelRows(props: {
  dataset: Dataset;
  labels: readonly Label[];
  /** Whether these are all, so that they can be put in order. */
  sorted: boolean;
  usage: readonly Usage[] | undefined;
}) {
  const { dataset, labels, sorted, usage } = props;
  const box = useRef<HTMLUListElement>(null);
  const long = labels.length > MOST_AT_ONCE;
  // eslint-disable-next-line react-hooks/incompatible-library -- its values are used here alone
  const virtual = useVirtualizer({
    count: labels.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    enabled: long,
  });
  const order = useSorting(dataset, virtual.scrollToIndex);
  const seen = virtual.getVirtualItems();
  const from = long ? (seen[0]?.index ?? 0) : 0;
  const to = long ? (seen.at(-1)?.index ?? -1) : labels.length - 1;
  const used = new Map(usage?.map((row) => [row.id, row]));
  return (
    <ul ref={box} className={classes.rows} data-long={long || undefined}>
      {long && <li aria-hidden style={{ height: seen[0]?.start ?? 0 }} />}
      {labels.slice(from, to + 1).map((label, n) => (
        <li
          key={label.id}
          // On a phone a row is higher than estimated.
          ref={long ? virtual.measureElement : undefined}
          data-index={from + n}
          className={classes.row}
          data-label={label.id}
          data-over={order.over === label.id || undefined}
          data-retired={label.retired || undefined}
          aria-setsize={labels.length}
          aria-posinset={from + n + 1}
        >
          {sorted ? <Handle label={label} at={from + n} order={order} /> : <span />}
          <LabelRow dataset={dataset} label={label} usage={usage && (used.get(label.id) ?? null)} />
        </li>
      ))}
      {long && (
        <li aria-hidden style={{ height: virtual.getTotalSize() - (seen.at(-1)?.end ?? 0) }} />
      )}
    </ul>
  );
}

type Sorting = ReturnType<typeof useSorting>;

function useSorting(dataset: Dataset, show: (index: number) => void) {
  const { labels } = dataset;
  const order = useOrder(dataset);
  const [drag, setDrag] = useState<{ from: number; over: string } | null>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const move = (from: number, to: number) => {
    if (from !== to) order.mutate(moved(labels, from, to));
  };
  return {
    over: drag?.over,
    focused,
    begin: (from: number) => setDrag({ from, over: '' }),
    pass: (x: number, y: number) => {
      const row = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-label]');
      const over = row?.dataset.label;
      setDrag((was) => (was && over !== undefined && { ...was, over }) || was);
    },
    drop: () => {
      const to = labels.findIndex(({ id }) => id === drag?.over);
      if (drag && to >= 0) move(drag.from, to);
      setDrag(null);
    },
    cancel: () => setDrag(null),
    press: (event: KeyboardEvent, from: number) => {
      const to = placeAfter(event.key, from, labels.length);
      if (to === undefined) return;
      event.preventDefault();
      setFocused(labels[from]?.id ?? null);
      show(to);
      move(from, to);
    },
  };
}

function Handle({ label, at, order }: { label: Label; at: number; order: Sorting }) {
  const { t } = useTranslation('datasets');
  const button = useRef<HTMLButtonElement>(null);
  const moving = order.focused === label.id;
  // A row that was put elsewhere in the document has lost the focus.
  useEffect(() => {
    if (moving) button.current?.focus();
  }, [moving, at]);
  return (
    <button
      ref={button}
      type="button"
      className={classes.handle}
      aria-label={t('labels.move', { name: label.name, place: at + 1 })}
      title={t('labels.moveHint')}
      onKeyDown={(event) => order.press(event, at)}
      onPointerDown={(event: PointerEvent<HTMLButtonElement>) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        order.begin(at);
      }}
      onPointerMove={(event) => order.pass(event.clientX, event.clientY)}
      onPointerUp={order.drop}
      onPointerCancel={order.cancel}
    >
      <Icon name="grip" size={16} />
    </button>
  );
}
