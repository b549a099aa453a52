import { useTranslation } from 'react-i18next';
import { errorText } from '@/lib/errorText';
import type { Preview, Recipe } from '../api/compositions';
import classes from './ComposeForm.module.css';

/** Shown more often than others by this factor, known images may be noticed. */
const CONSPICUOUS = 2;

/** What would come of the recipe, or why nothing can. */
export function PreviewLine(props: {
  recipe: Recipe;
  preview: { data: Preview | undefined; error: unknown };
}) {
  const { t } = useTranslation('composing');
  const { data, error } = props.preview;
  if (error) {
    return (
      <p className={classes.preview} data-tone="problem" role="status">
        {errorText(error)}
      </p>
    );
  }
  if (!data) return <p className={classes.preview}>{t('preview.waiting')}</p>;
  const often = data.known_at_most > CONSPICUOUS * (props.recipe.times ?? 1);
  return (
    <div className={classes.preview} role="status">
      <p>
        <b>{t('preview.groups', { count: data.groups })}</b>{' '}
        {data.smallest === data.largest
          ? t('preview.size', { count: data.largest })
          : t('preview.sizes', { smallest: data.smallest, largest: data.largest })}
      </p>
      {data.known_tiles > 0 && (
        <p>{t('preview.known', { count: data.known_tiles, times: data.known_at_most })}</p>
      )}
      {often && <p data-tone="warning">{t('preview.often')}</p>}
    </div>
  );
}
