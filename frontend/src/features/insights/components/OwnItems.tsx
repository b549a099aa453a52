import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '@/components/Page';
import { ago } from '@/lib/format';
import { ownItemsQuery } from '../api/items';
import type { OwnItem } from '../api/items';
import { Disagree } from './Disagree';
import classes from './OwnItems.module.css';
import { outlineOf } from './outlines';

/** What came back to me, and what a review changed in my answers, as it was and as it is. */
export function OwnItems({ slug }: { slug: string }) {
  const { t } = useTranslation('insights');
  const { data } = useQuery(ownItemsQuery(slug));
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title={t('items.title')} hint={t('items.hint')}>
      <ul className={classes.items}>
        {items.map((item) => (
          <Item key={`${item.outcome} ${item.task} ${item.at}`} item={item} />
        ))}
      </ul>
    </Section>
  );
}

function Item({ item }: { item: OwnItem }) {
  const { t, i18n } = useTranslation('insights');
  const [now, setNow] = useState(false);
  const name = item.image?.name ?? t('items.group');
  const after = item.after !== null;
  return (
    <li className={classes.item} aria-label={name}>
      <Drawn item={item} now={now && after} />
      <div className={classes.about}>
        <h3>{name}</h3>
        <p>
          {t(`items.${item.outcome}`)} · {ago(item.at, i18n.language)}
        </p>
        {after && (
          <div
            role="radiogroup"
            aria-label={t('items.which')}
            className={classes.which}
            onKeyDown={(event) => {
              if (!['ArrowLeft', 'ArrowRight'].includes(event.key)) return;
              event.preventDefault();
              const wanted = event.key === 'ArrowRight';
              setNow(wanted);
              const radios = event.currentTarget.querySelectorAll('button');
              radios[wanted ? 1 : 0]?.focus();
            }}
          >
            {[false, true].map((later) => (
              <button
                key={String(later)}
                type="button"
                role="radio"
                aria-checked={now === later}
                tabIndex={now === later ? 0 : -1}
                onClick={() => setNow(later)}
              >
                {t(later ? `items.after.${item.outcome}` : 'items.before')}
              </button>
            ))}
          </div>
        )}
        <ul className={classes.words}>
          {item.remarks.map(({ id, fault, comment }) => (
            <li key={id}>{[t(`items.fault.${fault}`), comment].filter(Boolean).join(': ')}</li>
          ))}
          {item.changes.map((change, place) => (
            <li key={place}>{t(`items.change.${change.kind}`, labelsOf(change))}</li>
          ))}
          {item.cited.map(({ version, paragraph, heading, text }) => (
            <li key={`${String(version)} ${String(paragraph)}`} className={classes.cited}>
              {t('items.cited', { paragraph, heading })} <q>{text}</q>
            </li>
          ))}
        </ul>
        <Disagree task={item.task} />
      </div>
    </li>
  );
}

function labelsOf({ before, after }: OwnItem['changes'][number]) {
  const label = (value: unknown) => (value as { label?: string } | null)?.label ?? '';
  return { before: label(before), after: label(after) };
}

function Drawn({ item, now }: { item: OwnItem; now: boolean }) {
  const { image, before, after } = item;
  if (image === null) return <div className={classes.picture} />;
  const side = now && after ? after : before;
  return (
    <div className={classes.picture}>
      <img src={image.thumbnail} alt={image.name} loading="lazy" />
      <svg
        viewBox={`0 0 ${String(image.width)} ${String(image.height)}`}
        data-now={now}
        aria-hidden
      >
        {side.spans.map((span) => (
          <polygon key={span.id} points={outlineOf(span)} />
        ))}
      </svg>
    </div>
  );
}
