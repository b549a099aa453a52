import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';
import { guidelineQuery, guidelinesQuery } from '@/lib/guidelines';
import type { ReviewState } from '../work/state';
import type { Reviews } from '../work/store';

/** The paragraphs of the guideline, one of which the next decision may cite: arrows or a digit, Enter. */
export default function CiteList(props: { slug: string; reviews: Reviews; state: ReviewState }) {
  const { t } = useTranslation('reviewing');
  const { slug, reviews, state } = props;
  const [current] = useQuery(guidelinesQuery(slug)).data ?? [];
  const version = current?.version ?? 0;
  const { data } = useQuery({ ...guidelineQuery(slug, version), enabled: version > 0 });
  const [active, setActive] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const paragraphs = data?.paragraphs ?? [];
  const there = paragraphs.length > 0;
  useEffect(() => {
    if (there) list.current?.focus();
  }, [there]);
  if (!there) return null;
  const cited = state.cited?.paragraph;
  const take = (number: number) => {
    reviews.cite(number === cited ? null : { version, paragraph: number });
  };
  const press = (key: string): boolean => {
    const digit = /^[1-9]$/.test(key) ? paragraphs[Number(key) - 1] : undefined;
    const chosen = paragraphs[active];
    if (digit) {
      setActive(digit.number - 1);
      take(digit.number);
    } else if (key === 'Enter' && chosen) take(chosen.number);
    else if (key === 'ArrowDown') setActive((active + 1) % paragraphs.length);
    else if (key === 'ArrowUp') setActive((active + paragraphs.length - 1) % paragraphs.length);
    else return false;
    return true;
  };
  return (
    <section className={frame.card}>
      <p className={frame.hint}>{t('cite.hint')}</p>
      <ul
        ref={list}
        role="listbox"
        tabIndex={0}
        aria-label={t('cite.title')}
        aria-activedescendant={`cite-${String(active)}`}
        className={controls.rows}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey || !press(event.key)) return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        {paragraphs.map(({ number, heading, text }, place) => (
          <li
            key={number}
            id={`cite-${String(place)}`}
            role="option"
            aria-selected={number === cited}
            data-active={place === active}
            className={controls.option}
            onClick={() => {
              setActive(place);
              take(number);
            }}
          >
            <kbd>§{number}</kbd>
            <span className={controls.grow}>
              {heading && <b>{heading} </b>}
              {text}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
