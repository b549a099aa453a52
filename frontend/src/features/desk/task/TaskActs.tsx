import { Select } from '@mantine/core';
import { lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LazyPart } from '@/components/LazyPart';
import { may } from '@/lib/datasets';
import type { Dataset } from '@/lib/datasets';
import { GoldAction } from '../components/GoldAction';
import { UnlockAction } from '../components/UnlockAction';
import classes from '../TaskPage.module.css';
import type { TaskStory } from './moments';

const ImageActs = lazy(() => import('@/components/image/ImageActs'));

/** What whoever reviews or manages can do with a task. */
export function TaskActs(props: { story: TaskStory; dataset: Dataset; onGone: () => void }) {
  const { t } = useTranslation('story');
  const { story, dataset } = props;
  const vouches = may(dataset, 'review') && story.state === 'final';
  const manages = may(dataset, 'import');
  if (!vouches && !manages) return null;
  return (
    <section className={classes.acts} aria-label={t('acts')}>
      {vouches && <GoldAction task={story.id} />}
      {manages && story.locked && <UnlockAction task={story.id} />}
      {manages && <OfImage story={story} onGone={props.onGone} />}
    </section>
  );
}

/** Where people pick among images, a manager says first which one they mean. */
function OfImage({ story, onGone }: { story: TaskStory; onGone: () => void }) {
  const { t } = useTranslation('desk');
  const { originals } = story;
  const [chosen, setChosen] = useState<string | null>(null);
  const image = originals.length === 1 ? originals[0] : originals.find(({ id }) => id === chosen);
  return (
    <>
      {originals.length > 1 && (
        <Select
          label={t('group.act')}
          placeholder={t('group.which')}
          clearable
          data={originals.map(({ id, name }, place) => ({
            value: id,
            label: t('group.option', { n: place + 1, name }),
          }))}
          value={chosen}
          onChange={setChosen}
        />
      )}
      {image && (
        <LazyPart>
          <ImageActs key={image.id} image={image} onGone={onGone} />
        </LazyPart>
      )}
    </>
  );
}
