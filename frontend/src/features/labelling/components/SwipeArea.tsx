import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Verdict } from '../api/tasks';
import { Swipe } from '../work/swipe';
import type { Drag } from '../work/swipe';
import classes from './SwipeArea.module.css';

/** What is there to press is pressed. */
const PRESSED = 'button, a, input, textarea, select';
/** How much of the way the picture goes along. */
const ALONG = 0.35;

export interface Swiping {
  /** Whether a finger answers now: it does not while it moves a picture that is zoomed in. */
  readonly ready: () => boolean;
  /** Whether something is missing before one can say this. */
  readonly lacks: (verdict: Verdict) => boolean;
  readonly answer: (verdict: Verdict) => void;
}

/** The picture; where a swipe of one finger is an answer, it shows which. */
export function SwipeArea(props: {
  swiping: Swiping | null;
  className: string | undefined;
  children: ReactNode;
}) {
  const { swiping, className, children } = props;
  const [area, drag] = useSwipe(swiping);
  return (
    <div ref={area} className={className} data-swipes={swiping !== null}>
      <div
        className={classes.moved}
        data-held={drag !== null}
        style={drag ? { translate: `${drag.dx * ALONG}px ${drag.dy * ALONG}px` } : undefined}
      >
        {children}
      </div>
      {drag?.verdict && swiping && <Sign drag={drag} lacks={swiping.lacks(drag.verdict)} />}
    </div>
  );
}

function Sign({ drag, lacks }: { drag: Drag; lacks: boolean }) {
  const { t } = useTranslation('labelling');
  const verdict = drag.verdict ?? 'ignore';
  return (
    <p
      className={classes.sign}
      data-verdict={lacks ? 'lacks' : verdict}
      data-armed={drag.progress >= 1 && !lacks}
      style={{ opacity: Math.min(0.3 + drag.progress * 0.7, 1) }}
    >
      {t(lacks ? 'pickFirst' : verdict)}
    </p>
  );
}

function useSwipe(swiping: Swiping | null) {
  const area = useRef<HTMLDivElement>(null);
  const latest = useRef(swiping);
  const [drag, setDrag] = useState<Drag | null>(null);
  const swipes = swiping !== null;
  useEffect(() => {
    latest.current = swiping;
  });
  useEffect(() => {
    const element = area.current;
    if (!element || !swipes) return undefined;
    const answer = (verdict: Verdict) => {
      if (!latest.current?.lacks(verdict)) latest.current?.answer(verdict);
    };
    const ready = () => latest.current?.ready() ?? false;
    return attachSwipe(element, { ready, show: setDrag, answer });
  }, [swipes]);
  return [area, drag] as const;
}

interface Ears {
  readonly ready: () => boolean;
  readonly show: (drag: Drag | null) => void;
  readonly answer: (verdict: Verdict) => void;
}

/** Takes the fingers before the canvas does, which would move the picture with them. */
function attachSwipe(element: HTMLElement, { ready, show, answer }: Ears): () => void {
  const listening = new AbortController();
  const options = { capture: true, signal: listening.signal };
  const swipe = new Swipe();
  const taken = new Set<number>();
  const fingerOf = ({ pointerId: id, clientX: x, clientY: y }: PointerEvent) => ({ id, x, y });

  const press = (event: PointerEvent) => {
    const onPart = event.target instanceof Element && event.target.closest(PRESSED) !== null;
    if (event.pointerType !== 'touch' || onPart || (taken.size === 0 && !ready())) return;
    event.stopPropagation();
    element.setPointerCapture(event.pointerId);
    taken.add(event.pointerId);
    show(swipe.down(fingerOf(event)));
  };
  const move = (event: PointerEvent) => {
    if (!taken.has(event.pointerId)) return;
    event.stopPropagation();
    show(swipe.move(fingerOf(event)));
  };
  const end = (event: PointerEvent) => {
    if (!taken.delete(event.pointerId)) return;
    event.stopPropagation();
    show(null);
    if (event.type === 'pointercancel') {
      swipe.cancel(fingerOf(event));
      return;
    }
    const verdict = swipe.up(fingerOf(event));
    if (verdict) answer(verdict);
  };
  element.addEventListener('pointerdown', press, options);
  element.addEventListener('pointermove', move, options);
  element.addEventListener('pointerup', end, options);
  element.addEventListener('pointercancel', end, options);
  return () => {
    listening.abort();
    show(null);
  };
}
