import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import classes from '../DataPage.module.css';
import { without } from './filter';
import type { Part } from './sentence';
import type { Browse } from './useBrowse';

/** Nothing matches: which parts of the filter can be let go, each with one press. */
export function NoTasks({ browse, parts }: { browse: Browse; parts: readonly Part[] }) {
  const { t } = useTranslation('browse');
  const { filter } = browse.wanted;
  return (
    <EmptyState
      icon="image"
      title={t('empty.title')}
      text={t(parts.length > 0 ? 'empty.filtered' : 'empty.text')}
    >
      <div className={classes.loosen}>
        {parts.length > 1 &&
          parts.map((part) => (
            <Button
              key={part.editor}
              variant="default"
              size="xs"
              onClick={() => browse.setFilter(without(filter, ...part.names))}
            >
              {t('empty.without', { part: part.text })}
            </Button>
          ))}
        {parts.length > 0 && (
          <Button size="xs" onClick={() => browse.setFilter({})}>
            {t('clear')}
          </Button>
        )}
      </div>
    </EmptyState>
  );
}
