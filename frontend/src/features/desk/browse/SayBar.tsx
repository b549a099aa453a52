import { useTranslation } from 'react-i18next';
import { keyOfPlace } from '@/lib/digits';
import type { Dataset } from '@/lib/datasets';
import classes from './acts/ActBar.module.css';
import type { Say } from './shortcuts';

/** What each key says of the selected images, and how many answers can still be taken back. */
export function SayBar(props: {
  dataset: Dataset;
  say: Say;
  held: number;
  onOption: (place: number) => void;
}) {
  const { t } = useTranslation('browse');
  const { dataset, say, held } = props;
  return (
    <section className={classes.bar} aria-label={t('say.bar')} title={t('say.hint')}>
      {dataset.options.map(({ id, text }, place) => (
        <button
          key={id}
          type="button"
          className={classes.act}
          onClick={() => props.onOption(place)}
        >
          <kbd>{keyOfPlace(place)}</kbd> {text}
        </button>
      ))}
      {say.accept && (
        <button type="button" className={classes.act} onClick={say.accept}>
          <kbd>A</kbd> {t('say.accept')}
        </button>
      )}
      <button type="button" className={classes.act} onClick={say.reject}>
        <kbd>X</kbd> {t('say.reject')}
      </button>
      <button type="button" className={classes.act} onClick={say.ignore}>
        <kbd>U</kbd> {t('say.ignore')}
      </button>
      {held > 0 && (
        <span role="status">
          {t('say.left', { count: held })} <kbd>Ctrl Z</kbd>
        </span>
      )}
    </section>
  );
}
