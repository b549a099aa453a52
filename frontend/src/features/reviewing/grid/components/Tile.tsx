import { memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import { keyOfPlace } from '@/lib/digits';
import type { LeftOut, Point, Saying, Take } from '../../api/bulk';
import type { Grid } from '../store';
import { useTakeText } from '../useTakeText';
import { Crop } from './Crop';
import { People } from '../../components/People';
import classes from './Tile.module.css';

interface Props {
  grid: Grid;
  point: Point;
  place: number;
  takes: readonly Take[];
  chosen: boolean;
  focused: boolean;
  said: Saying | undefined;
  left: LeftOut | undefined;
}

/** One conflict: what it is about, what is proposed, and how many say what. */
export const Tile = memo(function Tile(props: Props) {
  const { grid, point, place, chosen, focused, said, left } = props;
  const { t } = useTranslation('reviewing');
  const text = useTakeText(props.takes);
  const tile = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!focused) return;
    tile.current?.focus({ preventScroll: true });
    tile.current?.scrollIntoView({ block: 'nearest' });
  }, [focused]);
  const proposal =
    point.proposal === null ? t('grid.tie') : t('grid.proposal', { what: text(point.proposal) });
  return (
    <li
      ref={tile}
      role="option"
      className={classes.tile}
      tabIndex={focused ? 0 : -1}
      aria-selected={chosen}
      data-state={said ? 'said' : left ? 'left' : 'open'}
      onFocus={() => {
        if (!focused) grid.go(place);
      }}
      onMouseDown={(event) => {
        event.preventDefault(); // no text is selected, and the focus is where the grid says
        if (event.shiftKey) grid.extend(place);
        else grid.toggle(place);
      }}
    >
      <span className="unseen">{`${point.image.name || t('kind.pick')}: ${point.text}. `}</span>
      <Crop point={point} />
      <span className={classes.mark} aria-hidden>
        {chosen && <Icon name="check" size={16} />}
      </span>
      <div className={classes.words}>
        <Result {...{ said, left, proposal }} text={text} tied={point.proposal === null} />
        <Votes point={point} text={text} takes={props.takes} />
      </div>
    </li>
  );
});

/** What was said, why nothing could be, or what is proposed. */
function Result(props: {
  said: Saying | undefined;
  left: LeftOut | undefined;
  proposal: string;
  tied: boolean;
  text: (key: string) => string;
}) {
  const { said, left } = props;
  const { t } = useTranslation('reviewing');
  if (said) {
    const what =
      said.action === 'delete'
        ? t('grid.deleted')
        : said.take
          ? props.text(said.take)
          : t('grid.accepted');
    return (
      <b className={classes.said}>
        <Icon name="check" size={14} /> {what}
      </b>
    );
  }
  if (left) {
    return (
      <b className={classes.left}>
        <Icon name="alert" size={14} /> {t(`grid.left.${left.code}`, { defaultValue: left.detail })}
      </b>
    );
  }
  return <b data-tied={props.tied}>{props.proposal}</b>;
}

/** Of what nobody counts there is the sentence. */
function Votes(props: { point: Point; takes: readonly Take[]; text: (key: string) => string }) {
  const { point, takes, text } = props;
  const said = takes
    .map(({ key }, place) => ({ key, digit: keyOfPlace(place) }))
    .filter(({ key }) => (point.votes[key] ?? 0) > 0);
  if (said.length === 0) return <span className={classes.sentence}>{point.text}</span>;
  return (
    <span className={classes.votes}>
      {said.map(({ key, digit }) => (
        <span key={key} className={classes.vote}>
          <kbd>{digit}</kbd> {text(key)} <People count={point.votes[key] ?? 0} />
        </span>
      ))}
    </span>
  );
}
