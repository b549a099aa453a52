import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';
import { placeOfDigit } from '@/lib/digits';
import { useKeys } from '@/lib/useKeys';
import { drawnPlace } from '../work/bench';
import type { Bench } from '../work/bench';
import { FAULTS, authorsOf, returnDecisions, usualFault } from '../work/sendingBack';
import type { Fault } from '../work/sendingBack';
import classes from './SendBack.module.css';

/** What is wrong, in whose answer, and where: a digit and Enter. It takes the card's place. */
export function SendBack(bench: Bench) {
  const { t } = useTranslation('reviewing');
  const { task, conflict, reviews, setPanel } = bench;
  const [fault, setFault] = useState(() => usualFault(conflict));
  const [named, setNamed] = useState<string[] | null>(null);
  const [words, setWords] = useState('');
  const to = named ?? authorsOf(task, conflict, fault);
  const place = drawnPlace(bench);
  const said = words.trim();
  const meant: Fault | null = fault ?? (said === '' ? null : 'other');
  const ready = meant !== null && to.length > 0;

  const close = () => setPanel(null);
  const send = () => {
    if (!ready) return;
    close();
    const what = { fault: meant, words: said, to, region: place };
    reviews.sendBack(returnDecisions(task, conflict, what));
  };
  const toggle = (key: string) => {
    setNamed(to.includes(key) ? to.filter((each) => each !== key) : [...to, key].sort());
  };
  const authors = task.versions.filter(({ late }) => !late).map(({ key }) => key);
  const letters = authors.map((key) => [key.toLowerCase(), () => toggle(key)] as const);
  useKeys({ enter: send, escape: close, ...Object.fromEntries(letters) }, (event) => {
    const chosen = FAULTS[placeOfDigit(event) ?? -1];
    if (chosen) setFault(chosen);
    return chosen !== undefined;
  });

  return (
    <section className={frame.card} aria-label={t('handOver.send_back')}>
      <h2 className={frame.heading}>{t('handOver.why')}</h2>
      <div className={controls.rows} role="radiogroup" aria-label={t('handOver.why')}>
        {FAULTS.map((each, n) => (
          <button
            key={each}
            type="button"
            role="radio"
            aria-checked={fault === each}
            className={classes.chip}
            onMouseDown={keepFocus}
            onClick={() => {
              setFault(each);
            }}
          >
            <kbd>{n + 1}</kbd> {t(`fault.${each}`, { ns: 'labelling' })}
          </button>
        ))}
      </div>
      <div className={classes.to} role="group" aria-label={t('handOver.to')}>
        <span className={controls.dim}>{t('handOver.to')}</span>
        {authors.map((key) => (
          <button
            key={key}
            type="button"
            className={classes.chip}
            aria-pressed={to.includes(key)}
            onMouseDown={keepFocus}
            onClick={() => {
              toggle(key);
            }}
          >
            {key}
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
        <p className={frame.hint}>
          {t(
            place
              ? 'handOver.drawn'
              : conflict?.object != null
                ? 'handOver.pinned'
                : 'handOver.whole',
          )}
        </p>
        <div className={classes.to}>
          <button type="submit" className={controls.action} data-tone="accept" disabled={!ready}>
            {t('handOver.send')} <kbd>⏎</kbd>
          </button>
          <button type="button" className={controls.action} onClick={close}>
            {t('handOver.cancel')} <kbd>Esc</kbd>
          </button>
        </div>
      </form>
      <p className={frame.hint}>{t('handOver.keys')}</p>
    </section>
  );
}

function keepFocus(event: { preventDefault: () => void }) {
  event.preventDefault();
}
