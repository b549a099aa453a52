import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';
import { placeOfDigit } from '@/lib/digits';
import { useKeys } from '@/lib/useKeys';
import type { Decision } from '../api/reviews';
import type { Bench } from '../work/bench';
import classes from './SendBack.module.css';

type Why = NonNullable<Decision['why']>;

const REASONS: readonly Why[] = ['unclear', 'broken_image', 'not_my_job'];

/** Leaves the image to others for a while, and says why. It takes the card's place. */
export function GiveBack({ reviews, setPanel }: Bench) {
  const { t } = useTranslation('reviewing');
  const [why, setWhy] = useState<Why | null>(null);
  const [words, setWords] = useState('');
  const reason = words.trim();
  const ready = why !== null || reason !== '';

  const close = () => setPanel(null);
  const send = () => {
    if (!ready) return;
    close();
    reviews.handOver({ conflict: null, action: 'give_back', why, reason });
  };
  useKeys({ enter: send, escape: close }, (event) => {
    const chosen = REASONS[placeOfDigit(event) ?? -1];
    if (chosen) setWhy(chosen);
    return chosen !== undefined;
  });

  return (
    <section className={frame.card} aria-label={t('handOver.give_back')}>
      <h2 className={frame.heading}>{t('handOver.give_back_why')}</h2>
      <div className={controls.rows} role="radiogroup" aria-label={t('handOver.give_back_why')}>
        {REASONS.map((each, n) => (
          <button
            key={each}
            type="button"
            role="radio"
            aria-checked={why === each}
            className={classes.chip}
            onMouseDown={(event) => {
              event.preventDefault();
            }}
            onClick={() => {
              setWhy(each);
            }}
          >
            <kbd>{n + 1}</kbd> {t(`handOver.reason.${each}`)}
          </button>
        ))}
      </div>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close();
        }}
      >
        <input
          className={controls.search}
          placeholder={t('handOver.words')}
          aria-label={t('handOver.words')}
          value={words}
          maxLength={2000}
          onChange={(event) => {
            setWords(event.target.value);
          }}
        />
        <p className={frame.hint}>{t('handOver.give_back_hint')}</p>
        <div className={classes.to}>
          <button type="submit" className={controls.action} data-tone="accept" disabled={!ready}>
            {t('handOver.give_back')} <kbd>⏎</kbd>
          </button>
          <button type="button" className={controls.action} onClick={close}>
            {t('handOver.cancel')} <kbd>Esc</kbd>
          </button>
        </div>
      </form>
      <p className={frame.hint}>{t('handOver.give_back_keys')}</p>
    </section>
  );
}
