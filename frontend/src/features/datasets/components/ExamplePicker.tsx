import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { rowsOf } from '@/lib/paging';
import { examplesQuery } from '../api/guidelines';
import { imageMarkdown } from '../markdown';
import classes from './Guideline.module.css';

/** Puts an image of the dataset into the text as an example. */
export function ExamplePicker(props: { slug: string; onPick: (markdown: string) => void }) {
  const { t } = useTranslation('datasets');
  const [open, setOpen] = useState(false);
  return (
    <div>
      <Button variant="default" size="xs" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('guideline.example')}
      </Button>
      {open && <Examples {...props} />}
    </div>
  );
}

function Examples({ slug, onPick }: { slug: string; onPick: (markdown: string) => void }) {
  const { t } = useTranslation();
  const tasks = useInfiniteQuery(examplesQuery(slug));
  if (tasks.error) return <ErrorNotice error={tasks.error} />;
  if (!tasks.data) return <Loading count={1} height={96} />;
  const images = rowsOf(tasks.data).flatMap(({ image }) => (image ? [image] : []));
  return (
    <>
      <ul className={classes.examples}>
        {images.map((image) => (
          <li key={image.id}>
            <button type="button" title={image.name} onClick={() => onPick(imageMarkdown(image))}>
              <img src={image.thumbnail} alt={image.name} loading="lazy" />
            </button>
          </li>
        ))}
      </ul>
      {tasks.hasNextPage && (
        <Button variant="subtle" size="xs" onClick={() => void tasks.fetchNextPage()}>
          {t('action.more')}
        </Button>
      )}
    </>
  );
}
