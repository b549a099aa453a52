import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import TileGrid from '@/components/bench/TileGrid';
import { ErrorNotice } from '@/components/ErrorNotice';
import { LazyPart } from '@/components/LazyPart';
import { Loading } from '@/components/Loading';
import type { OwnImage } from '@/lib/images';
import { taskStoryQuery } from '../api/tasks';
import classes from './TaskPreview.module.css';

const ImageActs = lazy(() => import('@/components/image/ImageActs'));

/** The images that people pick among, and what was picked so far. */
export default function GroupPreview(props: {
  task: string;
  manages: boolean;
  onGone: () => void;
}) {
  const story = useQuery(taskStoryQuery(props.task));
  const [chosen, setChosen] = useState<OwnImage | null>(null);
  if (story.error) return <ErrorNotice error={story.error} onRetry={() => void story.refetch()} />;
  if (!story.data) return <Loading count={1} height={320} />;
  const { question, images, originals, final, merge } = story.data;
  const place = originals.findIndex(({ id }) => id === chosen?.id);
  return (
    <>
      <div className={classes.group}>
        <TileGrid
          question={question}
          images={images}
          picked={final?.accept ?? merge?.accept ?? []}
          marked={images[place]?.id}
        />
      </div>
      {props.manages && <Choice originals={originals} chosen={chosen} onChoose={setChosen} />}
      {chosen && (
        <LazyPart>
          <ImageActs key={chosen.id} image={chosen} onGone={props.onGone} />
        </LazyPart>
      )}
    </>
  );
}

/** Which image of the group a manager wants to act on. */
function Choice(props: {
  originals: readonly OwnImage[];
  chosen: OwnImage | null;
  onChoose: (image: OwnImage | null) => void;
}) {
  const { t } = useTranslation('desk');
  const { originals, chosen, onChoose } = props;
  return (
    <Select
      mt="md"
      label={t('group.act')}
      placeholder={t('group.which')}
      clearable
      data={originals.map(({ id, name }, place) => ({
        value: id,
        label: t('group.option', { n: place + 1, name }),
      }))}
      value={chosen?.id ?? null}
      onChange={(id) => onChoose(originals.find((image) => image.id === id) ?? null)}
    />
  );
}
