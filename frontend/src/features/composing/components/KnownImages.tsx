import { Button, Modal, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Icon } from '@/components/Icon';
import { LazyPart } from '@/components/LazyPart';
import { Loading } from '@/components/Loading';
import { Section } from '@/components/Page';
import { rowsOf } from '@/lib/paging';
import type { Pool } from '../api/compositions';
import { type Filter, FILTERS, markKnown, type PoolImage, poolImagesQuery } from '../api/known';
import classes from './KnownImages.module.css';

const ImageActs = lazy(() => import('@/components/image/ImageActs'));

/** The images of the dataset, to say of some whether they are to be picked. */
export function KnownImages({ slug, pool }: { slug: string; pool: Pool }) {
  const { t } = useTranslation('composing');
  const [filter, setFilter] = useState<Filter>('all');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const images = useInfiniteQuery(poolImagesQuery(slug, filter));
  const rows = rowsOf(images.data);
  const counts = {
    all: pool.images + pool.known_yes + pool.known_no,
    unknown: pool.images,
    yes: pool.known_yes,
    no: pool.known_no,
  };
  return (
    <Section title={t('known.title')} hint={t('known.hint')}>
      <div className={classes.filters}>
        <SegmentedControl
          aria-label={t('known.show')}
          value={filter}
          onChange={(wanted) => {
            setFilter(wanted);
            setChosen(new Set());
          }}
          data={FILTERS.map((value) => ({
            value,
            label: `${t(`known.short.${value}`)} ${String(counts[value])}`,
          }))}
        />
      </div>
      {images.isPending && <Loading count={1} height={120} />}
      {images.error && <ErrorNotice error={images.error} onRetry={() => void images.refetch()} />}
      <ul className={classes.grid}>
        {rows.map((image) => (
          <li key={image.id}>
            <Choosable
              image={image}
              chosen={chosen.has(image.id)}
              onToggle={() => setChosen(toggled(chosen, image.id))}
            />
          </li>
        ))}
      </ul>
      {images.hasNextPage && (
        <Button variant="default" onClick={() => void images.fetchNextPage()}>
          {t('action.more', { ns: 'shell' })}
        </Button>
      )}
      <MarkBar
        slug={slug}
        chosen={rows.filter(({ id }) => chosen.has(id))}
        onDone={() => setChosen(new Set())}
      />
    </Section>
  );
}

function toggled(chosen: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
}

function Choosable(props: { image: PoolImage; chosen: boolean; onToggle: () => void }) {
  const { t } = useTranslation('composing');
  const { image, chosen } = props;
  const mark = image.known === null ? 'unknown' : image.known ? 'yes' : 'no';
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={chosen}
      aria-label={`${image.name}, ${t(`known.filter.${mark}`)}`}
      className={classes.image}
      onClick={props.onToggle}
    >
      <img src={image.thumbnail} alt="" loading="lazy" />
      <span className={classes.name}>{image.name}</span>
      <span className={classes.mark} data-known={mark}>
        {mark === 'unknown' ? t('known.groups', { count: image.groups }) : t(`known.mark.${mark}`)}
      </span>
      {chosen && (
        <span className={classes.chosen}>
          <Icon name="check" size={16} />
        </span>
      )}
    </button>
  );
}

/** What can be said of the chosen images; it appears with the first. */
function MarkBar(props: { slug: string; chosen: readonly PoolImage[]; onDone: () => void }) {
  const { t } = useTranslation('composing');
  const client = useQueryClient();
  const mark = useMutation({
    mutationFn: (known: boolean | null) => {
      const ids = props.chosen.map(({ id }) => id);
      return markKnown(props.slug, ids, known);
    },
    onSuccess: async () => {
      props.onDone();
      await client.invalidateQueries({ queryKey: ['dataset', props.slug, 'pool'] });
    },
  });
  const [first, ...others] = props.chosen;
  if (!first) return null;
  return (
    <div className={classes.bar} role="group" aria-label={t('known.act')}>
      <span>{t('known.chosen', { count: props.chosen.length })}</span>
      {(['yes', 'no', 'unknown'] as const).map((wanted) => (
        <Button
          key={wanted}
          variant="default"
          size="sm"
          loading={mark.isPending}
          onClick={() => mark.mutate(wanted === 'unknown' ? null : wanted === 'yes')}
        >
          {t(`known.filter.${wanted}`)}
        </Button>
      ))}
      {others.length === 0 && <One image={first} onGone={props.onDone} />}
      {mark.error && <ErrorNotice error={mark.error} />}
    </div>
  );
}

/** What can be done to a single image. */
function One({ image, onGone }: { image: PoolImage; onGone: () => void }) {
  const { t } = useTranslation('images');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" size="sm" onClick={() => setOpen(true)}>
        {t('acts.choose')}
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title={image.name} centered>
        <LazyPart>
          <ImageActs image={image} onGone={onGone} />
        </LazyPart>
      </Modal>
    </>
  );
}
