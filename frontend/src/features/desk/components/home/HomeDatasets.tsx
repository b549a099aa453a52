import { NativeSelect, TextInput, UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DatasetCards } from '@/components/DatasetCard';
import { Section } from '@/components/Page';
import type { Card } from '@/lib/home';
import { type Order, ORDERS, found } from './datasetOrder';
import classes from './Home.module.css';

const FIRST = 12;

/** Everything that I belong to; of many, a field finds one. What is archived is folded away. */
export function HomeDatasets({ datasets }: { datasets: readonly Card[] }) {
  const { t } = useTranslation('desk');
  const [search, setSearch] = useState('');
  const [order, setOrder] = useState<Order>('newest');
  const [all, setAll] = useState(false);
  const many = datasets.length > FIRST;
  const cards = found(datasets, { search, order });
  const live = cards.filter(({ archived }) => !archived);
  const archived = cards.filter((card) => card.archived);
  const shown = all ? live : live.slice(0, FIRST);
  return (
    <Section
      title={t('home.datasets')}
      action={many && <Finder {...{ search, setSearch, order, setOrder }} />}
    >
      {cards.length === 0 && <p role="status">{t('home.noneFound', { search })}</p>}
      <DatasetCards datasets={shown} />
      {live.length > shown.length && (
        <UnstyledButton className={classes.rest} onClick={() => setAll(true)}>
          {t('home.rest', { count: live.length - shown.length })}
        </UnstyledButton>
      )}
      {archived.length > 0 && (
        <details className={classes.archived}>
          <summary>{t('home.archived', { count: archived.length })}</summary>
          <DatasetCards datasets={archived} />
        </details>
      )}
      <p>
        <Link to="/datasets">{t('home.all')}</Link>
      </p>
    </Section>
  );
}

function Finder(props: {
  search: string;
  setSearch: (search: string) => void;
  order: Order;
  setOrder: (order: Order) => void;
}) {
  const { t } = useTranslation('desk');
  return (
    <div className={classes.finder}>
      <TextInput
        type="search"
        aria-label={t('home.search')}
        placeholder={t('home.search')}
        value={props.search}
        onChange={(event) => props.setSearch(event.currentTarget.value)}
      />
      <NativeSelect
        aria-label={t('home.order')}
        value={props.order}
        data={ORDERS.map((value) => ({ value, label: t(`home.orders.${value}`) }))}
        onChange={(event) =>
          props.setOrder(ORDERS.find((each) => each === event.currentTarget.value) ?? 'newest')
        }
      />
    </div>
  );
}
