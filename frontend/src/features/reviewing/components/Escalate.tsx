import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';
import type { Bench } from '../work/bench';
import classes from './SendBack.module.css';

/** Leaves the task to another reviewer, with a word if need be. It takes the card's place. */
export function Escalate({ reviews, setPanel }: Bench) {
  const { t } = useTranslation('reviewing');
  const [words, setWords] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
  }, []);
  return (
    <form
      className={`${frame.card} ${classes.form}`}
      aria-label={t('handOver.escalate')}
      onSubmit={(event) => {
        event.preventDefault();
        setPanel(null);
        reviews.handOver({ conflict: null, action: 'escalate', reason: words.trim() });
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setPanel(null);
      }}
    >
      <h2 className={frame.heading}>{t('handOver.escalate')}</h2>
      <input
        ref={input}
        className={controls.search}
        placeholder={t('handOver.words')}
        aria-label={t('handOver.words')}
        value={words}
        maxLength={2000}
        onChange={(event) => {
          setWords(event.target.value);
        }}
      />
      <div className={classes.to}>
        <button type="submit" className={controls.action} data-tone="accept">
          {t('handOver.send')} <kbd>⏎</kbd>
        </button>
        <button
          type="button"
          className={controls.action}
          onClick={() => {
            setPanel(null);
          }}
        >
          {t('handOver.cancel')} <kbd>Esc</kbd>
        </button>
      </div>
    </form>
  );
}
