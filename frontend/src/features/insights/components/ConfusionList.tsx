import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Confusion } from '../api/insights';
import { ConfusionName } from './ConfusionName';
import classes from './Confusions.module.css';
import { Crop } from './Crop';
import { NumberLink } from './NumberLink';

const FIRST = 6;

/** Confusions, the most frequent first, with examples; `own` ones are told to their author. */
export function ConfusionList(props: {
  slug: string;
  confusions: readonly Confusion[];
  own?: boolean;
}) {
  const { t } = useTranslation('insights');
  const { own = false } = props;
  const [all, setAll] = useState(false);
  const shown = all ? props.confusions : props.confusions.slice(0, FIRST);
  return (
    <>
      <ul className={classes.list}>
        {shown.map((row) => (
          <li key={`${row.kind} ${row.said ?? ''} ${row.final ?? ''}`}>
            <div className={classes.head}>
              <ConfusionName confusion={row} own={own} />
              {own ? (
                <b>{t('own.times', { count: row.share.count })}</b>
              ) : (
                <NumberLink slug={props.slug} share={row.share} />
              )}
            </div>
            <Examples slug={props.slug} confusion={row} />
          </li>
        ))}
      </ul>
      {shown.length < props.confusions.length && (
        <Button variant="default" mt="md" onClick={() => setAll(true)}>
          {t('confusions.all', { count: props.confusions.length })}
        </Button>
      )}
    </>
  );
}

function Examples({ slug, confusion }: { slug: string; confusion: Confusion }) {
  const { t } = useTranslation('insights');
  const seen = confusion.examples.filter(({ image }) => image !== null);
  if (seen.length === 0) return null;
  return (
    <ol className={classes.examples}>
      {seen.map((example, n) => (
        <li key={`${example.task} ${n}`}>
          <Link to="/datasets/$slug/tasks/$task" params={{ slug, task: example.task }}>
            <Crop example={example} label={t('confusions.example', { n: n + 1 })} />
          </Link>
        </li>
      ))}
    </ol>
  );
}
